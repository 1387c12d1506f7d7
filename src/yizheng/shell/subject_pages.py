"""Where the pages of a register are: an upper system says so for its own, a lower one links there without knowing it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from yizheng.people.models import Account
from yizheng.registry.registers import Register

NamesOf = Callable[[Account, Iterable[int]], Mapping[int, tuple[str, str]]]
"""The names of people as written, with a hint that tells namesakes apart, of those the account may see."""


@dataclass(frozen=True, slots=True)
class SubjectPages:
    """The pages of a register of people: the names of a person's page and of the list of an institution's staff."""

    register: Register
    person: str
    """The page of one person, given the subject."""
    staff: str
    """The staff of an institution, given as ``?house=``."""
    names: NamesOf


@dataclass(frozen=True, slots=True)
class StaffPage:
    """The list of an institution's staff in one register."""

    title: str
    address: str


_pages: dict[str, SubjectPages] = {}


def declare(pages: SubjectPages) -> None:
    """Say where the pages of a register of people are, and who its people are."""
    _pages[pages.register.code] = pages


def names_of(account: Account, subjects: Iterable[int]) -> Mapping[int, tuple[str, str]]:
    """Name and hint of people by subject, from whatever register knows them; what none knows is left out."""
    wanted = list(subjects)
    found: dict[int, tuple[str, str]] = {}
    for pages in _pages.values():
        found = {**pages.names(account, wanted), **found}
    return found


def person_address(register: str, subject_id: int) -> str:
    """The address of a person's page in a register; empty while it has none."""
    return _reverse(_pages[register].person, subject_id) if register in _pages else ""


def staff_pages(subject_id: int) -> list[StaffPage]:
    """The lists of an institution's staff, one a register of people."""
    return [
        StaffPage(each.register.title, f"{address}?house={subject_id}")
        for each in _pages.values()
        if (address := _reverse(each.staff))
    ]


def _reverse(name: str, *arguments: int) -> str:
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""
