"""Workbooks written otherwise than most programs do are read, every text in its own cell."""

import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.intake import samples
from yizheng.intake.files import Table, UnreadableFile, open_source, read_rows
from yizheng.intake.files.tables import EPOCH, EPOCH_1904

TEXTS = "".join(f"<si><t>{text}</t></si>" for text in ("姓名", "号码", "林知夏", "0123"))
ROWS = (
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    '<row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2" t="s"><v>3</v></c></row>'
)
READ = ((2, ("林知夏", "0123")),)
Rewrite = Callable[[bytes], bytes]


def rewritten(path: Path, change: Rewrite, *, only: str = "", renamed: Callable[[str], str] = str) -> Path:
    """The workbook with the parts whose name holds ``only`` changed, and its parts renamed."""
    target = path.with_name("changed.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            member = zipfile.ZipInfo("x")
            member.filename = renamed(name)
            new.writestr(member, change(content) if only in name else content)
    return target


def prefixed(content: bytes) -> bytes:
    text = re.sub(r"<(/?)(?=\w)", r"<\1x:", content.decode().split("?>")[-1])
    return text.replace("xmlns=", "xmlns:x=").encode()


def kept(content: bytes) -> bytes:
    return content


WAYS: dict[str, tuple[Rewrite, str, Callable[[str], str]]] = {
    "prefixes": (prefixed, "xl/", str),
    "prefixes in the package": (prefixed, "rels", str),
    "single quotes": (lambda content: content.replace(b'"', b"'"), "xl/", str),
    "line breaks inside tags": (lambda content: content.replace(b" r=", b"\n  r="), "sheet1", str),
    "line breaks between tags": (lambda content: content.replace(b"><", b">\r\n<"), "sheet1", str),
    "comments": (lambda content: content.replace(b"<row", b"<!-- a --><row"), "sheet1", str),
    "sections": (lambda content: content.replace(b"<v>2</v>", b"<v><![CDATA[2]]></v>"), "sheet1", str),
    "utf-16": (lambda content: content.decode().split("?>")[-1].encode("utf-16"), "sheet1", str),
    "texts in utf-16": (lambda content: content.decode().split("?>")[-1].encode("utf-16"), "shared", str),
    "backslashes": (kept, "", lambda name: name.replace("/", "\\")),
    "part names in other case": (kept, "", lambda name: name.replace("sheet1", "Sheet1").replace("shared", "Shared")),
    "attributes in other order": (
        lambda content: re.sub(rb'<c (r="\w+") (t="s")', rb"<c \2 \1", content), "sheet1", str),
    "references in lower case": (lambda content: content.replace(b'r="A2"', b'r="a2"'), "sheet1", str),
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_every_text_stands_in_its_own_cell(tmp_path: Path, way: str) -> None:
    change, only, renamed = WAYS[way]
    plain = samples.xlsx_of_markup(tmp_path / "a.xlsx", ROWS, texts=TEXTS)
    assert read_rows(rewritten(plain, change, only=only, renamed=renamed), "a.xlsx").rows == READ


@pytest.mark.parametrize("empty", ["<si/>", "<si></si>", "<si><t/></si>", "<si><t></t></si>"])
def test_an_empty_shared_text_shifts_no_other(tmp_path: Path, empty: str) -> None:
    texts = TEXTS.replace("<si><t>林", f"{empty}<si><t>林")
    rows = ROWS.replace("<v>3<", "<v>4<").replace("<v>2<", "<v>3<")
    assert read_rows(samples.xlsx_of_markup(tmp_path / "a.xlsx", rows, texts=texts), "a.xlsx").rows == READ


def test_escapes_are_the_characters_they_stand_for(tmp_path: Path) -> None:
    texts = TEXTS.replace("林知夏", "_x0020_祝余_x000D_").replace("0123", "a_x005F_x0041_b")
    file = samples.xlsx_of_markup(tmp_path / "a.xlsx", ROWS, texts=texts)
    assert read_rows(file, "a.xlsx").rows == ((2, ("祝余", "a_x0041_b")),)
    inline = ROWS + '<row r="3"><c r="A3" t="inlineStr"><is><t>白泽_x000D_</t></is></c></row>'
    file = samples.xlsx_of_markup(tmp_path / "b.xlsx", inline, texts=TEXTS)
    assert read_rows(file, "b.xlsx").rows[1] == (3, ("白泽", ""))


RUNS = '<is><r><t>白</t></r><r><rPr><b/><sz val="11"/><rFont val="宋体"/></rPr><t xml:space="preserve"> 泽&amp;</t></r></is>'
PHONETIC = '<phoneticPr fontId="1"/></is>'


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        (f'<c r="A3" t="inlineStr">{RUNS}</c>', "白 泽&"),
        (f'<c r="A3" t="inlineStr">{RUNS.replace("</is>", PHONETIC)}</c>', "白 泽&"),
        ('<c r="A3" t="inlineStr"><is><t>a_x005F_x0041_b_x003C__x000D_</t></is></c>', "a_x0041_b<"),
        ('<c r="A3" t="str"><v>a_x005F_x0041_b_x0001__xD83D__xDE00_</v></c>', "a_x0041_b😀"),
    ],
)
def test_runs_and_escapes_are_read_alike_by_columns_and_by_events(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cell: str, read: str
) -> None:
    file = samples.xlsx_of_markup(tmp_path / "a.xlsx", f'{ROWS}<row r="3">{cell}</row>', texts=TEXTS)
    by_events = rewritten(file, lambda content: content.replace(b"<row", b"<!-- a --><row"), only="sheet1")
    assert read_rows(by_events, "b.xlsx").rows[1] == (3, (read, ""))
    if "phonetic" not in cell:
        monkeypatch.setattr("yizheng.intake.files.sheet_rows.rows_by_events", None)
    assert read_rows(file, "a.xlsx").rows[1] == (3, (read, ""))


@pytest.mark.parametrize("kind", ["s", "e", "n"])
def test_a_number_written_with_escapes_is_no_number(tmp_path: Path, kind: str) -> None:
    rows = f'{ROWS}<row r="3"><c r="A3" t="{kind}"><v>_x0031_</v></c></row>'
    file = samples.xlsx_of_markup(tmp_path / "a.xlsx", rows, texts=TEXTS)
    with pytest.raises(UnreadableFile):
        read_rows(file, "a.xlsx")


def test_blank_cells_with_a_format_are_no_columns(tmp_path: Path) -> None:
    rows = ROWS.replace("</row>", '<c r="XFD1" s="1"/></row>', 1)
    file = samples.xlsx_of_markup(tmp_path / "a.xlsx", rows, texts=TEXTS)
    wrong = rewritten(
        file, lambda text: text.replace(b"<sheetData>", b'<dimension ref="A1:XFD9"/><sheetData>'), only="sheet1"
    )
    assert table_of(wrong).columns == 2
    assert read_rows(wrong, "a.xlsx").rows == READ


@pytest.mark.parametrize("tail", ["", "<row/>", '<row r="9" ht="20"/>\n<row r="10"/>'])
def test_merged_cells_are_found_behind_empty_rows(tmp_path: Path, tail: str) -> None:
    merged = '<mergeCells count="1"><mergeCell ref="A2:B2"/></mergeCells>'
    file = samples.xlsx_of_markup(tmp_path / "a.xlsx", ROWS + tail, behind=merged, texts=TEXTS)
    with pytest.raises(UnreadableFile, match="合并单元格（A2:B2）") as caught:
        read_rows(file, "a.xlsx")
    assert caught.value.code == "merged_cells"


def test_a_shared_formula_in_any_writing_is_refused(tmp_path: Path) -> None:
    rows = ROWS.replace('t="s"><v>3</v>', "><x:f xmlns:x='y'>A1</x:f><v>3</v>")
    with pytest.raises(UnreadableFile, match="的 B2 等单元格是公式"):
        read_rows(samples.xlsx_of_markup(tmp_path / "a.xlsx", rows, texts=TEXTS), "a.xlsx")


@pytest.mark.parametrize(
    "rows",
    [
        ROWS + '<row r="2"><c r="A2"><v>1</v></c></row>',
        ROWS.replace('<c r="B2"', '<c r="A2"'),
        ROWS.replace('<c r="B2" t="s"><v>3</v>', '<c r="B2" t="s"><v>99</v>'),
        ROWS.replace('<c r="B2" t="s">', '<c r="B2" t="odd">'),
        ROWS.replace('<c r="B2" t="s"><v>3</v>', '<c r="B2" t="inlineStr"><is><t>a</t></is><v>3</v>'),
    ],
    ids=["row twice", "cell twice", "text that is not there", "unknown type", "two values"],
)
def test_what_programs_read_differently_is_refused(tmp_path: Path, rows: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_rows(samples.xlsx_of_markup(tmp_path / "a.xlsx", rows, texts=TEXTS), "a.xlsx")
    assert caught.value.code == "truncated"


def test_declared_entities_are_refused(tmp_path: Path) -> None:
    plain = samples.xlsx_of_markup(tmp_path / "a.xlsx", ROWS, texts=TEXTS)
    bomb = b'<!DOCTYPE a [<!ENTITY b "cccc">]><worksheet'
    file = rewritten(plain, lambda text: text.replace(b"<worksheet", bomb), only="sheet1")
    with pytest.raises(UnreadableFile):
        read_rows(file, "a.xlsx")


def test_the_first_day_of_counting_reaches_the_table(tmp_path: Path) -> None:
    plain = samples.xlsx_of_markup(
        tmp_path / "a.xlsx", ROWS + '<row r="3"><c r="B3" s="2"><v>39263</v></c></row>', texts=TEXTS
    )
    later = rewritten(
        plain, lambda text: text.replace(b"<sheets>", b'<workbookPr date1904="true"/><sheets>'), only="workbook.xml"
    )
    assert (table_of(plain).epoch, table_of(later).epoch) == (EPOCH, EPOCH_1904)
    assert read_rows(later, "a.xlsx").rows[1] == (3, ("", date(2011, 7, 1).isoformat()))


def test_what_is_not_shown_is_told(tmp_path: Path) -> None:
    rows = ROWS.replace('<row r="2"', '<row r="2" hidden="1"')
    file = samples.xlsx_of_markup(tmp_path / "a.xlsx", rows, texts=TEXTS)
    columns = b'<cols><col min="2" max="2" hidden="1" width="0"/></cols><sheetData>'
    file = rewritten(file, lambda text: text.replace(b"<sheetData>", columns), only="sheet1")
    table = table_of(file)
    assert [(number, flaw) for number, flaw, _ in table.rows()] == [(1, ""), (2, "hidden")]
    assert table.hidden_columns == {1}
    with pytest.raises(UnreadableFile, match="第 2 行：本行在文件中是隐藏的"):
        read_rows(file, "a.xlsx")


def table_of(file: Path) -> Table:
    with open_source(file, "a.xlsx") as source:
        return source.tables[0]
