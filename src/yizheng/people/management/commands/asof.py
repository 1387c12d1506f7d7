"""`./yizheng asof`: see `yizheng.registry.management.asof_command`; recorded, for it shows a person's data."""

from collections.abc import Sequence

from yizheng.people import audit
from yizheng.people.scope import acting_as_system
from yizheng.registry.management.asof_command import asked, main
from yizheng.registry.management.on_the_command_line import command


def _look(arguments: Sequence[str]) -> int:
    """With every jurisdiction in sight."""
    chosen = asked(arguments)  # a question for help ends here, before any database is needed
    with acting_as_system("命令行查阅登记"):
        return main(chosen, looked=lambda who: audit.record(None, "registry.asof", f"subject:{who}"))


Command = command("某主体在某日、按某时所知的登记", _look)
