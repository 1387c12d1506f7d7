"""The row scope of the running request, job or stream: which rows PostgreSQL may show to it.

This module knows neither models nor the database: ``people.scope`` decides what a scope contains, the database
wrapper of ``people`` reads ``current()`` before every statement, and ``registry`` writes what a change collected under
the scope in which it was said. With nothing set, policies show no rows.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RowScope:
    """What one actor may see: rows of ``scopes``, rows of ``subjects``, and rows of subjects opened to ``access``."""

    scopes: tuple[int, ...] = ()
    subjects: tuple[int, ...] = ()
    access: tuple[int, ...] = ()
    account: int | None = None

    def settings(self) -> tuple[str, str, str, str]:
        """The values of the four transaction-local settings, scopes, subjects, access, account."""
        return (
            _array(self.scopes),
            _array(self.subjects),
            _array(self.access),
            "" if self.account is None else str(self.account),
        )


NOTHING = RowScope()

_current: ContextVar[RowScope] = ContextVar("yizheng_row_scope", default=NOTHING)


def current() -> RowScope:
    """The scope in force here, ``NOTHING`` when none was set."""
    return _current.get()


@contextmanager
def within(scope: RowScope) -> Iterator[RowScope]:
    """Put ``scope`` in force for the block and restore the former one after it."""
    token = _current.set(scope)
    try:
        yield scope
    finally:
        _current.reset(token)


def _array(ids: tuple[int, ...]) -> str:
    return "{" + ",".join(map(str, ids)) + "}"
