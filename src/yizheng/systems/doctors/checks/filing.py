"""Filing at a further institution (多机构备案, 医师法 第十五条; 医师执业注册管理办法 第十条).

Consent of the main institution is no condition of the filing; what the parties agreed is theirs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from yizheng.kernel.statutes import physicians_law, registration_rules
from yizheng.licensing.findings import Finding, check, refuse
from yizheng.systems.doctors.checks.applicant import ASSISTANT, Applicant


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingApplicant(Applicant):
    """A doctor who files: her registration as it stands, and whether she practises there already."""

    status: str = ""
    """The status of the registration in words; empty where there is none."""
    may_practise: bool = False
    place: str = ""
    practises_there: bool = False


@check("F01", physicians_law(15), registration_rules(10), title="在册并可以执业")
def in_practice(applicant: FilingApplicant, on: date) -> Iterator[Finding]:
    """Only a registration that allows practice can be extended to a further institution."""
    if not applicant.may_practise:
        state = f"现为“{applicant.status}”" if applicant.status else "没有执业注册"
        yield refuse("filing.institution", f"{state}，不能办理多机构备案")


@check(
    "F02", registration_rules(7), registration_rules(10), title="备案机构在同一执业地点", needs=("filing",)
)
def at_the_same_place(applicant: FilingApplicant, on: date) -> Iterator[Finding]:
    """A physician files anywhere in the province, an assistant inside the registered district only."""
    employer = applicant.employer
    if applicant.level == ASSISTANT and employer is not None and employer.place != applicant.place:
        yield refuse("filing.institution", "执业助理医师只能在注册的区内备案，跨区须办理变更执业地点")


@check("F03", registration_rules(10), title="没有在该机构注册或者备案", needs=("filing",))
def not_there_yet(applicant: FilingApplicant, on: date) -> Iterator[Finding]:
    """Nobody files where she practises already."""
    if applicant.practises_there and applicant.employer is not None:
        yield refuse("filing.institution", f"您已在{applicant.employer.name}执业，不需要再备案")
