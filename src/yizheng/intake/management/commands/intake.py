"""`python -m django intake`: see `yizheng.intake.command`."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from yizheng.intake.command import main


class Command(BaseCommand):
    """Hands its arguments on."""

    help = "按格式接收一个文件：核对、预览、入册"

    def run_from_argv(self, argv: list[str]) -> None:
        """Arguments are the command's own; its result is the exit code."""
        sys.exit(main(argv[2:]))

    def handle(self, *args: Any, **options: Any) -> None:
        """For `call_command`."""
        main(args)
