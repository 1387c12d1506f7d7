"""医疗机构停业、恢复执业: approved by the authority that registers it; adverts and the internet hospital stand still meanwhile."""

from datetime import date
from typing import Any, ClassVar

from django import forms

from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.statutes import Article, institution_regulation, institution_rules, licensing_law
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.asking.desk_steps import VisitStep
from yizheng.licensing.catalogue import declare
from yizheng.licensing.fields import day, either, radio
from yizheng.licensing.findings import Check
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect, Material, WorkingDays
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.institutions.item import InstitutionItem, office
from yizheng.systems.institutions.models import Suspension
from yizheng.systems.institutions.models.suspension import REASONS, SUSPENSION
from yizheng.systems.institutions.record.held import Held
from yizheng.systems.institutions.record.printing import certify
from yizheng.systems.institutions.record.standing import restate
from yizheng.systems.institutions.record.steps import PromiseStep
from yizheng.systems.institutions.suspension import rules
from yizheng.systems.institutions.suspension.rules import Suspended

STOPPED, PENALISED = "closed_temp", "suspended_penalty"
"""Statuses of those that stand still: of their own accord, or by a penalty (停业整顿)."""


class SuspendStep(Step):
    """Why, from when until when, and what becomes of the patients."""

    code, title = "suspend", "停业"
    rows = (("from_on", "to_on"),)
    ordered = (("from_on", "to_on", "停业截止日不能早于起始日"),)

    ground = radio("停业原因", REASONS.items())
    from_on = day("停业起", hint="停业中申请延长的，填原停业起始日")
    to_on = day("停业至")
    arrangement = forms.CharField(
        label="病人安置和病历保管", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class ResumeStep(Step):
    """That conditions are met again, and from when."""

    code, title = "resume", "恢复执业"

    resumed_on = day("恢复执业日期")
    ready = either("房屋、设备、人员是否重新具备执业条件", ("yes", "已具备"), ("no", "尚未具备"))
    statement = forms.CharField(label="准备情况", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class SuspensionItem(InstitutionItem):
    """What stopping and beginning again have in common, of licensed institutions and of clinics that filed."""

    articles: ClassVar[tuple[Article, ...]] = (institution_regulation(20), institution_rules(34))
    weighs = Suspended

    def known(self, answers: Answers, subject_id: int, on: date) -> dict[str, Any]:
        """The institution, the suspension that runs, and how its verification stands."""
        held = self.held(subject_id, on)
        known: dict[str, Any] = {"overdue": held.period is not None and held.period.due_on < on}
        if held.licence is not None:
            known |= {"regime": held.licence.kind, "beds": held.licence.beds}
        if (running := held.suspension) is not None:
            known |= {"begun_on": running.from_on, "begun_for": running.reason, "ends_on": running.to_on}
        return known


class Suspending(SuspensionItem):
    """It stops, or stops for longer within the year."""

    steps = (SuspendStep, PromiseStep)
    granted: ClassVar[str] = "准予"
    checks: ClassVar[tuple[Check, ...]] = rules.SUSPENDING

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """It stands still from the first day, and the duplicate says so."""
        answers, deciding = load(case), office(case)
        with acting_as_system(f"{self.title}登记"):
            held = self.held(case.subject_id, on)
            running = held.suspension
            wanted = answers.day("suspend", "from_on") or on
            first = max(wanted, on) if running is None else running.from_on
            last = answers.day("suspend", "to_on") or first
            said = {
                "reason": answers.text("suspend", "ground"), "from_on": first, "to_on": last,
                "arrangement": answers.text("suspend", "arrangement"),
            }  # fmt: skip
            change.state(
                Suspension, held.subject_id, SUSPENSION, said, valid_from=first if running is None else on,
                authority_scope=deciding.pk,
            )  # fmt: skip
            words = f"停业，{long_date(first)}至{long_date(last)}"
            restate(change, Held(held.subject_id, max(first, on)), STOPPED, deciding)
            case.certificate_id = certify(change, held.subject_id, on, deciding, changed=words).pk
        return Effect(f"{self.granted}{words}")


class Resuming(SuspensionItem):
    """It practises again."""

    statuses = (STOPPED, PENALISED)
    steps = (ResumeStep, PromiseStep)
    granted: ClassVar[str] = "准予"
    practising: ClassVar[str] = "active"
    """The status of those that practise."""
    checks: ClassVar[tuple[Check, ...]] = rules.RESUMING

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """It practises again from the day of the decision, or the later one it named."""
        deciding = office(case)
        with acting_as_system(f"{self.title}登记"):
            wanted = load(case).day("resume", "resumed_on") or on
            held = self.held(case.subject_id, max(wanted, on))
            if held.suspension is not None:
                change.end(Suspension, held.subject_id, SUSPENSION, on=held.on)
            restate(change, held, self.practising, deciding)
            words = f"恢复执业，自{long_date(held.on)}起"
            case.certificate_id = certify(change, held.subject_id, on, deciding, changed=words).pk
        return Effect(f"{self.granted}{words}")


class LicensedPause(SuspensionItem):
    """Of a licensed institution, decided by the authority that registers it."""

    group = "停业与注销"
    statutory = WorkingDays(20, licensing_law(42))


@declare
class InstitutionSuspension(LicensedPause, Suspending):
    """医疗机构停业, and its prolongation within the year."""

    code, title, short_title = "inst_suspend", "医疗机构停业", "停业"
    statuses = ("active", "check_due", STOPPED)
    materials = (
        Material("application", "停业申请", "写明原因和期限，盖章"),
        Material("arrangement", "病人安置方案", "设有床位的").when(lambda suspended, on: bool(suspended.beds)),
    )


@declare
class InstitutionResumption(LicensedPause, Resuming):
    """医疗机构恢复执业, after a suspension or after it was closed down by a penalty."""

    code, title, short_title = "inst_resume", "医疗机构恢复执业", "恢复执业"
    desk_steps = (VisitStep,)
    materials = (Material("application", "恢复执业申请", "写明重新具备执业条件的情况，盖章"),)
