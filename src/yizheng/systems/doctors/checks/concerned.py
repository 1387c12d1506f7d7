"""Who an item about an entry of the register concerns, and the one rule all of them share: it is handled where it is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from yizheng.kernel.statutes import physicians_law
from yizheng.licensing.findings import Finding, check, refuse
from yizheng.systems.doctors.checks.periods import Periods


@dataclass(frozen=True, slots=True, kw_only=True)
class Concerned:
    """A person in the register: the status that counts, and whether another authority keeps her entry by now."""

    register_status: str = "UNREG"
    moved: bool = False
    periods: Periods = field(default_factory=Periods)


@check("D-Z02", physicians_law(18), title="由保存注册的主管部门办理")
def kept_here(person: Concerned, on: date) -> Iterator[Finding]:
    """Who moved to another authority while the case was a draft begins anew there."""
    if person.moved:
        yield refuse("", "注册已转由另一主管部门保存，请放弃这份申请，重新申请")
