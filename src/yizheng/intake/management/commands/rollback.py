"""`python -m django rollback`: see `yizheng.intake.rollback_command`."""

from collections.abc import Sequence

from yizheng.intake.rollback_command import main
from yizheng.registry.management.on_the_command_line import RegisterCommand


class Command(RegisterCommand):
    """Hands its arguments on."""

    help = "回退一个变更，或预览回退"

    def run(self, arguments: Sequence[str]) -> int:
        """See the module named above."""
        return main(arguments)
