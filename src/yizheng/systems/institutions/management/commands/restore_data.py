"""`python -m django restore_data`: see `yizheng.systems.institutions.restore_command`."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from yizheng.systems.institutions.restore_command import main


class Command(BaseCommand):
    """Hands its arguments on."""

    help = "把一个机构或一批数据按过去某时所知恢复到现在的登记"

    def run_from_argv(self, argv: list[str]) -> None:
        """Arguments are the command's own; its result is the exit code."""
        sys.exit(main(argv[2:]))

    def handle(self, *args: Any, **options: Any) -> None:
        """For `call_command`."""
        main(args)
