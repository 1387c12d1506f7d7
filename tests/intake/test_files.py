"""Every kind of file is read to the same rows, and every sort of bad file gets a clear answer."""

from pathlib import Path

import pytest

from tests.intake import samples
from yizheng.intake.answers import workbooks
from yizheng.intake.files import UnreadableFile, open_source, read_rows, sheet_rows, texts

ROWS = [["姓名", "号码"], ["林知夏", "11010519491231002X"], ["买买提·艾力", "0123"], ["", ""], ["李𠮷", "7"]]
READ = ((2, ("林知夏", "11010519491231002X")), (3, ("买买提·艾力", "0123")), (5, ("李𠮷", "7")))


def text_of(rows: list[list[str]], end: str = "\r\n") -> str:
    return "".join(",".join(row) + end for row in rows)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_text_is_read_in_every_encoding(tmp_path: Path, encoding: str, end: str) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(text_of(ROWS, end).encode(encoding))
    assert read_rows(file, "a.csv").rows == READ


def test_a_workbook_is_read(tmp_path: Path) -> None:
    assert read_rows(samples.xlsx(tmp_path / "a.xlsx", ROWS), "a.xlsx").rows == READ


def test_a_dbf_is_read(tmp_path: Path) -> None:
    rows = [row for row in ROWS[1:] if "𠮷" not in row[0]]
    file = samples.dbf(
        tmp_path / "a.dbf",
        [("姓名", "C", 20), ("号码", "C", 18), ("日期", "D", 8)],
        [[*row, "20240301"] for row in rows],
    )
    read = read_rows(file, "a.dbf")
    assert read.heading == ("姓名", "号码", "日期")
    assert read.rows[0] == (2, ("林知夏", "11010519491231002X", "2024-03-01"))


def test_an_archive_gives_every_table_in_it(tmp_path: Path) -> None:
    sheet = samples.xlsx(tmp_path / "a.xlsx", ROWS).read_bytes()
    file = samples.packed(tmp_path / "a.zip", {"一.csv": text_of(ROWS).encode(), "二.xlsx": sheet, "__MACOSX/x": b"x"})
    with open_source(file, "a.zip") as source:
        assert [table.name for table in source.tables] == ["一.csv", "二.xlsx 数据"]
        assert [len(list(table.rows())) for table in source.tables] == [5, 5]


def test_quoted_cells_may_hold_separators_and_line_ends(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text('姓名,号码\n"林,知夏","1\n2"\n李四,3\n', encoding="utf-8")
    assert read_rows(file, "a.csv").rows == ((2, ("林,知夏", "1\n2")), (3, ("李四", "3")))


def test_a_long_text_is_read_block_by_block(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.csv"
    file.write_text("姓名,号码\n" + "".join(f'林{n},"{n}"\n' for n in range(500)), encoding="utf-8")
    cut = texts.raw_blocks
    monkeypatch.setattr(texts, "raw_blocks", lambda path, name, _: cut(path, name, 200))
    rows = read_rows(file, "a.csv").rows
    assert rows == tuple((n + 2, (f"林{n}", str(n))) for n in range(500))


def test_a_long_sheet_is_read_part_by_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = samples.xlsx(tmp_path / "a.xlsx", [["姓名", "号码"], *([f"林{n}", str(n)] for n in range(500))])
    monkeypatch.setattr(sheet_rows, "BEGINNING", 700)
    monkeypatch.setattr(sheet_rows, "PIECE", 3000)
    assert read_rows(file, "a.xlsx").rows == tuple((n + 2, (f"林{n}", str(n))) for n in range(500))


def test_days_and_numbers_of_a_workbook_come_as_text(tmp_path: Path) -> None:
    markup = (
        '<row r="3"><c r="B3" t="str"><v>日期</v></c><c r="C3" t="str"><v>分数</v></c></row>'
        '<row r="5"><c r="B5" s="2"><v>45000</v></c><c r="C5"><v>360.5</v></c></row>'
    )
    read = read_rows(samples.xlsx_of_markup(tmp_path / "a.xlsx", markup), "a.xlsx")
    assert read.heading == ("", "日期", "分数")
    assert read.rows == ((5, ("", "2023-03-15", "360.5")),)


def test_texts_kept_once_for_the_workbook_come_back_to_their_cells(tmp_path: Path) -> None:
    texts = (
        "<si><t>姓名</t></si><si><t>号码</t></si><si><t xml:space='preserve'>林&amp;知夏 </t></si>"
        "<si><r><t>买买</t></r><r><rPr><b/></rPr><t>提</t></r><rPh sb='0' eb='1'><t>mǎi</t></rPh></si><si><t/></si>"
    )
    markup = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1" t="s"><v>1</v></c></row>'
        '<row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2"><v>2</v></c></row>'
        '<row r="4"><c r="A4" t="s" s="1"><v>3</v></c><c r="B4" t="s"><v>4</v></c></row>'
    )
    file = samples.xlsx_of_markup(tmp_path / "a.xlsx", markup, texts=texts)
    assert read_rows(file, "a.xlsx").rows == ((2, ("林&知夏", "2")), (4, ("买买提", "")))
    beyond = samples.xlsx_of_markup(tmp_path / "b.xlsx", markup.replace("<v>3<", "<v>9<"), texts=texts)
    assert refused(beyond) == "truncated"


def test_rows_without_numbers_are_counted_and_answered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    markup = "".join(f'<row><c t="str"><v>林{n}</v></c></row>' for n in range(1, 90)) + "<row/>"
    file = samples.xlsx_of_markup(tmp_path / "a.xlsx", markup)
    monkeypatch.setattr(sheet_rows, "BEGINNING", 300)
    monkeypatch.setattr(sheet_rows, "PIECE", 500)
    with open_source(file, "a.xlsx") as source:
        assert [(n, c) for n, _, c in source.tables[0].rows()] == [*((n, [f"林{n}"]) for n in range(1, 90)), (90, [""])]
    answer = tmp_path / "answer.xlsx"
    said = {"数据": {1: "首行", 50: "重复", 89: "末行"}}
    workbooks.answer_xlsx(file, "a.xlsx", answer, said, {"数据": 1}, "核对结果")
    with open_source(answer, "answer.xlsx") as source:
        read = {n: cells[1:] for n, _, cells in source.tables[0].rows() if cells[1:] != [""]}
    assert read == {1: ["核对结果"], 50: ["重复"], 89: ["末行"]}


def read_whole(path: Path, name: str) -> None:
    with open_source(path, name) as source:
        for table in source.tables:
            list(table.rows())


def refused(path: Path, name: str | None = None) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read_whole(path, name or path.name)
    assert "“" in str(caught.value)
    return caught.value.code


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.csv", b"", "empty_file"),
        ("a.csv", b"\r\n \n", "empty_file"),
        ("a.xlsx", b"MZ\x90\x00\x03\x00\x00\x00", "not_a_table"),
        ("a.xlsx", b"%PDF-1.7", "not_a_table"),
        ("a.xls", b"<html><table>", "not_a_table"),
        ("a.xlsx", "姓名,号码\n".encode(), "wrong_extension"),
        ("a.csv", "姓名,号码\n".encode("utf-16"), "utf16"),
        ("a.zip", b"PK\x05\x06" + bytes(18), "empty_file"),
        ("a.csv", ('姓名,号码\n"林知夏,1\n李四,2\n').encode(), "unbalanced_quotes"),
        ("a.csv", (",".join(f"列{n}" for n in range(300)) + "\n").encode(), "too_many_columns"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    assert refused(file) == code


def test_a_truncated_file_is_refused(tmp_path: Path) -> None:
    whole = samples.xlsx(tmp_path / "a.xlsx", ROWS).read_bytes()
    (tmp_path / "b.xlsx").write_bytes(whole[: len(whole) * 2 // 3])
    assert refused(tmp_path / "b.xlsx") == "truncated"
    file = samples.dbf(tmp_path / "a.dbf", [("XM", "C", 20)], [["林"]] * 9)
    file.write_bytes(file.read_bytes()[:-60])
    assert refused(file) == "truncated"


def test_a_bomb_and_a_nested_archive_are_refused(tmp_path: Path) -> None:
    assert refused(samples.packed(tmp_path / "a.zip", {"a.csv": bytes(80 * 1024**2)})) == "archive_bomb"
    inner = samples.packed(tmp_path / "b.zip", {"a.csv": b"x,y\n"}).read_bytes()
    assert refused(samples.packed(tmp_path / "c.zip", {"b.zip": inner})) == "nested_archive"


def test_formulas_and_merged_cells_are_refused(tmp_path: Path) -> None:
    formula = samples.xlsx_of_markup(tmp_path / "a.xlsx", '<row r="1"><c r="A1"><f>B1</f><v>1</v></c></row>')
    assert refused(formula) == "formula"
    merged = samples.xlsx_of_markup(
        tmp_path / "b.xlsx",
        '<row r="1"><c r="A1"><v>1</v></c></row>',
        behind='<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>',
    )
    assert refused(merged) == "merged_cells"


def test_rows_in_another_encoding_and_cells_in_error_are_marked(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    lines = ["姓名,号码\n".encode(), *["林知夏,1\n".encode()] * 3, "王五,2\n".encode("gb18030"), "李四,3\n".encode()]
    file.write_bytes(b"".join(lines))
    with open_source(file, "a.csv") as source:
        found = list(source.tables[0].rows())
    assert [(n, flaw) for n, flaw, _ in found if flaw] == [(5, "encoding")]
    assert found[4][2][:2] == ["王五", "2"]
    sheet = samples.xlsx_of_markup(
        tmp_path / "a.xlsx", '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2" t="e"><v>#N/A</v></c></row>'
    )
    with open_source(sheet, "a.xlsx") as source:
        assert [flaw for _, flaw, _ in source.tables[0].rows()] == ["", "cell_error"]


def test_a_repeated_heading_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("姓名,号码,姓名\n林知夏,1,2\n", encoding="utf-8")
    with pytest.raises(UnreadableFile, match="重复"):
        read_rows(file, "a.csv")
