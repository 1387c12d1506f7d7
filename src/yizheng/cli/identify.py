"""``./yizheng identify``: say what a number is, as JSON; with ``--file``, one number a line, as JSON lines."""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from yizheng.kernel.identifiers import identify
from yizheng.kernel.text_files import decode_text, split_lines

_WRONG_USE = 2
_HELP = """判断一个号码是什么、是否有效，以JSON输出。

  ./yizheng identify 号码              含空格时请加引号
  ./yizheng identify --file 文件路径   每行一个号码（UTF-8或GB18030），逐行输出JSON
"""


class _Refused(Exception):
    """The command cannot be carried out; the message is for the person who typed it."""


class _Parser(argparse.ArgumentParser):
    """An argument parser whose refusals are Chinese sentences."""

    def error(self, message: str) -> NoReturn:
        raise _Refused(
            f"参数不对：{_in_chinese(message)}。用法：./yizheng identify 号码，或 ./yizheng identify --file 文件路径"
        )


def _in_chinese(message: str) -> str:
    if "unrecognized arguments" in message:
        return f"多出了“{message.rpartition(':')[2].strip()}”，号码中有空格时请加引号"
    if "expected one argument" in message:
        return "--file 后面要写文件路径"
    return message


def _lines(path: Path) -> list[str]:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise _Refused(f"找不到文件“{path}”，请核对路径") from None
    except IsADirectoryError:
        raise _Refused(f"“{path}”是文件夹，请给出其中一个文件的路径") from None
    except (OSError, ValueError):
        raise _Refused(f"打不开文件“{path}”，请检查路径和读取权限") from None
    return split_lines(decode_text(content))


def _answers(argv: list[str]) -> Iterator[str]:
    """What is printed. Raises _Refused."""
    parser = _Parser(add_help=False, allow_abbrev=False)
    parser.add_argument("text", nargs="?")
    parser.add_argument("--file")
    parser.add_argument("-h", "--help", action="store_true")
    options = parser.parse_args(argv)
    if options.help:
        yield _HELP
        return
    if options.file is not None and options.text is not None:
        raise _Refused("号码和 --file 只能写一个")
    if options.file is None and options.text is None:
        raise _Refused(
            "请写上要判断的号码，例如：./yizheng identify 11010519491231002X；或用 --file 给出每行一个号码的文件"
        )
    for number in [options.text] if options.file is None else _lines(Path(options.file)):
        yield json.dumps(identify(number).as_json(), ensure_ascii=False) + "\n"


def main(argv: list[str]) -> int:
    """Run the command with the arguments after ``identify``; 0 when done, 2 when it was not understood."""
    sys.stdout.flush()
    try:
        for text in _answers(argv):
            # the console may be no UTF-8 one, and an argument may hold bytes that are no text
            sys.stdout.buffer.write(text.encode("utf-8", errors="backslashreplace"))
        sys.stdout.buffer.flush()
    except _Refused as refused:
        sys.stderr.write(f"{refused}。\n")
        return _WRONG_USE
    return 0
