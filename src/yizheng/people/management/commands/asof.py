"""`python -m django asof`: see `yizheng.registry.asof_command`; recorded, for it shows a person's data."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from yizheng.people import audit
from yizheng.people.scope import acting_as_system
from yizheng.registry.asof_command import main


class Command(BaseCommand):
    """Hands its arguments on, with every jurisdiction in sight."""

    help = "某主体在某日、按某时所知的登记"

    def run_from_argv(self, argv: list[str]) -> None:
        """Arguments are the command's own; its result is the exit code."""
        with acting_as_system("命令行查阅登记"):
            audit.record(None, "registry.asof", f"subject:{argv[2]}" if len(argv) > 2 else "")
            sys.exit(main(argv[2:]))

    def handle(self, *args: Any, **options: Any) -> None:
        """For `call_command`."""
        main(args)
