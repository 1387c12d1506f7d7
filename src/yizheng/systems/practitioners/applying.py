"""What being registered asks in every register: who applies, and the bars that keep somebody out for years; pure.

A bar ends with years counted from a decision; its last day is still inside. Grounds that keep somebody out of every register do so
whichever register recorded them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from yizheng.kernel.calendar.periods import bar_lifted_on
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.codes import name_of
from yizheng.kernel.statutes import Article
from yizheng.licensing.asking.weighing import answered
from yizheng.licensing.findings import Finding, refuse
from yizheng.systems.practitioners.employer import Employer
from yizheng.systems.practitioners.permitted import UNREGISTERED


@dataclass(frozen=True, slots=True, kw_only=True)
class Applying:
    """Somebody who applies to be registered; nothing where the cell was left empty."""

    applied_on: date | None = None
    """The day the application was handed in; the day asked about while it was not."""
    birth_date: date | None = answered("person", "birth_date")
    fit: bool | None = answered("declaration", "health")
    truthful: bool | None = answered("declaration", "truth")
    employer: Employer | None = None
    register_status: str = UNREGISTERED
    elsewhere: str = ""
    """What she is registered as in other registers."""
    revoked_on: date | None = None
    deceit_on: date | None = None
    """The day a registration won by deceit was annulled."""
    concealed_on: date | None = None
    """The day from which a false application counts."""
    ordered_until: date | None = None
    """The last day of the order to stop that runs."""
    kept_out: tuple[str, ...] = ()
    """The grounds that keep her out of every register."""


def latest(*days: date | None) -> date | None:
    """The last of the days that are known."""
    return max(filter(None, days), default=None)


class Bar(NamedTuple):
    """So many years from a day on nobody is registered again; nothing where the day never came."""

    since: date | None
    years: int
    words: str
    article: Article

    def opens(self) -> date:
        """The first day on which one may apply again."""
        assert self.since is not None
        return bar_lifted_on(self.since, self.years)


def known_bars(on: date, *bars: Bar) -> list[Bar]:
    """Those whose day has come by ``on``, run out or not."""
    return [each for each in bars if each.since is not None and each.since <= on]


def against(
    bars: Iterable[Bar], kept_out: Iterable[str], because: Mapping[str, tuple[Article, ...]], on: date
) -> Iterator[Finding]:
    """What the grounds that keep her out and the bars that run say on the day, each under its articles."""
    for ground in kept_out:
        yield refuse("", f"{name_of('doctor_refusal_reason', ground)}，不予注册", articles=because[ground])
    for bar in bars:
        if on < bar.opens():
            yield refuse("", f"{bar.words}，{long_date(bar.opens())}起才能再申请", articles=(bar.article,))
