"""A spreadsheet is written row by row and says in its cells exactly what it was given."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from xml.etree import ElementTree as ET

import pytest

from yizheng.documents.spreadsheets import Cell, Sheet, write
from yizheng.kernel.places import letters

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def read(made: io.BytesIO, number: int = 1) -> list[list[str]]:
    """The texts of a sheet, row by row."""
    with zipfile.ZipFile(made) as package:
        root = ET.fromstring(package.read(f"xl/worksheets/sheet{number}.xml"))
    return [["".join(cell.itertext()) for cell in row] for row in root.iter(f"{MAIN}row")]


def written(*sheets: Sheet) -> io.BytesIO:
    made = io.BytesIO()
    write(made, *sheets)
    return made


def test_notes_stand_above_the_head_and_rows_below_it() -> None:
    made = written(Sheet("清单", ["姓名", "件数"], [["林知夏", 3], [None, 0]], notes=["打印清单"]))
    assert read(made) == [["打印清单"], ["姓名", "件数"], ["林知夏", "3"], ["", "0"]]


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "=1+1"),
        ('<a & "b">', '<a & "b">'),
        ("坏\x00字\x0b", "坏字"),
        (True, "是"),
        (date(2026, 5, 22), "46164"),
        (datetime(2026, 5, 22, 16, 30, tzinfo=UTC), "2026-05-23 00:30"),
        ("110108199003072316", "110108199003072316"),
    ],
)
def test_a_value_is_written_as_what_it_is(value: Cell, cell: str) -> None:
    assert read(written(Sheet("清单", ["值"], [[value]])))[1] == [cell]


def test_text_is_never_a_formula() -> None:
    with zipfile.ZipFile(written(Sheet("清单", ["值"], [["=HYPERLINK(1)"], ["+1"], ["@x"]]))) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert sheet.count('t="inlineStr"') == 4


def test_rows_are_read_one_by_one() -> None:
    held: list[int] = []

    def rows() -> Iterator[Sequence[Cell]]:
        for number in range(1200):
            held.append(number)
            yield [number]

    assert write(io.BytesIO(), Sheet("清单", ["数"], rows())) == 1200
    assert len(held) == 1200


def test_choices_point_at_the_cells_of_another_sheet() -> None:
    codes = Sheet("代码", ["级别"], [["执业医师"], ["执业助理医师"]])
    made = written(Sheet("填写", ["级别"], [], choices={0: "代码!$A$2:$A$3"}), codes)
    assert read(made, 2) == [["级别"], ["执业医师"], ["执业助理医师"]]
    with zipfile.ZipFile(made) as package:
        assert "<formula1>代码!$A$2:$A$3</formula1>" in package.read("xl/worksheets/sheet1.xml").decode()


@pytest.mark.parametrize(("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_have_letters(column: int, name: str) -> None:
    assert letters(column) == name
