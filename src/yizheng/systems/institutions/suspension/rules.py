"""What is weighed when an institution stops for a time or begins again; pure.

Who stops for more than a year without rebuilding, expanding or moving is closed (条例 第二十条第二款, 细则 第三十四条).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from yizheng.kernel.calendar.periods import add_months, full_months
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.statutes import institution_regulation, institution_rules
from yizheng.licensing.asking.weighing import answered
from yizheng.licensing.findings import Finding, advise, check, refuse
from yizheng.systems.institutions.routes.routes import Planned


def months_of(first: date, last: date) -> float:
    """Whole months from a first day to a last; half a month more where days are left over."""
    full = full_months(first, last)
    return full if add_months(first, full) == last + timedelta(days=1) else full + 0.5


def counts_as_closing(kind: str, reason: str, first: date, last: date) -> bool:
    """Whether so long a suspension for this reason is no suspension any more."""
    return Planned(kind, "suspend", months=months_of(first, last), reason=reason).counts_as_closing


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspended:
    """An institution that means to stop, or that stands still."""

    regime: str = "licensed"
    beds: int = 0
    reason: str = answered("suspend", "ground", "")
    from_on: date | None = answered("suspend", "from_on")
    to_on: date | None = answered("suspend", "to_on")
    arrangement: str = answered("suspend", "arrangement", "")
    begun_on: date | None = None
    """Since when it stands still already."""
    begun_for: str = ""
    ends_on: date | None = None
    ready: bool | None = answered("resume", "ready")
    resumed_on: date | None = answered("resume", "resumed_on")
    overdue: bool = False
    """Whether its verification is overdue."""

    @property
    def first(self) -> date | None:
        """The first day of the suspension, with the one that runs."""
        return self.begun_on or self.from_on


@check("I-S-DAYS", institution_rules(34), title="停业的起止日期", needs=("suspend",))
def days_are_in_order(suspended: Suspended, on: date) -> Iterator[Finding]:
    """Approval or filing comes before the first day; a suspension that runs is prolonged from its last day on."""
    first, last = suspended.from_on, suspended.to_on
    if suspended.begun_on is None and first is not None and first < on:
        yield refuse("suspend.from_on", "停业须事先办理，停业起始日不能早于今天")
    if suspended.ends_on is not None and last is not None and last <= suspended.ends_on:
        yield refuse("suspend.to_on", f"现在批准的停业至{long_date(suspended.ends_on)}，延长的须晚于这一天")


@check("I-S-YEAR", institution_regulation(20, 2), institution_rules(34), title="停业不超过一年", needs=("suspend",))
def not_longer_than_a_year(suspended: Suspended, on: date) -> Iterator[Finding]:
    """A year in all, unless it rebuilds, expands or moves."""
    first, last = suspended.first, suspended.to_on
    if first and last and counts_as_closing(suspended.regime, suspended.reason, first, last):
        yield refuse("suspend.to_on", "非因改建、扩建、迁建停业超过一年的，视为歇业，须办理注销登记")


@check("I-S-PATIENTS", institution_rules(34), title="已安置病人", needs=("suspend",))
def patients_are_provided_for(suspended: Suspended, on: date) -> Iterator[Finding]:
    """With beds it says what becomes of its patients."""
    if suspended.beds and not suspended.arrangement:
        yield refuse("suspend.arrangement", "设有床位的，请写明在院病人的安置和病历、处方的保管")


@check("I-S-READY", institution_rules(34), title="重新具备执业条件", needs=("resume",))
def ready_again(suspended: Suspended, on: date) -> Iterator[Finding]:
    """Conditions are met again, and it did not stand still for too long."""
    if suspended.ready is False:
        yield refuse("resume.ready", "尚未重新具备执业条件的，不能恢复执业")
    begun = suspended.begun_on
    if begun and counts_as_closing(suspended.regime, suspended.begun_for, begun, suspended.resumed_on or on):
        yield refuse(
            "", "非因改建、扩建、迁建停业已超过一年，视为歇业，不能恢复执业", articles=(institution_regulation(20, 2),)
        )


@check("I-S-DUE", institution_regulation(21), title="校验没有逾期", needs=("resume",))
def verified_meanwhile(suspended: Suspended, on: date) -> Iterator[Finding]:
    """The clock of verification ran on."""
    if suspended.overdue:
        yield advise("", "停业期间校验期已经届满，恢复执业前应当办理校验")


SUSPENDING = (days_are_in_order, not_longer_than_a_year, patients_are_provided_for)
RESUMING = (ready_again, verified_meanwhile)
