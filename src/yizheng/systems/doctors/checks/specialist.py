"""Rules for doctors by speciality in Chinese medicine (中医（专长）医师, 中医药法 第十五条; 医师法 第十四条)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from yizheng.kernel.statutes import tcm_law
from yizheng.licensing.findings import Finding, check, refuse
from yizheng.systems.doctors.checks.applicant import Applicant


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialistApplicant(Applicant):
    """Somebody assessed in certain methods and diseases, who asks to be registered for them."""

    assessed_scope: str = ""
    """The methods and diseases of the assessment, as the register has them."""
    scope_text: str = ""


@check("C01", tcm_law(15), title="经市中医药主管部门考核合格")
def assessed(applicant: SpecialistApplicant, on: date) -> Iterator[Finding]:
    """The qualification by assessment stands in the register, with what was assessed."""
    held = applicant.qualification
    if held is None or held.level != "4":
        yield refuse("", "资格数据中没有您的中医（专长）医师资格，考核合格后再申请注册")
    elif not applicant.assessed_scope:
        yield refuse("", "资格数据中没有考核的技术方法和病证，先到发证机关补充")


@check("C02", tcm_law(15), tcm_law(55), title="执业范围与考核内容一致", needs=("practice",))
def scope_as_assessed(applicant: SpecialistApplicant, on: date) -> Iterator[Finding]:
    """What is registered is what was assessed, word by word."""
    if applicant.scope_text and applicant.assessed_scope and applicant.scope_text != applicant.assessed_scope:
        yield refuse("practice.scope_text", "执业范围与考核的技术方法和病证不一致，只能按考核内容注册")
