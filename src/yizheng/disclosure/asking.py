"""Asking the public register at the door: the allowance and the answer in one statement, on a connection of its own.

The statement takes from the allowance whether anything is found or not, and gives no rows when it is used up.
"""

import threading
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg
from django.db import connection as django_connection

from yizheng.disclosure import allowances, lookup
from yizheng.disclosure.models import PublicPractitioner

_NEEDED = {
    *("register", "subject", "token", "name", "sex", "level", "category", "place", "practice_number"),
    *("stored_main", "stored_periods"),
}
_SHOWN = tuple(
    field.attname
    for field in PublicPractitioner._meta.concrete_fields  # noqa: SLF001 - documented by Django
    if field.attname in _NEEDED
)
"""In the order of the model's columns, by which `from_db` takes them."""
_COLUMNS = ", ".join(_SHOWN)
_TAKING = "with taken as (" + allowances.TAKE + ") "
_LOOK_UP = f"""{_TAKING}
select taken.granted, taken.tokens, {_COLUMNS} from taken left join lateral (
    select {_COLUMNS} from disclosure_publicpractitioner
    where register = %(register)s and {{condition}} order by subject limit {lookup.MOST + 1}
) found on taken.granted"""  # noqa: S608 - constants
_REFRESHED = f"""{_TAKING}
select taken.granted, taken.tokens, found.refreshed from taken
left join disclosure_publicpractitioner found on taken.granted
    and found.register = %(register)s and found.token = %(token)s"""  # noqa: S608 - constants
_BY_NAME = _LOOK_UP.format(condition="name_key = %(name)s and strpos(institution_keys, %(institution)s) > 0")
_BY_NUMBER = _LOOK_UP.format(condition="practice_number = %(number)s")


@dataclass(frozen=True, slots=True)
class Question:
    """A statement and its values."""

    statement: str
    values: dict[str, str]


def by_name(register: str, name_key: str, fragment: str) -> Question:
    """Who in the register bears exactly this folded name at an institution whose folded name contains the fragment."""
    return Question(_BY_NAME, {"register": register, "name": name_key, "institution": fragment})


def by_practice_number(register: str, number: str) -> Question:
    """Whose practice number in the register this is."""
    return Question(_BY_NUMBER, {"register": register, "number": number})


class Desk:
    """Keeps one connection a thread: prepared statements, each its own transaction, no row scope."""

    def __init__(self) -> None:
        self._kept = threading.local()

    def look_up(self, address: str, question: Question) -> lookup.Found:
        """At most twenty entries. Raises `allowances.TooMany`."""
        rows = self._ask(address, question.statement, question.values)
        entries = [PublicPractitioner.from_db("default", _SHOWN, row[2:]) for row in rows if row[2] is not None]
        return lookup.Found(entries[: lookup.MOST], more=len(entries) > lookup.MOST)

    def refreshed(self, address: str, register: str, token: str) -> datetime | None:
        """When the entry was last published; None when there is none. Raises `allowances.TooMany`."""
        found: datetime | None = self._ask(address, _REFRESHED, {"register": register, "token": token})[0][2]
        return found

    def close(self) -> None:
        """Close this thread's connection."""
        kept = getattr(self._kept, "connection", None)
        if kept is not None:
            kept.close()

    def _ask(self, address: str, statement: str, values: dict[str, str]) -> list[tuple[Any, ...]]:
        taking = allowances.taking(allowances.LOOKUPS, address)
        rows = self._run(statement, {**taking, **values})
        granted, tokens = rows[0][:2]
        if not granted:
            raise allowances.refusal(allowances.LOOKUPS, tokens)
        return rows

    def _run(self, statement: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
        """Once more on a new connection when the kept one was cut: nothing was taken by a statement that failed so."""
        try:
            return self._connection().execute(statement, values, prepare=True).fetchall()
        except psycopg.OperationalError:
            self._kept.connection.close()
            return self._connection().execute(statement, values, prepare=True).fetchall()

    def _connection(self) -> psycopg.Connection[tuple[Any, ...]]:
        kept: psycopg.Connection[tuple[Any, ...]] | None = getattr(self._kept, "connection", None)
        if kept is None or kept.closed:
            parameters: dict[str, Any] = {
                name: value
                for name, value in django_connection.get_connection_params().items()
                if name not in ("context", "cursor_factory", "prepare_threshold")
            }
            kept = psycopg.connect(**parameters, autocommit=True, prepare_threshold=0)
            kept.execute("select set_config('timezone', 'UTC', false)")
            self._kept.connection = kept
        return kept
