"""`python -m django verify`: the register's verification, see `yizheng.registry.seals.command`."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from yizheng.registry.seals.command import main


class Command(BaseCommand):
    """Hands its arguments on."""

    help = "核验登记库与封存、见证是否一致"

    def run_from_argv(self, argv: list[str]) -> None:
        """Arguments are the command's own; its result is the exit code."""
        sys.exit(main(argv[2:]))

    def handle(self, *args: Any, **options: Any) -> None:
        """For `call_command`."""
        main(args)
