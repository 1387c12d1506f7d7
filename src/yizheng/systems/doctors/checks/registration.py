"""Registrations that stand already (医师法 第十三条、第十五条; 医师执业注册管理办法 第七条、第十条)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from yizheng.kernel.statutes import physicians_law, registration_rules
from yizheng.licensing.findings import Finding, advise, check, refuse
from yizheng.systems.doctors.checks.applicant import ASSISTANT, Applicant


@check("N01", physicians_law(13), title="同一级别没有其他注册")
def not_registered_elsewhere(applicant: Applicant, on: date) -> Iterator[Finding]:
    """Nobody is registered for the first time twice at one level."""
    for standing in applicant.registrations:
        if applicant.level and standing.level == applicant.level:
            where = "，".join(part for part in (standing.place_name, standing.institution) if part)
            yield refuse("practice.institution", f"已有同一级别的注册（{where}），应办理变更注册")


@check(
    "N02",
    registration_rules(7),
    registration_rules(10),
    title="执业助理医师只有一个执业地点",
    needs=("practice",),
)
def assistant_has_one_place(applicant: Applicant, on: date) -> Iterator[Finding]:
    """An assistant practises in one district only, so no other registration of any level may stand."""
    if applicant.level != ASSISTANT or applicant.employer is None:
        return
    for standing in applicant.registrations:
        if standing.place != applicant.employer.place:
            yield refuse(
                "practice.institution", f"执业助理医师只能有一个执业地点，已在{standing.place_name}注册"
            )


@check("P01", physicians_law(13), title="登记簿中没有同名的人")
def namesake(applicant: Applicant, on: date) -> Iterator[Finding]:
    """Others of the same name in the register: somebody must look whether they are other people."""
    if applicant.namesakes:
        yield advise(
            "person.name", f"登记簿中另有 {applicant.namesakes} 名{applicant.name}，须核对不是同一人"
        )
