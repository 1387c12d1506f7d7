"""What being registered asks in every register: who applies, what is on record against her, the way of the application.

A bar ends with years counted from a decision; its last day is still inside. Grounds that keep somebody out of every register do so
whichever register recorded them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any, ClassVar, NamedTuple

from yizheng.kernel.calendar.periods import bar_lifted_on
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.codes import name_of
from yizheng.kernel.remembering import Memory
from yizheng.kernel.statutes import Article
from yizheng.licensing.answers import Answers
from yizheng.licensing.asking.weighing import answered
from yizheng.licensing.findings import Finding, refuse
from yizheng.licensing.item import Initiator, Stage
from yizheng.registry.registers import Register
from yizheng.systems.practitioners.bars import kept_out_everywhere, latest_false_application
from yizheng.systems.practitioners.conduct.penalty import last_decided
from yizheng.systems.practitioners.conduct.suspension import last_ordered
from yizheng.systems.practitioners.employer import Employer
from yizheng.systems.practitioners.item import PractitionerItem
from yizheng.systems.practitioners.permitted import UNREGISTERED
from yizheng.systems.practitioners.registered import registered_elsewhere


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


RECORDED: Memory[tuple[str, int, date], dict[str, Any]] = Memory("yizheng_practitioners_recorded", itemgetter(1))
"""For work that asks of one person again and again."""


def recorded_against(register: Register, subject_id: int, on: date) -> dict[str, Any]:
    """What is on record against her in a register, by fields of `Applying`; call it as the system.

    A revocation counts from its decision also where no registration stood any more that could say so.
    """
    return RECORDED.ask((register.code, subject_id, on), lambda: _recorded(register.code, subject_id, on))


def _recorded(of: str, subject_id: int, on: date) -> dict[str, Any]:
    return {
        "revoked_on": last_decided(subject_id, of, "revocation", "revocation_ban"),
        "deceit_on": last_decided(subject_id, of, "annulment"),
        "concealed_on": latest_false_application(subject_id, of),
        "ordered_until": last_ordered(subject_id, of, on),
        "kept_out": tuple(kept_out_everywhere(subject_id, on)),
    }


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


class RegisteringItem(PractitionerItem):
    """An item by which somebody is entered in a register; the institution that employs her confirms."""

    initiators: ClassVar[tuple[Initiator, ...]] = (Initiator.PERSON, Initiator.INSTITUTION)
    route = (Stage.CONFIRM, Stage.ACCEPT, Stage.REVIEW, Stage.DECIDE)
    newcomers = True
    memories = (RECORDED,)

    def known(self, answers: Answers, subject_id: int, on: date) -> dict[str, Any]:
        """When she applied, where she will work, and what the registers say of her."""
        return {
            "applied_on": answers.filed_on,
            "employer": self.weighed_employer(answers, on),
            "elsewhere": registered_elsewhere(self.of, subject_id, on),
            **recorded_against(self.of, subject_id, on),
        }
