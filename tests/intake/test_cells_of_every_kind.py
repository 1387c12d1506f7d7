"""What a cell is reaches the checks alike from xlsx, xls, dbf and csv; what was changed or not used is said."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from tests.intake import old_samples, samples
from yizheng.intake.columns import Cells, Column, Kind, read, read_day, tidied
from yizheng.intake.files import UnreadableFile, open_source, read_rows
from yizheng.intake.files.plain_text import GUARDS, UNSEEN
from yizheng.intake.files.tables import EPOCH_1904
from yizheng.intake.formats import Format, format_of
from yizheng.intake.headings import Placing, place
from yizheng.intake.remarks import remarks_of
from yizheng.intake.rowing import Checked, check_block
from yizheng.kernel.identifiers import make_resident_id

pytestmark = pytest.mark.django_db

HEADINGS = ["姓名", "性别", "出生日期", "证件类型", "证件号码", "级别", "变动", "变动日期", "证明文号", "类别"]
NUMBER = make_resident_id("110108", date(1984, 7, 1), 12)
PLAIN = [
    "林知夏",
    "女",
    "1984-07-01",
    "居民身份证",
    NUMBER,
    "执业医师",
    "军队转地方",
    "2024-03-01",
    "军卫〔2024〕1号",
    "临床",
]


def military() -> Format:
    return format_of("military")


def row(**cells: str) -> list[str]:
    """The plain row with cells by their heading."""
    return [cells.get(heading, cell) for heading, cell in zip(HEADINGS, PLAIN, strict=True)]


def csv(folder: Path, *rows: list[str], separator: str = ",", above: str = "") -> Path:
    file = folder / "a.csv"
    lines = (separator.join(cells) for cells in (HEADINGS, *rows))
    file.write_text(above + "\n".join(lines) + "\n", encoding="utf-8")
    return file


def checked(file: Path) -> tuple[list[Checked], list[str]]:
    """The blocks of the file after their checks, and the remarks on it."""
    declared = military()
    with open_source(file, file.name) as source:
        placings: dict[str, Placing] = {}
        blocks, changes = [], Counter[str]()
        for table in source.tables:
            placing = place(declared, table, {})
            if placing is None:
                continue
            placings[table.name] = placing
            for block in table.blocks():
                blocks.append(check_block(declared, placing, block.filter(pl.col("row") > placing.row), 0, {}))
                changes += blocks[-1].changes
        return blocks, remarks_of(declared, source, placings, changes)


def codes(file: Path) -> list[tuple[int, str]]:
    blocks, _ = checked(file)
    return sorted({(one.row, one.code) for block in blocks for one in block.findings})


def staged(file: Path, column: str) -> list[object]:
    blocks, _ = checked(file)
    return [value for block in blocks for value in block.staged[column].to_list()]


def of_numbers(folder: Path) -> dict[str, Path]:
    """The number of a person as a number cell, in every kind of file that knows numbers."""
    cells = "".join(f'<c t="str"><v>{text}</v></c>' for text in PLAIN[:4])
    behind = "".join(f'<c t="str"><v>{text}</v></c>' for text in PLAIN[5:])
    heading = "".join(f'<c t="str"><v>{text}</v></c>' for text in HEADINGS)
    rows = f"<row>{heading}</row><row>{cells}<c><v>{float(NUMBER[:17] + '0')!r}</v></c>{behind}</row>"
    widths = [20, 8, 10, 20, 18, 20, 20, 10, 30, 20]
    kinds = ["C", "C", "D", "C", "N", "C", "C", "D", "C", "C"]
    plain = [text.replace("-", "") if kind == "D" else text for text, kind in zip(PLAIN, kinds, strict=True)]
    plain[4] = NUMBER[:17] + "0"
    return {
        "xlsx": samples.xlsx_of_markup(folder / "a.xlsx", rows),
        "xls": old_samples.xls(folder / "a.xls", [HEADINGS, [*PLAIN[:4], float(NUMBER[:17] + "0"), *PLAIN[5:]]]),
        "dbf": samples.dbf(folder / "a.dbf", list(zip(HEADINGS, kinds, widths, strict=True)), [plain]),
    }


@pytest.mark.parametrize("kind", ["xlsx", "xls", "dbf"])
def test_a_number_of_a_person_kept_as_a_number_is_never_taken(tmp_path: Path, kind: str) -> None:
    file = of_numbers(tmp_path)[kind]
    assert (2, "number_cell") in codes(file)
    assert staged(file, "name") == []
    with pytest.raises(UnreadableFile, match="存为数字的长号码"):
        read_rows(file, file.name)


def test_errors_formulas_and_merged_cells_of_an_old_workbook_are_those_of_a_new_one(tmp_path: Path) -> None:
    def made(further: bytes) -> Path:
        return old_samples.xls(tmp_path / "a.xls", [HEADINGS, PLAIN], further=further)

    assert (2, "cell_error") in codes(made(old_samples.error_cell(1, 10)))
    for further, code in (
        (old_samples.formula_cell(1, 10), "formula"),
        (old_samples.merged_cells(1, 2, 0, 0), "merged_cells"),
    ):
        with pytest.raises(UnreadableFile) as caught:
            codes(made(further))
        assert caught.value.code == code


def test_days_count_from_where_the_workbook_says(tmp_path: Path) -> None:
    dated: list[str | float | None] = [*PLAIN[:7], 43890.0, *PLAIN[8:]]
    cells: list[Sequence[str | float | None]] = [HEADINGS, dated]
    for from_1904, day in ((False, date(2020, 2, 29)), (True, date(2024, 3, 1))):
        for days in ((), (6,)):
            file = old_samples.xls(tmp_path / "a.xls", cells, from_1904=from_1904, days=days)
            assert staged(file, "happened_on") == [day]


@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_hidden_rows_sheets_and_columns_are_said_with_their_count(tmp_path: Path, kind: str) -> None:
    if kind == "xls":
        file = old_samples.xls(tmp_path / "a.xls", [HEADINGS, PLAIN, PLAIN], hidden_rows=[2], hidden_sheets=["旧名单"])
    else:
        cells = "".join(f'<c t="str"><v>{text}</v></c>' for text in PLAIN)
        heading = "".join(f'<c t="str"><v>{text}</v></c>' for text in HEADINGS)
        rows = f'<row r="1">{heading}</row><row r="2">{cells}</row><row r="3" hidden="1">{cells}</row>'
        file = samples.xlsx_of_markup(tmp_path / "a.xlsx", rows)
    blocks, remarks = checked(file)
    assert [(one.row, one.severity) for one in blocks[0].findings if one.code == "hidden"] == [(3, "note")]
    assert any(one.startswith("1 行在文件中是隐藏的") for one in remarks)
    assert ("隐藏的工作表“旧名单”没有读取" in remarks) is (kind == "xls")


def test_columns_that_are_not_used_and_content_without_a_heading_are_said(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    heading, cells = [*HEADINGS[:3], "", *HEADINGS[3:], "毕业学院"], [*PLAIN[:3], "旁注", *PLAIN[3:], "某院"]
    file.write_text(f"{','.join(heading)}\n{','.join(cells)}\n", encoding="utf-8")
    _, remarks = checked(file)
    assert "“a.csv”中没有使用的列：毕业学院" in remarks
    assert "1 行在没有表头的列中有内容，没有使用" in remarks


@pytest.mark.parametrize("more", [["多"], ["", "多"], ["多", "一", "个"]])
def test_a_row_with_more_cells_than_headings_is_stopped(tmp_path: Path, more: list[str]) -> None:
    file = csv(tmp_path, PLAIN, [*PLAIN, *more], [*PLAIN, "", ""])
    assert [one for one in codes(file) if one[1] == "more_cells"] == [(3, "more_cells")]
    with pytest.raises(UnreadableFile, match="第 3 行：本行的内容比表头多"):
        read_rows(file, "a.csv")


@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
@pytest.mark.parametrize("above", ["", "2024年军队医师变动一览表\n", "甲，乙；丙\n\n"])
def test_a_title_does_not_decide_the_separator(tmp_path: Path, separator: str, above: str) -> None:
    file = csv(tmp_path, PLAIN, PLAIN, separator=separator, above=above)
    assert staged(file, "name") == ["林知夏"] * 2
    told = csv(tmp_path, PLAIN, separator=";", above="sep=;\n")
    assert staged(told, "name") == ["林知夏"]


@pytest.mark.parametrize(
    "guard", ['="{}"', "'{}", "‘{}", "`{}", "\t{}", "\x1f{}", "\u202a{}\u202c", "\ufeff{}", " {}\xa0"]
)
def test_guards_and_unseen_signs_are_taken_away_and_counted(tmp_path: Path, guard: str) -> None:
    column, changes = Column("id_number", "证件号码", Kind.IDENTIFIER), Counter[str]()
    for kind, text in ((Kind.IDENTIFIER, NUMBER), (Kind.NAME, "林知夏"), (Kind.TEXT, "军卫〔2024〕1号")):
        asked = Column("x", "某列", kind)
        cells = tidied(asked, pl.Series([guard.format(text), text]), changes)
        assert read(asked, Cells(cells))[0].to_list() == [text, text]
    assert (changes[GUARDS] > 0) is (guard[0] in "='‘`")
    assert (changes[UNSEEN] > 0) is (guard[0] in "\u202a\ufeff")
    assert tidied(column, pl.Series(["'"]), Counter()).to_list() == ["'"]


@pytest.mark.parametrize(
    ("name", "code"),
    [("=甲乙", "formula_like"), ("＝甲乙", "formula_like"), ("+甲", "formula_like"), ("-甲", "formula_like"),
     ("@甲乙", "formula_like"), ("甲\ue000", "lost_character"), ("甲?", "lost_character")],
)  # fmt: skip
def test_a_name_that_cannot_be_kept_is_named(tmp_path: Path, name: str, code: str) -> None:
    assert codes(csv(tmp_path, row(姓名=name))) == [(2, code)]


@pytest.mark.parametrize(
    "day", ["201412", "2014.12", "2014-11", "2014/12", "2014111", "2014年11", "20141", "2014年7月"]
)
def test_a_month_is_no_day(tmp_path: Path, day: str) -> None:
    assert codes(csv(tmp_path, row(变动日期=day))) == [(2, "not_a_day")]


@pytest.mark.parametrize(
    "day",
    ["2014-07-01 00:00:00.0", "2014/7/1 0:00:00", "2014-07-01T00:00:00+08:00", "2014-07-01T00:00:00.000Z",
     "2014-7-1 0:00", "20140701", "二〇一四年七月一日", "2014年7月1日", "２０１４．７．１", "41821"],
)  # fmt: skip
def test_the_midnight_of_a_day_is_that_day(tmp_path: Path, day: str) -> None:
    assert staged(csv(tmp_path, row(变动日期=day)), "happened_on") == [date(2014, 7, 1)]


@pytest.mark.parametrize(
    ("day", "taken"),
    [("1899-12-31", False), ("1900-01-01", True), ("2199-12-31", True), ("2200-01-01", False), ("9999-12-31", False)],
)
def test_a_year_nobody_means_is_no_day(tmp_path: Path, day: str, taken: bool) -> None:
    assert ((2, "not_a_day") in codes(csv(tmp_path, row(变动日期=day)))) is not taken


@pytest.mark.parametrize("day", ["2014-06-30T16:00:00.000Z", "2014-07-01T00:00:00+13:00", "2014-07-01 08:30"])
def test_an_instant_that_is_another_day_in_beijing_is_a_finding(tmp_path: Path, day: str) -> None:
    assert codes(csv(tmp_path, row(变动日期=day))) == [(2, "not_a_day")]


def test_a_serial_counts_from_the_epoch_of_its_file() -> None:
    assert (read_day("40359"), read_day("40359", EPOCH_1904)) == (date(2010, 6, 30), date(2014, 7, 1))


def test_an_unknown_code_name_is_answered_with_the_names_of_the_table(tmp_path: Path) -> None:
    blocks, _ = checked(csv(tmp_path, row(性别="男姓")))
    said = [one.message for one in blocks[0].findings if one.code == "unknown_code"]
    assert len(said) == 1
    assert "表中相近的名称：“男性”" in said[0]


WEB_PAGES: dict[str, Callable[[str], bytes]] = {
    "with a mark": lambda page: page.encode("utf-8-sig"),
    "in utf-16": lambda page: page.encode("utf-16"),
    "web archive": lambda page: f"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n{page}".encode(),
    "web archive from a mailer": lambda page: f"From: x\r\nContent-Type: text/html\r\n\r\n{page}".encode(),
    "xml": lambda page: f"\r\n<?xml version='1.0'?>{page}".encode(),
}


@pytest.mark.parametrize("kind", WEB_PAGES)
@pytest.mark.parametrize("name", ["a.xls", "a.csv"])
def test_a_web_page_is_called_one(tmp_path: Path, kind: str, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(WEB_PAGES[kind]("<html><table><tr><td>姓名</td></tr></table></html>"))
    with pytest.raises(UnreadableFile, match="网页或 XML 文件，请用表格软件打开后另存为 xlsx"):
        read_rows(file, name)
