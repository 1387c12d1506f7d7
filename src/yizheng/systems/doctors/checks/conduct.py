"""Putting conduct on record (行为记录): what it is called, and that it has a ground."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from yizheng.kernel.codes import table
from yizheng.kernel.statutes import assessment_rules
from yizheng.licensing.findings import Finding, check, refuse
from yizheng.systems.doctors.checks.concerned import Concerned


@dataclass(frozen=True, slots=True, kw_only=True)
class Conduct(Concerned):
    """A doctor and the record to be made."""

    kind: str = ""
    category: str = ""
    happened_on: date | None = None
    recorded_already: bool = False


@check("G01", assessment_rules(18), title="行为类型与种类一致", needs=("conduct",))
def named_rightly(record: Conduct, on: date) -> Iterator[Finding]:
    """A good act is not filed under a bad heading."""
    row = table("doctor_conduct_category").get(record.category)
    if row is not None and record.kind and row.attributes["kind"] != record.kind:
        yield refuse("conduct.category", f"“{row.name}”不属于所选的种类")


@check("G02", assessment_rules(18), title="日期真实，没有重复记录", needs=("conduct",))
def recorded_once(record: Conduct, on: date) -> Iterator[Finding]:
    """It has happened, and is not on record yet."""
    if record.happened_on is not None and record.happened_on > on:
        yield refuse("conduct.happened_on", "日期晚于今天，请核对")
    if record.recorded_already:
        yield refuse("conduct.content", "同一日期、同样内容的行为已有记录")
