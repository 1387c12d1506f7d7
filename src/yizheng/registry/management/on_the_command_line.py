"""A command of ``./yizheng`` that works on the register: its arguments are its own, its result is the exit code."""

import logging
import sys
from collections.abc import Callable, Sequence
from typing import Any

from django.core.management.base import BaseCommand


class RegisterCommand(BaseCommand):
    """Hands its arguments on. What the program notes of itself below a warning is not for the person who typed it."""

    main: Callable[[Sequence[str]], int]

    def run_from_argv(self, argv: list[str]) -> None:
        """For the command line."""
        logging.disable(logging.INFO)
        sys.exit(self.main(argv[2:]))

    def handle(self, *args: Any, **options: Any) -> None:
        """For `call_command`."""
        self.main(args)


def command(help_text: str, main: Callable[[Sequence[str]], int]) -> type[RegisterCommand]:
    """The management command that does ``main``."""
    return type("Command", (RegisterCommand,), {"help": help_text, "main": staticmethod(main)})
