"""`python -m django rollback`: see `yizheng.intake.rollback_command`."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from yizheng.intake.rollback_command import main


class Command(BaseCommand):
    """Hands its arguments on."""

    help = "回退一个变更，或预览回退"

    def run_from_argv(self, argv: list[str]) -> None:
        """Arguments are the command's own; its result is the exit code."""
        sys.exit(main(argv[2:]))

    def handle(self, *args: Any, **options: Any) -> None:
        """For `call_command`."""
        main(args)
