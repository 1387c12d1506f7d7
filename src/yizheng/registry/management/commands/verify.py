"""`python -m django verify`: the register's verification, see `yizheng.registry.seals.command`."""

from collections.abc import Sequence

from yizheng.registry.management.on_the_command_line import RegisterCommand
from yizheng.registry.seals.command import main


class Command(RegisterCommand):
    """Hands its arguments on."""

    help = "核验登记库与封存、见证是否一致"

    def run(self, arguments: Sequence[str]) -> int:
        """See the module named above."""
        return main(arguments)
