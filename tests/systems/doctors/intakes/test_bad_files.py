"""Every sort of bad file of results gets one clear answer, at the desk and on the command line; nothing of it is kept back."""

import base64
import json
import zlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import new_account, sign_in
from tests.intake import samples
from tests.systems.doctors.intakes.examinees import HEADINGS, csv_of, examinee
from yizheng.intake import command
from yizheng.intake.files import read_rows
from yizheng.intake.formats import format_of
from yizheng.intake.models import Batch, BatchState
from yizheng.intake.verbs.check import check
from yizheng.kernel.identifiers import make_resident_id
from yizheng.people import vault
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Scope
from yizheng.people.scope import acting_as_system
from yizheng.systems.practitioners.models import ExamResult, PersonIdentity

pytestmark = pytest.mark.django_db

Made = Callable[[Path], Path]


def table(*rows: dict[str, str]) -> list[list[str]]:
    """The heading and these rows, as cells."""
    return [list(HEADINGS.values()), *([row.get(name, "") for name in HEADINGS] for row in rows)]


def of_bytes(name: str, content: bytes) -> Made:
    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(content)
        return path

    return make


def of_cells(*rows: list[str], sheet: str = "数据") -> Made:
    return lambda folder: samples.xlsx(folder / "成绩.xlsx", rows, sheet=sheet)


def markup_of(rows: list[list[str]]) -> str:
    cells = ["".join(f"<c t='str'><v>{cell}</v></c>" for cell in row) for row in rows]
    return "".join(f"<row r='{n}'>{inside}</row>" for n, inside in enumerate(cells, 1)).replace("'", '"')


def merged_heading(folder: Path) -> Path:
    heading, row = table(examinee(1))
    grouped = ["成绩" if 11 <= at < 15 else text for at, text in enumerate(heading)]
    merge = '<mergeCells count="1"><mergeCell ref="L1:O1"/></mergeCells>'
    return samples.xlsx_of_markup(folder / "成绩.xlsx", markup_of([grouped, row]), behind=merge)


def merged_over_required(folder: Path) -> Path:
    """Year, region and category under one merged head."""
    heading, row = table(examinee(1))
    merge = '<mergeCells count="1"><mergeCell ref="A1:C1"/></mergeCells>'
    grouped = ["考试", "", "", *heading[3:]]
    return samples.xlsx_of_markup(folder / "成绩.xlsx", markup_of([grouped, row]), behind=merge)


def formula_far_below(folder: Path) -> Path:
    rows = markup_of(table(examinee(1)))
    formula = '<row r="3"><c r="A3"><v>2025</v></c><c r="P3"><f>SUM(L3:O3)</f><v>360</v></c></row>'
    return samples.xlsx_of_markup(folder / "成绩.xlsx", rows + formula)


def locked(folder: Path) -> Path:
    """As office programs write a workbook with a password: a compound file with the package enciphered in it."""
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1016) + "EncryptedPackage".encode("utf-16-le")
    return of_bytes("成绩.xlsx", content + bytes(512))(folder)


def truncated(folder: Path) -> Path:
    whole = of_cells(*table(*map(examinee, range(200))))(folder)
    return of_bytes("成绩.xlsx", whole.read_bytes()[:-900])(folder)


def bomb(folder: Path) -> Path:
    inside = {"[Content_Types].xml": b"<x/>", "xl/worksheets/sheet1.xml": bytes(80 * 1024**2)}
    return samples.packed(folder / "成绩.xlsx", inside)


REFUSED: list[tuple[str, Made, str, str]] = [
    ("empty", of_bytes("成绩.csv", b""), "empty_file", "是空文件"),
    ("empty workbook", of_cells([""]), "empty_file", "没有任何数据"),
    ("wrong sheet", of_cells(["物品", "数量"], ["桌子", "3"], sheet="库存"), "wrong_table", "没有找到“医师资格考试成绩”的表头"),
    ("merged headings", merged_heading, "merged_cells", "有合并单元格（L1:O1）"),
    ("merged over required", merged_over_required, "merged_cells", "有合并单元格（A1:C1）"),
    ("formulas", formula_far_below, "formula", "的 P3 等单元格是公式"),
    ("duplicated headings", of_cells([*HEADINGS.values(), "姓名"], ["x"] * 20), "duplicate_heading", "请只保留一列"),
    ("300 columns", of_cells([f"列{n}" for n in range(300)]), "too_many_columns", "有 300 列"),
    ("renamed program", of_bytes("成绩.xlsx", b"MZ\x90\0" + bytes(4096)), "not_a_table", "不是可以接收的表格文件"),
    ("zip bomb", bomb, "archive_bomb", "大得不合常理"),
    ("truncated", truncated, "truncated", "不完整或已损坏"),
    ("password", locked, "encrypted", "设有打开密码"),
    ("csv renamed", of_bytes("成绩.xlsx", csv_of([examinee(1)])), "wrong_extension", "与扩展名不符"),
    ("missing columns", of_cells(list(HEADINGS.values())[:7], ["x"] * 7), "missing_columns", "缺少必需的列"),
]  # fmt: skip


@pytest.mark.parametrize(("make", "code", "says"), [one[1:] for one in REFUSED], ids=[one[0] for one in REFUSED])
def test_what_cannot_be_taken_in_is_answered_in_words_at_the_desk_and_on_the_command_line(
    client: Client, city: Scope, tmp_path: Path, capsys: pytest.CaptureFixture[str], make: Made, code: str, says: str
) -> None:
    path = make(tmp_path)
    clerk = new_account(AccountKind.CLERK, "冯决定", Role.DECIDER, city)
    sign_in(client, clerk)
    file = SimpleUploadedFile(path.name, path.read_bytes())
    answer = client.post("/intake/new/", {"format": "exam_result", "scope": city.pk, "file": file})
    with acting_as_system("test"):
        batch = check(Batch.objects.latest("pk"), format_of("exam_result"))
    assert (batch.state, batch.errors) == (BatchState.REFUSED, {code: 1})
    assert says in client.get(answer["Location"]).content.decode()
    assert command.main(["exam_result", str(path), "--json"]) == 1
    told = capsys.readouterr()
    assert json.loads(told.out)["errors"] == {code: 1}
    assert says in told.err


def taken(city: Scope, path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[dict[str, int], int]:
    """The errors by kind and the number of rows accepted, as the command line says them."""
    assert command.main(["exam_result", str(path), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    return told["errors"], told["accepted"]


@pytest.mark.parametrize("ruined", ["1.10101E+17", "1.10108199001010E+17", "110108199001010000"])
def test_a_number_that_a_spreadsheet_ruined_is_told_as_such(
    city: Scope, tmp_path: Path, capsys: pytest.CaptureFixture[str], ruined: str
) -> None:
    answer = tmp_path / "回执.csv"
    path = of_bytes("成绩.csv", csv_of([examinee(1, id_number=ruined), examinee(2)]))(tmp_path)
    assert command.main(["exam_result", str(path), "--errors", str(answer)]) == 0
    assert "末几位已丢失，请把该列设为文本后重新填写" in answer.read_text("utf-8")
    assert "可接收 1 行" in capsys.readouterr().out


def test_days_and_numbers_of_a_sheet_are_read_as_what_they_mean(
    city: Scope, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    heading, row = table(examinee(1))
    cells = "".join(
        f'<c t="str"><v>{cell}</v></c>'
        if name in ("姓名", "身份证号", "性别", "证件类型", "毕业院校", "技能是否合格", "是否合格", "违纪处理")
        else f'<c s="2"><v>{_day(cell)}</v></c>'
        if name == "出生日期"
        else f"<c><v>{float(cell)}</v></c>"
        for name, cell in zip(heading, row, strict=True)
    )
    markup = markup_of([heading]) + f'<row r="2">{cells}</row>'
    path = samples.xlsx_of_markup(tmp_path / "成绩.xlsx", markup)
    assert taken(city, path, capsys) == ({}, 1)


def _day(text: str) -> int:
    return (date.fromisoformat(text) - date(1899, 12, 30)).days


def test_an_old_workbook_is_read_and_answered(city: Scope, tmp_path: Path) -> None:
    path = of_bytes("成绩.xls", zlib.decompress(base64.b85decode(samples.OLD_WORKBOOK)))(tmp_path)
    read = read_rows(path, path.name)
    assert read.heading == ("姓名", "号码", "日期", "分数")
    assert read.rows == ((3, ("林知夏", "11010519491231002X", "2024-03-01", "360.5")),)


def test_a_line_in_another_encoding_is_named_and_the_others_go_on(
    city: Scope, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = csv_of([examinee(1), examinee(2), examinee(3)]).splitlines(keepends=True)
    lines[2] = lines[2].decode().encode("gb18030")
    path = of_bytes("成绩.csv", b"".join(lines))(tmp_path)
    assert taken(city, path, capsys) == ({"encoding": 1}, 2)


def test_rare_characters_full_width_digits_and_numbers_of_fifteen_digits_come_into_the_register_right(
    city: Scope, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = examinee(1, birth_date="1968-03-15", gender="男", name="李𠮷㼆")
    number = make_resident_id("110108", date(1968, 3, 15), 21)
    wide = "".join(chr(ord(mark) + 0xFEE0) for mark in examinee(2)["id_number"])
    rows = [old | {"id_number": number[:6] + number[8:17]}, examinee(2, id_number=wide)]
    for encoding in ("utf-8", "gb18030"):
        path = tmp_path / f"{encoding}.csv"
        path.write_bytes(csv_of(rows).decode().encode(encoding))
        assert taken(city, path, capsys) == ({}, 2)
    with acting_as_system("test"):
        assert ExamResult.objects.current().count() == 2
        subject = vault.find("resident_id", number)
        assert PersonIdentity.objects.get(subject_id=subject or 0).name == "李𠮷㼆"
        assert vault.find("resident_id", examinee(2)["id_number"]) is not None
