"""The scenarios of today (`data/scenarios.toml`): who applies for what, with which answers, and how far each case goes."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from yizheng.demo.data_files import tables
from yizheng.demo.institutions import Institution
from yizheng.demo.people import Person
from yizheng.licensing.states import CaseState

FILE = "scenarios.toml"
ALONG = ("confirming", "received", "reviewing", "deciding", "granted")
"""How far the cases of a scenario go that does not say so: one to every desk, one granted."""
_OF_PERSON = ("name", "sex", "level", "category", "issuer", "identity_number", "qualification_number", "subject")
_DAY = re.compile(r"@([a-z_]*)([+-]?\d+)?")


@dataclass(frozen=True, slots=True)
class Scenario:
    """One item begun for some people, one case for each state."""

    item: str
    who: str
    answers: Mapping[str, Mapping[str, Any]]
    where: str = "here"
    states: tuple[CaseState, ...] = ()
    qualified: tuple[str, str] | None = None
    """A further qualification the person needs: level and category."""
    evidence: str = ""
    """What an act of the authority is proposed on."""
    reason: str = "符合条件。"
    records: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """What its review records."""


def scenarios(group: str, file: str = FILE) -> list[Scenario]:
    """The scenarios of a group of a file, in order."""
    return [
        Scenario(**{**row, "states": tuple(map(CaseState, row.get("states", ALONG)))}) for row in tables(file)[group]
    ]


@dataclass(frozen=True, slots=True)
class Known:
    """What answers are filled in with: words by name, and days they count from."""

    today: date
    words: Mapping[str, Any]
    days: Mapping[str, date] = field(default_factory=dict)

    def fill(self, said: Any) -> Any:
        """The answers with every name and day in its place."""
        if isinstance(said, Mapping):
            return {name: self.fill(each) for name, each in said.items()}
        if isinstance(said, list):
            return [self.fill(each) for each in said]
        if not isinstance(said, str):
            return said
        if said.startswith("#"):
            return self.words[said[1:]]
        if match := _DAY.fullmatch(said):
            day = self.days[match[1]] if match[1] else self.today
            return (day + timedelta(days=int(match[2] or 0))).isoformat()
        return said.format_map(self.words)


def of_person(person: Person, institution: Institution, today: date) -> Known:
    """What is known of somebody who applies at an institution."""
    now = person.career.now
    offered = institution.scopes("clinical")
    words = {name: getattr(person, name) for name in _OF_PERSON} | {
        "institution": institution.name,
        "scope": now.scopes[0] if now.scopes else "11",
        "institution_scope": offered[0] if offered else "11",
        "other_scope": next((code for code in offered if code not in now.scopes), "21"),
        "serial": f"{person.subject % 1_000_000:06d}",
        "proof": person.subject % 90 + 10,
        "year": today.year,
    }
    return Known(today, words, {"qualified_on": person.qualified_on, "stopped_on": now.since})


def _practising(person: Person, level: str = "1") -> bool:
    """Nothing stands against her: in clinical practice at this level, in one scope, without filings or sanctions."""
    career = person.career
    fits = (person.level, person.category, career.now.status) == (level, "clinical", "REG")
    return fits and len(career.now.scopes) == 1 and not career.filings and not career.sanctions


def _of_the_city(person: Person) -> bool:
    here = person.career.now.institution
    return _practising(person) and here is not None and here.authority == "110000"


def _clinical(person: Person) -> bool:
    return (person.level, person.category) == ("1", "clinical") and not person.career.sanctions


SUITS: Mapping[str, Callable[[Person], bool]] = {
    "physician": _practising,
    "assistant": lambda person: _practising(person, "2"),
    "physician of the city": _of_the_city,
    "deregistered": lambda person: _clinical(person) and person.career.now.reason in {"D07", "D11", "D12"},
    "unregistered": lambda person: _clinical(person) and not person.career.segments,
}
"""Whom a scenario of changes suits."""


def chosen(people: list[Person]) -> Iterator[tuple[Scenario, CaseState, Person]]:
    """Who takes part in which change, nobody in two; from the last invented on, for the first have other cases."""
    taken: set[int] = set()
    for scenario in scenarios("changes"):
        suits = SUITS[scenario.who]
        free = (each for each in reversed(people) if each.subject not in taken and suits(each))
        for state, person in zip(scenario.states, free, strict=False):
            taken.add(person.subject)
            yield scenario, state, person
