"""Where the page of a person in a register is: an upper system says so, a lower one links there without knowing it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from django.urls import NoReverseMatch, reverse

from yizheng.people.models import Account

NamesOf = Callable[[Account, Iterable[int]], Mapping[int, tuple[str, str]]]
"""The names of people as written, with a hint that tells namesakes apart, of those the account may see."""

_person: list[str] = []
_staff: list[str] = []
_names: list[NamesOf] = []


def declare(person: str, staff: str, names: NamesOf) -> None:
    """Say the name of the page of a person (given the subject), of the list of an institution's staff (``?house=``), and who people are."""
    _person[:], _staff[:], _names[:] = [person], [staff], [names]


def names_of(account: Account, subjects: Iterable[int]) -> Mapping[int, tuple[str, str]]:
    """Name and hint of people by subject; what no system knows is left out."""
    return _names[0](account, subjects) if _names else {}


def person_address(subject_id: int) -> str:
    """The address of a person's page; empty while no system has one."""
    return _reverse(_person, subject_id)


def staff_address(subject_id: int) -> str:
    """The address of the list of an institution's staff; empty while no system has one."""
    address = _reverse(_staff)
    return f"{address}?house={subject_id}" if address else ""


def _reverse(names: list[str], *arguments: int) -> str:
    try:
        return reverse(names[0], args=arguments) if names else ""
    except NoReverseMatch:
        return ""
