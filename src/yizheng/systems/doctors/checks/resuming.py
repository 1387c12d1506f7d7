"""Taking up practice again after a suspension (恢复执业, 医师法 第四十二条、第五十五条至第五十七条)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.statutes import penalty_law, physicians_law
from yizheng.licensing.findings import Finding, check, refuse
from yizheng.systems.doctors.checks.concerned import Concerned

LIFTED = "lifted"
"""The order was taken back, or an appeal annulled it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspended(Concerned):
    """A doctor whose practice is suspended, and why it may go on."""

    ground: str = ""
    ordered_until: date | None = None
    """The last day of the suspension as the order names it."""
    reassessed_on: date | None = None
    """The day a re-assessment after the order was passed."""
    lifting_document: str = ""


@check("E01", physicians_law(57), title="暂停执业期满", needs=("resuming",))
def period_is_over(doctor: Suspended, on: date) -> Iterator[Finding]:
    """Before its last day has gone, a suspension ends only because the order was taken back."""
    if doctor.ground == LIFTED or doctor.ordered_until is None:
        return
    if on <= doctor.ordered_until:
        yield refuse("resuming.ground", f"暂停执业到{long_date(doctor.ordered_until)}止，期满后才能恢复执业")


@check("E02", physicians_law(42), title="因考核暂停的，再次考核合格", needs=("resuming",))
def assessed_again(doctor: Suspended, on: date) -> Iterator[Finding]:
    """Whoever was stopped for failing the assessment goes on only after passing it."""
    if doctor.register_status == "SUSP_ASSESS" and doctor.ground != LIFTED and doctor.reassessed_on is None:
        yield refuse("resuming.ground", "暂停执业期满须再次考核，没有再次考核合格的记录，不能恢复执业")


@check("E03", penalty_law(73), title="提前恢复有撤销或者变更决定的文书", needs=("resuming",))
def lifted_by_a_decision(doctor: Suspended, on: date) -> Iterator[Finding]:
    """An early end rests on the decision that took the order back."""
    if doctor.ground == LIFTED and not doctor.lifting_document:
        yield refuse("resuming.document_number", "请填写撤销、变更原决定的文书号")
