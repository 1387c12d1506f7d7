"""Finding people of a register: by name, pinyin or initials, by practice number, by institution; paged by position.

Every way is B-tree equality or order, so row security costs nothing (see ``people.search``), and the last page costs
what the first does.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from yizheng.people import search
from yizheng.people.finding_staff import Staff
from yizheng.people.models import Account
from yizheng.people.visible_facts import VisibleState

PAGE = 50


@dataclass(frozen=True, slots=True)
class StaffRegister:
    """What a search needs to know of a register of people.

    `kind` is the state that says where somebody practises: it has a column ``institution_id`` and her number, of so many
    digits, in the column `number`. `institutions` finds institutions by part of a name.
    """

    kind: type[VisibleState]
    institutions: Callable[[Account, str], list[int]]
    digits: int
    number: str = "practice_number"


@dataclass(frozen=True, slots=True)
class Found:
    """One page of subjects in order, where the next begins, and how they were found."""

    subjects: list[int]
    after: str
    how: str
    """name, number or institution."""


def find(register: StaffRegister, account: Account, text: str, house: str, after: str) -> Found:
    """The people of a register the account may see that fit; everybody when nothing was typed.

    `house` is part of an institution's name or the id of its subject. What is no name is tried as an institution.
    """
    text, house = text.strip(), house.strip()
    if house:
        return _at(register, account, house, text, after)
    if len(text) == register.digits and text.isascii() and text.isdecimal():
        held = register.kind.objects.visible_to(account).current().filter(**{register.number: text})
        return Found(sorted(set(held.values_list("subject_id", flat=True)[:PAGE])), "", "number")
    found = _named(account, text, after)
    if not found.subjects and text and not after:
        return _at(register, account, text, "", after)
    return found


def _named(account: Account, text: str, after: str) -> Found:
    position = _position(after, str)
    behind = search.Found(position[1], str(position[0])) if position else None
    asked = partial(search.find_people, text) if text else search.everybody
    found = asked(account, PAGE + 1, behind)
    shown = found[:PAGE]
    more = _write(shown[-1].name, shown[-1].subject_id) if len(found) > PAGE else ""
    return Found([each.subject_id for each in shown], more, "name")


def _at(register: StaffRegister, account: Account, house: str, text: str, after: str) -> Found:
    """People whose main institution it is, institution by institution; with a text only those of that name."""
    by_id = house.isascii() and house.isdecimal()
    houses = [int(house)] if by_id else register.institutions(account, house)
    position = _position(after, int)
    behind = (int(position[0]), position[1]) if position else None
    rows = Staff(register.kind, account, houses, text).first(PAGE + 1, behind)
    more = _write(*rows[PAGE - 1]) if len(rows) > PAGE else ""
    return Found([subject for _, subject in rows[:PAGE]], more, "institution")


def _write(first: str | int, subject: int) -> str:
    return base64.urlsafe_b64encode(json.dumps([first, subject]).encode()).decode()


def _position(text: str, kind: type[str] | type[int]) -> tuple[str | int, int] | None:
    """What an address names; one that was tampered with begins at the top."""
    try:
        first, subject = json.loads(base64.urlsafe_b64decode(text.encode()))
    except (ValueError, TypeError):
        return None
    return (first, subject) if isinstance(first, kind) and isinstance(subject, int) else None
