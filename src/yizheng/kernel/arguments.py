"""Arguments of the commands in Chinese: usage, help and what is wrong with what was typed, in one sentence."""

import argparse
import re
from typing import Any, NoReturn

_WORDS = (
    (r"unrecognized arguments: (.*)", r"不认得“\1”"),
    (r"the following arguments are required: (.*)", r"缺少 \1"),
    (r"one of the arguments (.*) is required", r"\1 须写一个"),
    (r"argument (\S+): not allowed with argument (\S+)", r"\1 不能与 \2 同用"),
    (r"argument (.*?): expected .*", r"\1 后面要写一个值"),
    (r"argument (.*?): invalid int value: '(.*)'", r"\1 应为整数，现为“\2”"),
    (r"argument (.*?): invalid choice: '(.*?)' \(choose from (.*)\)", r"\1 没有“\2”，可选 \3"),
    (r"argument (.*?): ignored explicit argument '(.*)'", r"\1 后面不写值，现为“\2”"),
    (r"ambiguous option: (\S+) could match (.*)", r"“\1”可以是 \2，请写全"),
)


class Arguments(argparse.ArgumentParser):
    """A parser that speaks Chinese; what is typed wrongly ends the command with 2 and one sentence."""

    def __init__(self, **said: Any) -> None:
        super().__init__(**said, add_help=False)
        self._positionals.title, self._optionals.title = "参数", "选项"
        self.add_argument("-h", "--help", action="help", help="显示本说明")

    def format_usage(self) -> str:
        """The usage line."""
        return super().format_usage().replace("usage: ", "用法：", 1)

    def format_help(self) -> str:
        """The whole description."""
        return super().format_help().replace("usage: ", "用法：", 1)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, and how the command is used."""
        self.exit(2, f"错误：{in_chinese(message)}。\n{self.format_usage()}")


def in_chinese(message: str) -> str:
    """What the standard library says of wrong arguments, in Chinese."""
    for pattern, words in _WORDS:
        said, found = re.subn(f"^{pattern}$", words, message, flags=re.DOTALL)
        if found:
            return said
    return message
