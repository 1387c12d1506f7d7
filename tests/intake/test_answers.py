"""A text file answered: every line stays as it was, with one cell more."""

from pathlib import Path

import pytest

from yizheng.intake.answers.texts import answer_text
from yizheng.intake.files import texts

WORDS = {2: "缺姓名", 4: '说"是", 又说"否"', 5: "末行"}


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        ("甲,乙\n1,2\n3,4\n5,6\n7,8\n", '甲,乙,核对\n1,2,缺姓名\n3,4,\n5,6,"说""是"", 又说""否"""\n7,8,末行\n'),
        ("甲;乙\r\n1;2\r\n3;4\r\n", "甲;乙;核对\r\n1;2;缺姓名\r\n3;4;\r\n"),
        ("甲,乙\n1,2\n3,4", "甲,乙,核对\n1,2,缺姓名\n3,4,\n"),
        ('甲,乙\n"1\n壹贰叁",2\n3,4\n', '甲,乙,核对\n"1\n壹贰叁",2,缺姓名\n3,4,\n'),
        ("甲,乙\n1,2\r\n3,4\n", "甲,乙,核对\n1,2,缺姓名\r\n3,4,\n"),
        ("甲,乙\r1,2\r3,4\r", "甲,乙,核对\r1,2,缺姓名\r3,4,\r"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("size", [20, texts.BLOCK_BYTES])
def test_lines_stay_byte_for_byte_and_get_their_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str, answer: str, encoding: str, size: int
) -> None:
    cut = texts.raw_blocks
    monkeypatch.setattr("yizheng.intake.answers.texts.raw_blocks", lambda path, name: cut(path, name, size))
    (tmp_path / "a.csv").write_bytes(content.encode(encoding))
    answer_text(tmp_path / "a.csv", "a.csv", tmp_path / "b.csv", WORDS, "核对")
    assert (tmp_path / "b.csv").read_bytes().decode(encoding) == answer
