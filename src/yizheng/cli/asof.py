"""`./yizheng asof`: 某主体在某日、按某时所知的登记."""

from collections.abc import Sequence

from yizheng.cli.delegating import on_the_register


def main(arguments: Sequence[str]) -> int:
    """Run it as the serving role; its exit code."""
    return on_the_register("asof", arguments)
