"""What a kind of matter is: its fields, its states, who moves it from one to the next. Each kind fits on one screen."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from yizheng.kernel.chinese_dates import parse_date
from yizheng.people.kinds import Role
from yizheng.systems.service.rights import READERS

LONGEST = 200


@dataclass(frozen=True, slots=True)
class Field:
    """One field: text unless it has choices, or is a day or a number."""

    name: str
    title: str
    hint: str = ""
    choices: tuple[str, ...] = ()
    kind: str = "text"
    optional: bool = False

    def words(self, value: Any) -> str:
        """The value as a reader sees it."""
        return "—" if value in (None, "") else str(value)


@dataclass(frozen=True, slots=True)
class Move:
    """A step from states to another: by whom, what it asks for, and whether somebody else than the doer of a move takes it."""

    code: str
    title: str
    before: tuple[str, ...]
    after: str
    by: frozenset[Role] = frozenset()
    """The roles that take it; empty for the person the matter is about."""
    asks: str = ""
    """What the words of the move are to say; without it none are asked."""
    fields: tuple[Field, ...] = ()
    not_by: tuple[str, ...] = ()
    """Moves whose doer does not take this one; ``open`` is the opening."""


@dataclass(frozen=True, slots=True)
class MatterKind:
    """A kind of matter."""

    code: str
    title: str
    clause: str
    says: str
    fields: tuple[Field, ...]
    first: str
    moves: tuple[Move, ...]
    opens: frozenset[Role] = frozenset()
    """The roles that open one; empty where a program or the person herself does."""
    readers: frozenset[Role] = READERS
    names_account: bool = False
    """Whether it is about one account, chosen when it is opened."""
    term: Callable[[Mapping[str, Any], date], date | None] = lambda content, opened: None
    """By when it is due, from its fields and the day it was opened."""

    @property
    def ends(self) -> frozenset[str]:
        """States from which nothing leads on."""
        before = {state for move in self.moves for state in move.before}
        return frozenset({self.first, *(move.after for move in self.moves)} - before)

    def move(self, code: str) -> Move | None:
        """The move of that code."""
        return next((each for each in self.moves if each.code == code), None)

    @property
    def handlers(self) -> frozenset[Role]:
        """Whoever opens or moves one."""
        return self.opens.union(*(move.by for move in self.moves))


def day_of(content: Mapping[str, Any], name: str) -> date | None:
    """A day a field holds."""
    return parse_date(str(content.get(name) or ""))
