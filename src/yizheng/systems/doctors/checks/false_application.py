"""Recording that an application was false (行政许可法 第七十八条): it stands on a refusal, once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from yizheng.kernel.statutes import licensing_law
from yizheng.licensing.findings import Finding, check, refuse
from yizheng.systems.doctors.checks.concerned import Concerned


@dataclass(frozen=True, slots=True, kw_only=True)
class FalseApplication(Concerned):
    """A person and the application that was refused."""

    case_number: str = ""
    refused_on: date | None = None
    recorded_already: bool = False


@check(
    "G03", licensing_law(78), title="申请已被不予受理或者不予许可，没有重复记录", needs=("false_application",)
)
def of_a_refused_case(record: FalseApplication, on: date) -> Iterator[Finding]:
    """The bar counts from a refusal of this person's own application, and is entered once."""
    if record.case_number and record.refused_on is None:
        yield refuse(
            "false_application.case_number", "此人没有这一办件，或者办件没有作出不予受理、不予许可的决定"
        )
    if record.recorded_already:
        yield refuse("false_application.case_number", "这一办件已经记录过")
