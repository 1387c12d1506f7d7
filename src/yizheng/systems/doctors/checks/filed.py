"""A filing that stands already: extending it, ending it (医师执业注册管理办法 第十条)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.statutes import registration_rules
from yizheng.licensing.findings import Finding, check, refuse
from yizheng.systems.doctors.checks.applicant import Employer

RULE = registration_rules(10)


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledDoctor:
    """A doctor, the institution named, and the filing she has there."""

    register_status: str
    employer: Employer | None = None
    filed: bool = False
    """Whether a filing at the institution holds on the day."""
    filed_until: date | None = None
    """The last day of the filing; nothing where it has none."""
    until: date | None = None
    """The last day asked for when extending, the last day of practice when ending."""


@check("F04", RULE, title="在该机构有备案", needs=("filing",))
def has_filing(doctor: FiledDoctor, on: date) -> Iterator[Finding]:
    """What is not filed, or has ended, is filed anew."""
    if doctor.employer is not None and not doctor.filed:
        yield refuse("filing.institution", f"在{doctor.employer.name}没有有效的多机构备案")


@check("F05", RULE, title="延期后的结束日期晚于现在的", needs=("filing",))
def ends_later(doctor: FiledDoctor, on: date) -> Iterator[Finding]:
    """An extension lengthens; a filing without an end has nothing to be lengthened."""
    if not doctor.filed:
        return
    if doctor.filed_until is None:
        yield refuse("filing.institution", "这份备案没有结束日期，不需要延期")
    elif doctor.until is not None and doctor.until <= doctor.filed_until:
        yield refuse(
            "filing.period_to", f"现在备案到{long_date(doctor.filed_until)}，延期的结束日期须晚于这一天"
        )


@check("F06", RULE, title="终止日期不早于今天", needs=("filing",))
def ends_not_before_today(doctor: FiledDoctor, on: date) -> Iterator[Finding]:
    """What was practised was practised: an end is entered for today or a day to come, within the filing."""
    if doctor.until is None or not doctor.filed:
        return
    if doctor.until < on:
        yield refuse("filing.ends_on", "终止日期不能早于今天")
    elif doctor.filed_until is not None and doctor.until > doctor.filed_until:
        yield refuse("filing.ends_on", f"备案到{long_date(doctor.filed_until)}自动终止，不需要提前取消")
