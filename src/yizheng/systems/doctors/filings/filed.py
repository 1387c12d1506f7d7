"""取消多机构备案: the doctor or the institution ends a filing (医师执业注册管理办法 第十条); nobody's consent is needed.

A filing that stands already: extending it, ending it (医师执业注册管理办法 第十条).

延期和取消: which filing, and until when.

What the items about a filing that stands have in common: the filing at the institution named, as it holds on the day.

多机构备案延期: a filing that ends goes on (医师执业注册管理办法 第十条); a filing, effective when the institution confirms.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.statutes import physicians_law, registration_rules
from yizheng.licensing import notices
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.catalogue import declare
from yizheng.licensing.fields import day
from yizheng.licensing.findings import Finding, check, refuse
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Candidate, Effect, Initiator, Material, Shape, Stage
from yizheng.licensing.models import Case
from yizheng.people.models import Scope
from yizheng.people.scope import acting_as_system
from yizheng.registry import FOREVER
from yizheng.registry.models import Fact
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors import permitted
from yizheng.systems.doctors.checks.employer import licence_in_force
from yizheng.systems.doctors.filings.dependents import end_filing_at
from yizheng.systems.doctors.item import DoctorItem
from yizheng.systems.doctors.models import InstitutionFiling
from yizheng.systems.doctors.permitted import status_permits
from yizheng.systems.doctors.reading.held import Held
from yizheng.systems.institutions import licences
from yizheng.systems.institutions.institution_field import InstitutionField
from yizheng.systems.practitioners.employer import Employer, employer_of
from yizheng.systems.practitioners.models import PersonIdentity

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


@check("D-F04", RULE, title="在该机构有备案", needs=("filing",))
def has_filing(doctor: FiledDoctor, on: date) -> Iterator[Finding]:
    """What is not filed, or has ended, is filed anew."""
    if doctor.employer is not None and not doctor.filed:
        yield refuse("filing.institution", f"在{doctor.employer.name}没有有效的多机构备案")


@check("D-F05", RULE, title="延期后的结束日期晚于现在的", needs=("filing",))
def ends_later(doctor: FiledDoctor, on: date) -> Iterator[Finding]:
    """An extension lengthens; a filing without an end has nothing to be lengthened."""
    if not doctor.filed:
        return
    if doctor.filed_until is None:
        yield refuse("filing.institution", "这份备案没有结束日期，不需要延期")
    elif doctor.until is not None and doctor.until <= doctor.filed_until:
        yield refuse("filing.period_to", f"现在备案到{long_date(doctor.filed_until)}，延期的结束日期须晚于这一天")


@check("D-F06", RULE, title="终止日期不早于今天", needs=("filing",))
def ends_not_before_today(doctor: FiledDoctor, on: date) -> Iterator[Finding]:
    """What was practised was practised: an end is entered for today or a day to come, within the filing."""
    if doctor.until is None or not doctor.filed:
        return
    if doctor.until < on:
        yield refuse("filing.ends_on", "终止日期不能早于今天")
    elif doctor.filed_until is not None and doctor.until > doctor.filed_until:
        yield refuse("filing.ends_on", f"备案到{long_date(doctor.filed_until)}自动终止，不需要提前取消")


class FilingExtensionStep(Step):
    """Until when the filing is to go on."""

    code = "filing"
    title = "延期信息"

    institution = InstitutionField(label="备案机构", help_text="已备案的机构；提交后由机构确认")
    period_to = day("延期后的备案结束", required=False, hint="不填为长期")
    schedule = forms.CharField(label="执业时间安排", max_length=200, required=False, help_text="不填为不变")


class FilingEndStep(Step):
    """From when on the doctor no longer practises there, and why."""

    code = "filing"
    title = "取消信息"

    institution = InstitutionField(label="备案机构", help_text="已备案的机构")
    ends_on = day("终止日期", hint="自这一天起不再在该机构执业")
    remark = forms.CharField(label="原因", max_length=200, required=False)


ONE_DAY = timedelta(days=1)
STEP = "filing"


class FilingItem(DoctorItem):
    """An item about one filing of a doctor; the authority of the institution keeps it."""

    shape = Shape.FILING
    institution_step = STEP
    until_field = "period_to"

    def may_apply(self, subject_id: int, on: date) -> str | None:
        """A filing that holds, and a status under which it may be touched."""
        held = self.held(subject_id, on)
        if not held.filings:
            return "没有多机构备案"
        return permitted.may_apply(self.code, held.status)

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """The institution, where the doctor is filed at one only."""
        today = timezone.localdate()
        filings = self.held(subject_id, today).filings
        known = licences.name_of(filings[0].institution_id, today) if len(filings) == 1 else ""
        begun = {STEP: {"institution": known}} if known else {}
        return {**begun, **self.routing(subject_id, today)}

    def gather(self, answers: Answers, subject_id: int, on: date) -> FiledDoctor:
        """The filing at the institution named."""
        held = self.held(subject_id, on)
        chosen = self.chosen(answers, on)
        filing = None if chosen is None else filing_at(held, chosen.subject_id)
        return FiledDoctor(
            register_status=held.status,
            employer=None if chosen is None else employer_of(chosen),
            filed=filing is not None,
            filed_until=None if filing is None or filing.valid_to == FOREVER else filing.valid_to - ONE_DAY,
            until=answers.day(STEP, self.until_field),
        )

    def basis(self, case: Case, on: date) -> Iterable[Fact]:
        """The registration that counts, and the filing."""
        held = self.held(case.subject_id, on)
        chosen = self.chosen(load(case), on)
        filing = None if chosen is None else filing_at(held, chosen.subject_id)
        return [fact for fact in (held.main, filing) if fact is not None]

    def filing_of(self, case: Case, on: date) -> InstitutionFiling:
        """The filing the case is about. Raises LookupError when it is gone."""
        chosen = self.chosen(load(case), on)
        filing = None if chosen is None else filing_at(self.held(case.subject_id, on), chosen.subject_id)
        if filing is None:
            raise LookupError("备案已不存在")
        return filing

    def staff(self, institution_scope: int, on: date) -> Iterable[Candidate]:
        """The doctors filed at the institution, by name."""
        institution = Scope.objects.filter(pk=institution_scope).values_list("subject_id", flat=True).first()
        with acting_as_system(f"选择人员办理{self.title}"):
            filed = InstitutionFiling.objects.as_of(on).filter(institution_id=institution or 0)
            until = dict(filed.values_list("subject_id", "valid_to"))
            people = PersonIdentity.objects.as_of(on).filter(subject_id__in=until).order_by("name")
            return [Candidate(each.subject_id, each.name, _until(until[each.subject_id])) for each in people]


def filing_at(held: Held, institution: int) -> InstitutionFiling | None:
    """The filing at this institution among those that hold."""
    return next((each for each in held.filings if each.institution_id == institution), None)


def _until(day: date) -> str:
    return "长期备案" if day == FOREVER else f"备案到 {day - ONE_DAY}"


AGREEMENT = Material("agreement", "续签的聘用或合作协议", "与备案机构签订，写明执业时间")


@declare
class FilingExtension(FilingItem):
    """医师多机构备案延期."""

    code = "filing_extend"
    title = "医师多机构备案延期"
    group = "备案"
    short_title = "备案延期"
    articles = (physicians_law(15), registration_rules(10))
    steps = (FilingExtensionStep,)
    materials = (AGREEMENT,)
    checks = (status_permits("filing_extend"), has_filing, ends_later, licence_in_force)
    route = (Stage.CONFIRM, Stage.ACCEPT)

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The filing holds until the new last day."""
        answers = load(case)
        filing = self.filing_of(case, on)
        last = answers.day(STEP, "period_to")
        schedule = answers.text(STEP, "schedule") or filing.schedule
        with acting_as_system("多机构备案延期登记"):
            change.state(
                InstitutionFiling,
                case.subject_id,
                filing.line,
                {**filing.values(), "schedule": schedule},
                valid_from=on,
                valid_to=FOREVER if last is None else last + ONE_DAY,
                authority_scope=filing.authority_scope,
            )
        return Effect(summary="备案延期" + ("，长期有效" if last is None else f"到{last}"))


@declare
class FilingCancellation(FilingItem):
    """取消医师多机构备案."""

    code = "doctor_multi_institution_filing_cancel"
    title = "取消医师多机构备案"
    group = "备案"
    short_title = "取消备案"
    articles = (physicians_law(15), registration_rules(10))
    initiators = (Initiator.PERSON, Initiator.INSTITUTION)
    steps = (FilingEndStep,)
    checks = (status_permits("doctor_multi_institution_filing_cancel"), has_filing, ends_not_before_today)
    route = (Stage.ACCEPT,)
    until_field = "ends_on"

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The filing ends, and with it what that institution gave for itself."""
        filing = self.filing_of(case, on)
        ends_on = load(case).day(STEP, "ends_on") or on
        with acting_as_system("取消多机构备案登记"):
            end_filing_at(case.subject_id, filing.institution_id, change, ends_on)
        return Effect(summary=f"备案自{ends_on}起终止")

    def after(self, cases: Sequence[Case]) -> None:
        """The public sees it; the institution is told when it was not itself who ended it."""
        super().after(cases)
        for case in cases:
            if case.begun_by_institution:
                continue
            notices.to_institution(case, f"{case.applicant_name}取消了在本机构的多机构备案")
