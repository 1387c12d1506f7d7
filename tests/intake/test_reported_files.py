"""The files of ``reported``, each of one kind that users of other systems had trouble with, are read rightly or refused in words.

Qualifications in 01 to 08, 16b, 17, 18, 21; results of examinations in the others; numbers alone in 28. All people are invented.
"""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.intake import test_cells_of_every_kind as cells
from yizheng.cli.identify import main as identify
from yizheng.intake.files import UnreadableFile
from yizheng.intake.formats import format_of
from yizheng.intake.rowing import Checked

pytestmark = pytest.mark.django_db
FOLDER = Path(__file__).with_name("reported")

READ: dict[str, tuple[Sequence[str], Sequence[tuple[int, str]], str]] = {
    "01a-prefixed.xlsx": (["顾云岫", "梁芷若"], [], ""),
    "02a-single-quotes.xlsx": (["许知行", "方亦舒"], [], ""),
    "03b-empty-shared.xlsx": (["岑夫子", "丹丘月"], [], ""),
    "05-backslash.xlsx": (["石敬亭", "阮小鱼"], [], ""),
    "06a-styled-blanks-XFD.xlsx": (["符明月", "麦子熟"], [], ""),
    "08-x000D.xlsx": (["祝余", "白泽"], [], ""),
    "09b-date1904-exam.xlsx": (["司空曙", "长孙渡"], [], ""),
    "10a-id-as-number.xlsx": ([], [(2, "number_cell"), (3, "id_checksum"), (3, "number_cell")], ""),
    "11a-year-month.csv": ([], [(row, "not_a_day") for row in range(2, 10)], ""),
    "14a-title-tab.txt": (["何题头", "何题尾"], [], ""),
    "15-invisible.csv": (["云中雀", "林间鹿", "溪边石", "山外山", "天外天"], [], "9 个单元格中看不见的字符已去掉"),
    "16-guards.csv": (["护一文", "护二文", "护三文", "护四文", "护五文"], [], "3 个单元格外面的文字标记"),
    "16b-guards-name.csv": (["护六文"], [], "3 个单元格外面的文字标记"),
    "17-unknown-heading.csv": (["边不识"], [], "没有使用的列：毕业学院、专业名称"),
    "18b-one-cell-more-at-end.csv": (["不多格"], [(2, "more_cells")], ""),
    "19-hidden-rows.xlsx": (["明一行", "隐二行", "明三行", "隐四行"], [(3, "hidden"), (5, "hidden")], "2 行在文件中是隐藏的"),
    "21a-u4dae.csv": (["李䶮"], [], ""),
    "21b-ue863.csv": (["李䶮"], [], "自造字已换成标准字"),
    "21c-fe9f-gbk.csv": (["李䶮"], [], ""),
    "25a-error.xls": ([], [(2, "cell_error")], ""),
    "33-midnights.csv": ([f"时辰{sign}" for sign in "甲乙丙丁己庚辛壬"], [(6, "not_a_day")], ""),
    "37-code-names.csv": ([f"括号{sign}" for sign in "甲乙丙丁"], [], ""),
}  # fmt: skip
"""By file: the names that pass, row and code of every finding, and words among the remarks on the file."""
QUALIFICATIONS = ("01", "02", "03", "05", "06", "08", "16b", "17", "18", "21")


def checked(file: str, monkeypatch: pytest.MonkeyPatch) -> tuple[list[Checked], list[str]]:
    declared = format_of("qualification" if file.startswith(QUALIFICATIONS) else "exam_result")
    monkeypatch.setattr(cells, "military", lambda: declared)
    return cells.checked(FOLDER / file)


@pytest.mark.parametrize("file", READ)
def test_the_file_is_read_rightly(file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    names, codes, remark = READ[file]
    blocks, remarks = checked(file, monkeypatch)
    assert [name for block in blocks for name in block.staged["name"].to_list()] == names
    assert sorted({(one.row, one.code) for block in blocks for one in block.findings}) == codes
    assert [remark in one for one in remarks] == ([True] if remark else [])


@pytest.mark.parametrize(
    ("file", "words"),
    [("13b-html-bom.xls", "是网页或 XML 文件，请用表格软件打开后另存为 xlsx"), ("31-trailing-rows-merged.xlsx", "有合并单元格（J2:J3）")],
)  # fmt: skip
def test_the_file_is_refused_in_words(file: str, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnreadableFile, match=words):
        checked(file, monkeypatch)


def test_days_of_a_workbook_that_counts_from_1904_are_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    blocks, _ = checked("09b-date1904-exam.xlsx", monkeypatch)
    assert {str(day) for day in blocks[0].staged["graduation_date"].to_list()} == {"2011-07-01"}


def test_cards_of_permanent_residence_are_known(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert identify(["--file", str(FOLDER / "28-permanent-residence.txt")]) == 0
    answers = [json.loads(line) for line in capfdbinary.readouterr().out.splitlines()]
    assert {answer["kind"] for answer in answers} == {"foreign_permanent_residence"}
    assert [answer["valid"] for answer in answers] == [True] * 5 + [False]


def test_every_file_is_asked_for() -> None:
    elsewhere = {"13b-html-bom.xls", "31-trailing-rows-merged.xlsx", "28-permanent-residence.txt"}
    assert {one.name for one in FOLDER.iterdir()} == {*READ, *elsewhere}
