"""Deregistration begun by the authority (依职权注销, 医师法 第十七条; 医师执业注册管理办法 第十九条)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.statutes import physicians_law, registration_rules
from yizheng.licensing.findings import Finding, check, refuse
from yizheng.systems.doctors.checks.periods import Periods


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """The doctor an act is about: status of the registration, and since when."""

    registered: bool
    left_on: date | None = None
    """The day of the leave filing while it stands; nothing otherwise."""
    periods: Periods = field(default_factory=Periods)


@check("D00", physicians_law(17), title="有可以注销的注册")
def has_registration(party: Party, on: date) -> Iterator[Finding]:
    """Only what stands can be ended."""
    if not party.registered:
        yield refuse("", "当事人没有在册的注册，不需要注销")


@check("D12", registration_rules(19), title="离岗备案满二年未继续执业")
def left_for_two_years(party: Party, on: date) -> Iterator[Finding]:
    """The leave filing has stood for two full years without a new registration."""
    if not party.registered:
        return
    if party.left_on is None:
        yield refuse("", "当事人没有处于离岗备案状态，不能以此注销")
        return
    last = party.periods.last_day(party.left_on, party.periods.leave_years)
    if on <= last:
        yield refuse("", f"离岗备案到{long_date(last)}才满二年，此前不能注销")
