"""`python -m django intake`: see `yizheng.intake.command`."""

from collections.abc import Sequence

from yizheng.intake.command import main
from yizheng.registry.management.on_the_command_line import RegisterCommand


class Command(RegisterCommand):
    """Hands its arguments on."""

    help = "按格式接收一个文件：核对、预览、入册"

    def run(self, arguments: Sequence[str]) -> int:
        """See the module named above."""
        return main(arguments)
