"""Finding people of a register: by name, pinyin or initials, by practice number, by institution; paged by position.

Every way is B-tree equality or order, so row security costs nothing (see ``people.search``), and the last page costs
what the first does.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial, reduce
from operator import or_
from typing import Any

from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThan
from django.utils import timezone

from yizheng.people.models import Account
from yizheng.people.searching import search
from yizheng.people.searching.finding_staff import Staff
from yizheng.people.tables import Position
from yizheng.people.visible_facts import VisibleState

PAGE = 50


@dataclass(frozen=True, slots=True)
class StaffRegister:
    """What a search needs to know of a register of people.

    `kind` is the state that says where somebody practises: it has a column ``institution_id`` and her number, of so many
    digits, in the column `number`. `institutions` finds institutions by part of a name.
    """

    kind: type[VisibleState]
    founding: tuple[Any, ...]
    """The kinds of fact of which one makes somebody known in the register."""
    institutions: Callable[[Account, str], list[int]]
    digits: int
    number: str = "practice_number"
    in_status: Callable[[str, date], Q] = lambda status, on: Q(status=status)
    """Which versions have a status on a day."""

    def versions(self, status: str) -> Q:
        """The versions of today with the status; every version where none is asked for."""
        today = timezone.localdate()
        return Q(valid_from__lte=today, valid_to__gt=today) & self.in_status(status, today) if status else Q()

    def people(self, status: str = "") -> Q:
        """Which subjects are of this register, or stand so today: whoever has a standing version of a founding kind in sight.

        Each kind is looked up for the bearer at hand and no further than the first that is there; as EXISTS the planner
        would read whole tables beforehand.
        """
        founding = (self.kind,) if status else self.founding
        hers = Q(subject_id=OuterRef("subject_id")) & self.versions(status)
        versions = (Subquery(kind.objects.current().filter(hers).values("pk")[:1]) for kind in founding)
        return Q(GreaterThan(Coalesce(*versions, Value(0)), 0))


@dataclass(frozen=True, slots=True)
class Found:
    """People in order, each with what she stands in order by, and how they were found."""

    rows: list[tuple[str | int, int]]
    how: str
    """name, number or institution."""

    @property
    def subjects(self) -> list[int]:
        """The people alone."""
        return [subject for _, subject in self.rows]


def find(
    register: StaffRegister,
    account: Account,
    text: str,
    house: str,
    after: Position | None = None,
    size: int = PAGE,
    status: str = "",
) -> Found:
    """The people of a register the account may see that fit, from a position on; everybody when nothing was typed.

    `house` is part of an institution's name or the id of its subject. What is no name is tried as an institution. With a
    ``status`` only those who stand so today.
    """
    text, house = text.strip(), house.strip()
    if house:
        return Found(_at(register, account, house, text, after, size, status), "institution")
    if _is_number(register, text):
        return Found([] if after else _numbered(register, account, text, status), "number")
    if after is not None and isinstance(after[0], int):
        return Found(_at(register, account, text, "", after, size, status), "institution")
    found = _named(register.people(status), account, text, after, size)
    if not found and text and after is None:
        return Found(_at(register, account, text, "", None, size, status), "institution")
    return Found(found, "name")


def find_in_each(registers: Sequence[StaffRegister], account: Account, text: str, size: int) -> list[list[int]]:
    """The first people of each register whom `find` finds; names and institutions are looked up once for all."""
    text = text.strip()
    if any(_is_number(each, text) for each in registers):
        numbered = [_numbered(each, account, text) if _is_number(each, text) else [] for each in registers]
        return [[subject for _, subject in rows] for rows in numbered]
    everybody = reduce(or_, (each.people() for each in registers))
    if named := _named(everybody, account, text, None, size):
        return _by_register(registers, [subject for _, subject in named])
    houses = {ask: ask(account, text) for ask in {each.institutions for each in registers}}
    return [
        [subject for _, subject in Staff(each.kind, account, houses[each.institutions], "").first(size, None)]
        if houses[each.institutions]
        else []
        for each in registers
    ]


def _by_register(registers: Sequence[StaffRegister], subjects: list[int]) -> list[list[int]]:
    """Whom of these people each register knows, in their order; one query for all."""
    first, *more = (
        kind.objects.current().filter(subject_id__in=subjects).values_list(Value(place), "subject_id")
        for place, each in enumerate(registers)
        for kind in each.founding
    )
    known = set(first.union(*more))
    return [[subject for subject in subjects if (place, subject) in known] for place in range(len(registers))]


def _is_number(register: StaffRegister, text: str) -> bool:
    return len(text) == register.digits and text.isascii() and text.isdecimal()


def _numbered(register: StaffRegister, account: Account, number: str, status: str = "") -> list[tuple[str | int, int]]:
    numbered = Q(**{register.number: number}) & register.versions(status)
    held = register.kind.objects.visible_to(account).current().filter(numbered)
    return [(number, subject) for subject in sorted(set(held.values_list("subject_id", flat=True)[:PAGE]))]


def _named(among: Q, account: Account, text: str, after: Position | None, size: int) -> list[tuple[str | int, int]]:
    behind = search.Found(after[1], after[0]) if after else None
    asked = partial(search.find_people, text) if text else search.everybody
    return [(each.name, each.subject_id) for each in asked(account, size, behind, among)]


def _at(
    register: StaffRegister, account: Account, house: str, text: str, after: Position | None, size: int, status: str
) -> list[tuple[str | int, int]]:
    """People whose main institution it is, institution by institution; with a text only those of that name."""
    by_id = house.isascii() and house.isdecimal()
    houses = [int(house)] if by_id else register.institutions(account, house)
    behind = (after[0], after[1]) if after else None
    return list(Staff(register.kind, account, houses, text, register.versions(status)).first(size, behind))


class Search:
    """One search as a table turns it: rows that page themselves."""

    def __init__(self, register: StaffRegister, account: Account, text: str, house: str, status: str = "") -> None:
        self.asked, self.status = (register, account, text, house), status
        self.how = ""

    def after(self, position: Position | None, size: int) -> list[tuple[str | int, int]]:
        """The people after a position."""
        found = find(*self.asked, position, size, self.status)
        self.how = found.how
        return found.rows

    def position(self, row: tuple[str | int, int]) -> Position:
        """What the person stands in order by."""
        return row
