"""Workbooks and archives are read by a child whose memory and time are bounded; the answer is the same."""

import os
from pathlib import Path

import pytest

from tests.intake import old_samples, samples
from yizheng.intake.files import UnreadableFile, open_source, read_rows
from yizheng.intake.files.archives import open_here

pytestmark = pytest.mark.usefixtures("in_a_child")
ROWS = [["姓名", "号码"], ["林知夏", "11010519491231002X"], ["", ""], ["李𠮷", "7"]]


def cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="str"><v>{text}</v></c>'


def test_the_child_answers_as_the_reader_does(tmp_path: Path) -> None:
    sheet = samples.xlsx(tmp_path / "a.xlsx", ROWS).read_bytes()
    old = old_samples.xls(tmp_path / "a.xls", ROWS, from_1904=True, hidden_rows=[1], hidden_sheets=["旧"]).read_bytes()
    file = samples.packed(tmp_path / "a.zip", {"a.xlsx": sheet, "b.xls": old, "c.csv": "甲,乙\n1,2\n".encode()})
    with open_source(file, file.name) as there, open_here(file, file.name) as here:
        assert (there.kind, there.unread, len(there.tables)) == (here.kind, here.unread, 3)
        for ours, theirs in zip(here.tables, there.tables, strict=True):
            assert (ours.name, ours.columns, ours.epoch, ours.hidden_columns, ours.head()) == (
                theirs.name, theirs.columns, theirs.epoch, theirs.hidden_columns, theirs.head())  # fmt: skip
            first = next(theirs.blocks())
            assert first.equals(next(ours.blocks()))
            assert list(ours.rows()) == list(theirs.rows())
            theirs.look_through()


def test_refusals_keep_their_ground_and_words(tmp_path: Path) -> None:
    file = samples.xlsx_of_markup(tmp_path / "a.xlsx", '<row r="1"><c r="A1"><f>B1</f><v>1</v></c></row>')
    with pytest.raises(UnreadableFile, match="等单元格是公式") as caught:
        read_rows(file, "名单.xlsx")
    assert caught.value.code == "formula"
    assert "“名单.xlsx”" in str(caught.value)


@pytest.mark.parametrize(
    "rows",
    [
        f'<row r="1">{cell("A1", "姓名")}{cell("IP1", "x")}</row><row r="1048000">{cell("A1048000", "林")}</row>',
        f'<!-- a --><row r="1">{cell("A1", "姓名")}{cell("XFD1", "x")}</row><row r="9000">{cell("A9000", "林")}</row>',
    ],
    ids=["tall", "wide, read by events"],
)
def test_a_small_workbook_that_says_it_is_huge_ends_the_child_alone(tmp_path: Path, rows: str) -> None:
    file = samples.xlsx_of_markup(tmp_path / "a.xlsx", rows)
    assert file.stat().st_size < 10_000
    with pytest.raises(UnreadableFile) as caught:
        read_rows(file, "a.xlsx")
    assert caught.value.code == "too_large"


def test_the_child_knows_no_settings_and_no_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    file = samples.xlsx(tmp_path / "a.xlsx", ROWS)
    with open_source(file, "a.xlsx"):
        children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text(encoding="ascii").split()
        told = [Path(f"/proc/{child}/environ").read_bytes() for child in children]
    ours = [one for one in told if b"POLARS_MAX_THREADS=2" in one]
    assert len(ours) == 1
    assert b"secret" not in ours[0]
