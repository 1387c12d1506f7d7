"""`./yizheng restore-data`: an institution's or a batch's registrations as they were known, back into the register."""

from collections.abc import Sequence

from yizheng.cli.delegating import on_the_register


def main(arguments: Sequence[str]) -> int:
    """Run it as the serving role; its exit code."""
    return on_the_register("restore_data", arguments)
