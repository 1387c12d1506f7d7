"""What a clock is: a query that finds on which day it fires for whom, whom it warns how long before, and what then follows.

What the texts let end by itself ends as a recorded change; everything else is put to a person, who decides.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from yizheng.kernel.statutes import Article
from yizheng.licensing.rules import RuleDeclaration
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.models import Deadline


class Firing(enum.StrEnum):
    """What happens on the day."""

    TELL = "tell"
    """提醒: people are told; the register stays as it is."""
    PROPOSE = "propose"
    """提出拟办: a person decides."""
    END = "end"
    """自动终止: what had a last day is entered as ended."""

    @property
    def word(self) -> str:
        """The word a page shows."""
        return {"tell": "提醒", "propose": "提出拟办", "end": "自动终止"}[self.value]


class Told(enum.Enum):
    """Who is warned."""

    PERSON = enum.auto()
    INSTITUTION = enum.auto()
    AUTHORITY = enum.auto()


@dataclass(frozen=True, slots=True)
class Act:
    """The act of the authority a proposal leads to: its item, and what its form begins with."""

    item: str
    answers: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


Ending = Callable[[Deadline, ChangeInProgress], str]
"""Writes what ended; answers with what it was, in words. Raises LookupError where nothing stands any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One clock.

    ``found_by`` is a query of the columns subject_id, line, fires_on, authority_scope, institution_id, cause and about, with
    ``{mine}`` standing for the subjects asked about (see ``computing``); ``fires_on`` is the first day on which what
    the clock guards is over.
    """

    code: str
    title: str
    article: Article
    firing: Firing
    lead: RuleDeclaration
    """Days of warning."""
    found_by: str
    sentence: str
    """What fires, in words a notice begins with; ``{house}`` and ``{about}`` are filled in."""
    tells: frozenset[Told]
    codes: str = ""
    """The code table in which ``about`` has its words."""
    performed: bool = False
    """Whether something must be done by the day: then a day off moves it to the next working day."""
    looks_back: int | None = 31
    """Days for which a firing missed while the machine stood is caught up; None: however long ago."""
    ends: Ending | None = None
    act: Act | None = None
    articles: Mapping[str, Article] = field(default_factory=dict)
    """By ``about`` the article, where those whom the clock is about stand under different rules."""

    @property
    def proposal(self) -> str:
        """The code under which its proposals stand."""
        return f"doctors.clock.{self.code}"

    def cited(self, about: str) -> Article:
        """The article a deadline about this rests on."""
        return self.articles.get(about, self.article)


_declared: dict[str, Clock] = {}


def declare(clock: Clock) -> Clock:
    """Enter a clock. Raises ValueError for a code declared before and for an end that says not how."""
    if clock.code in _declared:
        raise ValueError(f"clock {clock.code} is declared twice")
    if (clock.firing is Firing.END) != (clock.ends is not None):
        raise ValueError(f"clock {clock.code} ends by itself and says how, or does neither")
    _declared[clock.code] = clock
    return clock


def clocks() -> Iterator[Clock]:
    """All clocks in the order of their declaration."""
    yield from _declared.values()


def clock(code: str) -> Clock | None:
    """The clock of this code, if it is declared."""
    return _declared.get(code)


def proposing(consequence: str) -> Clock | None:
    """The clock whose proposals stand under this code, if there is one."""
    return next((each for each in _declared.values() if each.proposal == consequence), None)
