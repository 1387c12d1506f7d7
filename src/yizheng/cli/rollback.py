"""`./yizheng rollback`: 回退一个变更，或预览回退."""

from collections.abc import Sequence

from yizheng.cli.delegating import on_the_register


def main(arguments: Sequence[str]) -> int:
    """Run it as the serving role; its exit code."""
    return on_the_register("rollback", arguments)
