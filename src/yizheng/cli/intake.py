"""`./yizheng intake`: 按格式接收一个文件：核对、预览、入册."""

from collections.abc import Sequence

from yizheng.cli.delegating import on_the_register


def main(arguments: Sequence[str]) -> int:
    """Run it as the serving role; its exit code."""
    return on_the_register("intake", arguments)
