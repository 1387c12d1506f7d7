"""What is typed wrongly on the command line is said in one Chinese sentence, and ends with 2."""

import re

import pytest

from yizheng.kernel.arguments import Arguments


def parser() -> Arguments:
    made = Arguments(prog="yizheng x", description="试")
    made.add_argument("change", type=int)
    made.add_argument("--scale", choices=["city", "country"])
    made.add_argument("--json", action="store_true")
    one = made.add_mutually_exclusive_group()
    one.add_argument("--known")
    one.add_argument("--position", type=int)
    return made


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ([], "缺少 change"),
        (["abc"], "change 应为整数，现为“abc”"),
        (["1", "--nosuch"], "不认得“--nosuch”"),
        (["1", "--known"], "--known 后面要写一个值"),
        (["1", "--scale", "town"], "--scale 没有“town”"),
        (["1", "--json=yes"], "--json 后面不写值"),
        (["1", "--known", "x", "--position", "1"], "--position 不能与 --known 同用"),
    ],
)
def test_wrong_arguments_are_said_in_chinese(typed: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parser().parse_args(typed)
    err = capsys.readouterr().err
    assert (ended.value.code, said in err) == (2, True), err
    assert not re.search(r"usage|error|argument|invalid|expected", err)


def test_the_help_is_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parser().parse_args(["--help"])
    out = capsys.readouterr().out
    assert ended.value.code == 0
    assert not re.search(r"usage|positional|options|show this", out)
