"""多机构备案: a registered doctor practises at a further institution too (医师法 第十五条; 医师执业注册管理办法 第十条).

A filing and no licence: it takes effect when the other institution confirms it, and the authority of that institution
checks it afterwards.

Filing at a further institution (多机构备案, 医师法 第十五条; 医师执业注册管理办法 第十条).

Consent of the main institution is no condition of the filing; what the parties agreed is theirs.

备案信息: the further institution, and when the doctor practises there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from yizheng.kernel.codes import name_of
from yizheng.kernel.statutes import physicians_law, registration_rules
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.catalogue import declare
from yizheng.licensing.fields import day
from yizheng.licensing.findings import Finding, check, refuse
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect, Initiator, Material, Shape, Stage
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.people.scopes import open_to, organisation_of
from yizheng.registry import FOREVER
from yizheng.registry.models import Fact
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.checks.applicant import ASSISTANT, Applicant
from yizheng.systems.doctors.checks.employer import licence_in_force
from yizheng.systems.doctors.checks.scope import scope_fits_subjects
from yizheng.systems.doctors.item import DoctorItem
from yizheng.systems.doctors.models import InstitutionFiling, Registration
from yizheng.systems.doctors.models.filing import line
from yizheng.systems.institutions.institution_field import InstitutionField
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.systems.practitioners.employer import employer_of


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingApplicant(Applicant):
    """A doctor who files: her registration as it stands, and whether she practises there already."""

    status: str = ""
    """The status of the registration in words; empty where there is none."""
    may_practise: bool = False
    place: str = ""
    practises_there: bool = False


@check("D-F01", physicians_law(15), registration_rules(10), title="在册并可以执业")
def in_practice(applicant: FilingApplicant, on: date) -> Iterator[Finding]:
    """Only a registration that allows practice can be extended to a further institution."""
    if not applicant.may_practise:
        state = f"现为“{applicant.status}”" if applicant.status else "没有执业注册"
        yield refuse("filing.institution", f"{state}，不能办理多机构备案")


@check("D-F02", registration_rules(7), registration_rules(10), title="备案机构在同一执业地点", needs=("filing",))
def at_the_same_place(applicant: FilingApplicant, on: date) -> Iterator[Finding]:
    """A physician files anywhere in the province, an assistant inside the registered district only."""
    employer = applicant.employer
    if applicant.level == ASSISTANT and employer is not None and employer.place != applicant.place:
        yield refuse("filing.institution", "执业助理医师只能在注册的区内备案，跨区须办理变更执业地点")


@check("D-F03", registration_rules(10), title="没有在该机构注册或者备案", needs=("filing",))
def not_there_yet(applicant: FilingApplicant, on: date) -> Iterator[Finding]:
    """Nobody files where she practises already."""
    if applicant.practises_there and applicant.employer is not None:
        yield refuse("filing.institution", f"您已在{applicant.employer.name}执业，不需要再备案")


class FilingStep(Step):
    """Where else, from when to when, how often."""

    code = "filing"
    title = "备案信息"
    rows = (("period_from", "period_to"),)

    institution = InstitutionField(label="备案机构", help_text="输入登记名称或登记号选择；提交后由机构确认")
    department = forms.CharField(label="科室", max_length=50, required=False)
    period_from = day("备案开始")
    period_to = day("备案结束", required=False, hint="不填为长期")
    schedule = forms.CharField(label="执业时间安排", max_length=200, required=False, help_text="例如：每周三下午")

    def clean(self) -> dict[str, Any]:
        """The end does not come before the beginning."""
        cleaned = super().clean() or self.cleaned_data
        begins, ends = cleaned.get("period_from"), cleaned.get("period_to")
        if begins and ends and ends < begins:
            self.add_error("period_to", "备案结束日期早于开始日期，请核对")
        return cleaned


AGREEMENT = Material("agreement", "聘用或合作协议", "与备案机构签订，写明执业时间")
ONE_DAY = timedelta(days=1)


@declare
class MultiInstitutionFiling(DoctorItem):
    """医师多机构备案."""

    code = "doctor_multi_institution_filing"
    title = "医师多机构备案"
    short_title = "多机构备案"
    group = "备案"
    articles = (physicians_law(15), registration_rules(10))
    shape = Shape.FILING
    steps = (FilingStep,)
    materials = (AGREEMENT,)
    checks = (in_practice, licence_in_force, at_the_same_place, not_there_yet, scope_fits_subjects)
    route = (Stage.CONFIRM, Stage.ACCEPT)
    institution_step = "filing"
    initiators = (Initiator.PERSON, Initiator.INSTITUTION)
    collective = True

    def may_apply(self, subject_id: int, on: date) -> str | None:
        """A registration in practice is needed."""
        main = self.held(subject_id, on).main
        if main is None or not main.may_practise:
            return "在册并可以执业的医师才能办理多机构备案"
        return None

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """Where the case goes."""
        return self.routing(subject_id, timezone.localdate())

    def may_initiate(self, subject_id: int, institution_scope: int, on: date) -> str | None:
        """The further institution may file; she does not practise there yet (医师执业注册管理办法 第十条)."""
        return self.may_apply(subject_id, on)

    def gather(self, answers: Answers, subject_id: int, on: date) -> FilingApplicant:
        """The registration as it stands and the institution chosen."""
        held = self.held(subject_id, on)
        main, chosen = held.main, self.chosen(answers, on)
        there = {each.institution_id for each in held.standing} | {each.institution_id for each in held.filings}
        return FilingApplicant(
            level="" if main is None else main.level,
            category="" if main is None else main.category,
            scopes=() if main is None else tuple(main.scopes),
            employer=None if chosen is None else employer_of(chosen),
            status="" if main is None else name_of("doctor_register_status", main.status),
            may_practise=main is not None and main.may_practise,
            place="" if main is None else main.place,
            practises_there=chosen is not None and chosen.subject_id in there,
        )

    def basis(self, case: Case, on: date) -> Iterable[Fact]:
        """The registration that is extended and the institution's licence."""
        main, licence = self.held(case.subject_id, on).main, self.chosen(load(case), on)
        return [fact for fact in (main, licence) if fact is not None]

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """Enter the filing; the institution and its authority may see the doctor from now on."""
        answers = load(case)
        typed = answers["filing"]
        main, licence = self.held(case.subject_id, on).main, self.chosen(answers, on)
        if licence is None or main is None:
            raise LookupError("备案机构的许可或者医师的注册已不存在")
        with acting_as_system("多机构备案登记"):
            _enter(case, typed, licence, main, change, on)
        return Effect(summary=f"已在{licence.name}备案")


def _enter(
    case: Case,
    typed: dict[str, Any],
    licence: InstitutionLicence,
    main: Registration,
    change: ChangeInProgress,
    on: date,
) -> None:
    begins = max(typed["period_from"], on)
    ends = typed["period_to"] + ONE_DAY if typed.get("period_to") else FOREVER
    values = {
        "institution": licence.subject_id,
        "level": main.level,
        "department": typed.get("department", ""),
        "schedule": typed.get("schedule", ""),
        "filed_on": on,
    }
    change.state(
        InstitutionFiling,
        case.subject_id,
        line(licence.subject_id),
        values,
        valid_from=begins,
        valid_to=ends,
        authority_scope=case.decided_by,
    )
    organisation = organisation_of(licence.subject_id)
    for scope in (case.decided_by, None if organisation is None else organisation.pk):
        if scope is not None:
            open_to(case.subject_id, scope, f"case:{case.pk}")
