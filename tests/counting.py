"""Counts what a page asks the database, apart from what its frame asks: session, account, grants, side and inbox."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

from django.db import connection

FRAME = (
    "yizheng/shell/context.py",
    "yizheng/shell/navigation.py",
    "django/contrib/sessions/backends/base.py",
    "django/contrib/auth/__init__.py",
)
"""What is asked from one of these files, however deep below, is the frame's; and what a middleware asks."""
VIEW = ("django/core/handlers/base.py", "_get_response")
"""Below this function the page answers; outside of it the middleware is at work."""
STEERING = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK", "COMMIT", "BEGIN")


@dataclass(slots=True)
class Asked:
    """The statements of one page: its own, and how many its frame added."""

    own: list[str] = field(default_factory=list)
    frame: int = 0

    def counts(self) -> dict[str, int]:
        """The two numbers, as the baseline keeps them."""
        return {"own": len(self.own), "frame": self.frame}


@contextmanager
def counted() -> Iterator[Asked]:
    """Count the statements of the block."""
    asked = Asked()

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if not str(sql).startswith(STEERING):
            if _of_the_frame(sys._getframe(1)):
                asked.frame += 1
            else:
                asked.own.append(str(sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield asked


def _of_the_frame(caller: FrameType | None) -> bool:
    while caller is not None:
        code = caller.f_code
        if code.co_filename.endswith(FRAME):
            return True
        if code.co_filename.endswith(VIEW[0]) and code.co_name == VIEW[1]:
            return False
        caller = caller.f_back
    return True
