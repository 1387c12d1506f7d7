"""What a system adds to a person's own records: how she stands beside a registration, and what she may object to."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from yizheng.disclosure.standings import Words
from yizheng.people.models import Account
from yizheng.registry.models import Fact
from yizheng.registry.registers import Register

Standing = Callable[[Iterable[Fact], date], Words | None]
"""How the facts of a day say that she stands, where no registration says it; nothing where they do not."""


@dataclass(frozen=True, slots=True)
class Objection:
    """Something on record that she may say is wrong, with words of her own."""

    code: str
    title: str
    explains: str
    sent: str
    """What she is told once the authority has it."""
    open_to: Callable[[int, date], Any | None]
    """What the person of this subject may object to on a day; nothing where there is nothing."""
    put: Callable[[Any, Account, str], object]
    """Put her words to the authority."""


@dataclass(frozen=True, slots=True)
class OwnLink:
    """Something that is hers beside her own registrations, such as an institution she founded."""

    title: str
    says: str
    url: str


OwnLinks = Callable[[int, date], list[OwnLink]]
_own_links: list[OwnLinks] = []


def declare_own_links(links: OwnLinks) -> None:
    """Say what else is a person's."""
    _own_links.append(links)


def own_links(subject_id: int, on: date) -> list[OwnLink]:
    """What else is hers on a day."""
    return [each for links in _own_links for each in links(subject_id, on)]


_standings: dict[str, Standing] = {}
_objections: dict[str, Objection] = {}


def declare_standing(register: Register, standing: Standing) -> None:
    """Say how people without a registration may stand in a register."""
    _standings[register.code] = standing


def standing_beside(register: Register, facts: Iterable[Fact], on: date) -> Words | None:
    """How she stands in the register without a registration; nothing where she does not."""
    declared = _standings.get(register.code)
    return declared(facts, on) if declared else None


def declare_objection(objection: Objection) -> None:
    """Offer an objection to those it is open to."""
    _objections[objection.code] = objection


def objections_open_to(subject_id: int, on: date) -> dict[str, tuple[Objection, Any]]:
    """What the person may object to on a day, by the code of the objection, each with what it is about."""
    found = ((each, each.open_to(subject_id, on)) for each in _objections.values())
    return {each.code: (each, about) for each, about in found if about is not None}
