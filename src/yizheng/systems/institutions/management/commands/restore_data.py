"""`python -m django restore_data`: see `yizheng.systems.institutions.restore_command`."""

from collections.abc import Sequence

from yizheng.registry.management.on_the_command_line import RegisterCommand
from yizheng.systems.institutions.restore_command import main


class Command(RegisterCommand):
    """Hands its arguments on."""

    help = "把一个机构或一批数据按过去某时所知恢复到现在的登记"

    def run(self, arguments: Sequence[str]) -> int:
        """See the module named above."""
        return main(arguments)
