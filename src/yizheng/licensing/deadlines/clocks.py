"""What a clock is: from which fact it is computed, on which day it fires, whom it warns how long before, and what follows.

What the law lets end by itself ends as a recorded change; everything else is put to a person, who decides.
"""

import enum
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import TextChoices

from yizheng.kernel.statutes import Article
from yizheng.licensing.models import Deadline
from yizheng.licensing.ports.consequences import ProposedAct, leads_to_act
from yizheng.licensing.rules import declare_rule
from yizheng.registry.models import Fact
from yizheng.registry.registers import Register
from yizheng.registry.verbs import ChangeInProgress

LONGEST_WARNING = 365
MISSED = timedelta(days=31)
"""For so long a firing that was missed while the machine stood is caught up."""


class Firing(TextChoices):
    """What happens on the day: people are told, a person decides, or what had a last day is recorded as ended."""

    TELL = "tell", "提醒"
    PROPOSE = "propose", "提出拟办"
    END = "end", "自动终止"


class Recipient(enum.Enum):
    """Who is warned."""

    PERSON = enum.auto()
    INSTITUTION = enum.auto()
    AUTHORITY = enum.auto()


ALL = frozenset(Recipient)
Ending = Callable[[Deadline, ChangeInProgress], str]
"""Records what ended; answers with what it was, in words. Raises LookupError where nothing stands any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterClocks:
    """What the clocks of one register share."""

    register: Register
    parameters: Callable[[date], Mapping[str, Any]]
    """The dated numbers their queries name, as they stand on a day."""
    after_end: Callable[[Iterable[int]], object] = lambda subjects: None
    """Called inside the change that ends something, with the subjects: what is made from their facts is made anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One clock. Its SQL expressions name the fact ``fact`` and the tables of ``joins``; ``%(today)s`` is the day of reckoning."""

    of: RegisterClocks
    code: str
    """Unique in the platform."""
    title: str
    article: Article
    warn_days: int
    """Days of warning, until an administrator sets another number."""
    again: tuple[int, ...] = field(default=(), kw_only=True)
    """Days before the day at which people are warned once more."""
    sentence: str
    """What fires, in the words a notice begins with; ``{institution}`` and ``{about}`` are filled in."""
    fact: type[Fact]
    """The kind of fact whose lines have the deadline."""
    fires_on: str
    """The first day on which what the clock guards is over."""
    joins: str = ""
    where: str = "true"
    holds_today: bool = True
    """Whether only facts that hold today are looked at; else all that the register has not closed."""
    institution: str = "fact.institution_id"
    cause: str = "fact.opened"
    about: str = "''"
    codes: str = ""
    """The code table in which ``about`` has its words."""
    recipients: frozenset[Recipient] = ALL
    on_the_day: bool = False
    """Whether people are told the day itself: what begins on it or is due on it. Else the last day before it is over."""
    performed: bool = False
    """Whether something must be done by the day: then a day off moves it to the next working day."""
    ends: Ending | None = None
    """Records that something ended by itself."""
    ended: Callable[[Deadline], str] | None = None
    """Says what ended, where the fact carries its own end and nothing is left to write."""
    act: ProposedAct | None = None
    """What is put to a person."""
    articles: Mapping[str, Article] = field(default_factory=dict)
    """By ``about`` the article, where those whom the clock is about stand under different rules."""

    @property
    def firing(self) -> Firing:
        """What happens on the day."""
        return Firing.END if self.ends or self.ended else Firing.PROPOSE if self.act else Firing.TELL

    def told_day(self, fires_on: date) -> date:
        """The day people are told: the last on which what the clock guards still holds, or the day itself."""
        return fires_on if self.on_the_day or self.performed else fires_on - timedelta(days=1)

    def looks_back_to(self, on: date) -> date:
        """Since when a missed firing is caught up: what must be recorded or decided, however long ago."""
        return date.min if self.ends or self.act else on - MISSED

    @property
    def proposal(self) -> str:
        """The code under which its proposals stand."""
        return f"{self.of.register.code}.clock.{self.code}"

    @property
    def warning_rule(self) -> str:
        """The code of the rule that says how many days before people are warned."""
        return f"{self.of.register.code}.clock_warn_{self.code}"

    def cited(self, about: str) -> Article:
        """The article a deadline about this rests on."""
        return self.articles.get(about, self.article)


_declared: dict[str, Clock] = {}


def declare(*clocks: Clock) -> None:
    """Add clocks, with the rules of their warnings. Raises ValueError for a code declared before."""
    for each in clocks:
        if each.code in _declared:
            raise ValueError(f"clock {each.code} is declared twice")
        _declared[each.code] = each
        declare_rule(
            each.warning_rule, f"{each.title}：提前多久提醒", each.warn_days, "日", each.article, limits=(0, LONGEST_WARNING)
        )  # fmt: skip
        if each.act is not None:
            leads_to_act(each.proposal, each.act)


def clocks(register: Register | None = None) -> Iterator[Clock]:
    """All clocks, or those of a register, in the order of their declaration."""
    return (each for each in _declared.values() if register is None or each.of.register == register)


def clock(code: str) -> Clock | None:
    """The clock of this code, if it is declared."""
    return _declared.get(code)
