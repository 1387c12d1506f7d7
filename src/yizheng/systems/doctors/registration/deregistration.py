"""注销执业注册: the doctor gives her registration up, or an institution reports why it must end.

医师法 第十七条; 医师执业注册管理办法 第十八条: an institution reports within thirty days of knowing. The law wants the end
promptly; the office gives itself the period of every licence (行政许可法 第四十二条).

依职权: the authority ends a registration after telling the doctor and hearing her (医师执业注册管理办法 第十八条、第十九条), or
at once on a document in force.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from yizheng.kernel.codes import Code
from yizheng.kernel.statutes import licensing_law, physicians_law, registration_rules
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.cases.instruments import office_of
from yizheng.licensing.catalogue import declare
from yizheng.licensing.fields import coded, day
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect, Initiator, Material, Stage, WorkingDays
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.checks.concerned import kept_here
from yizheng.systems.doctors.permitted import status_permits
from yizheng.systems.doctors.registered_item import RecordedAct, RegisteredItem
from yizheng.systems.doctors.registration.deregistering import (
    AUTHORITY,
    INSTITUTION,
    PERSON,
    Party,
    deregister,
    has_happened,
    has_registration,
    interrupted_for_two_years,
    left_for_two_years,
    missed_two_cycles,
    not_during_a_suspension,
    party_from,
    reason_fits_initiator,
    reported_in_time,
    rests_on_a_document,
    sentence_has_an_end,
)
from yizheng.systems.practitioners.item import OFFICE

REASONS = "doctor_deregistration_reason"


def _applied(code: Code) -> bool:
    """Reasons a doctor or an institution may bring; a transfer to the forces has a business of its own."""
    return bool({"person", "institution"} & set(code.many("initiators"))) and code.code != "D14"


def _decided(code: Code) -> bool:
    """Reasons for which what was decided or happened needs no hearing any more."""
    return "authority" in code.many("initiators") and not code.flag("heard")


def _heard(code: Code) -> bool:
    """Reasons on which the doctor is heard first."""
    return "authority" in code.many("initiators") and code.flag("heard")


class GroundStep(Step):
    """The reason of the law, and on which document it rests."""

    code, title = "ground", "注销事由"
    field_order = ("cause", "event_on", "known_on", "authority_name", "document_number", "served_on")

    authority_name = forms.CharField(label="作出判决、决定的机关", max_length=100, required=False)
    document_number = forms.CharField(label="文书号", max_length=60, required=False)
    certificate_returned = forms.BooleanField(label="纸质执业证书已收回", required=False)


class DeregistrationStep(GroundStep):
    """The reason as the doctor or the institution brings it."""

    rows = (("event_on", "known_on"),)

    cause = coded(REASONS, "注销原因", only=_applied)
    event_on = day("事由发生日期", hint="中止执业的填最后执业的日期；本人申请的填今天")
    known_on = day("机构知悉日期", required=False, hint="机构申报的填写；自这一天起三十日内报告")
    served_on = day("刑罚执行完毕日期", required=False, hint="受刑事处罚的填写；服刑、缓刑的填届满之日")
    certificate_returned = forms.BooleanField(label="纸质执业证书已交回", required=False)


class DecidedStep(GroundStep):
    """The decision in force, the judgment or the death that the authority enters."""

    title = "注销依据"
    rows = (("event_on", "served_on"),)

    cause = coded(REASONS, "注销原因", only=_decided)
    event_on = day("文书或者事由的日期", hint="吊销、撤销自这一天起算")
    served_on = day("刑罚执行完毕日期", required=False, hint="二年自这一天起算；无期徒刑的不填")


class HeardStep(GroundStep):
    """The ground on which the authority means to end a registration."""

    cause = coded(REASONS, "注销原因", only=_heard)
    event_on = day("事由发生日期", required=False, hint="中止执业的填最后执业的日期")
    authority_name = forms.CharField(label="认定机关", max_length=100, required=False)


def _for(reason: str) -> Callable[[Any, date], bool]:
    return lambda party, on: bool(party.reason == reason)


PROOFS = tuple(
    Material(f"proof_{reason.lower()}", title, requirement).when(_for(reason))
    for reason, title, requirement in (
        ("D01", "死亡证明", "死亡医学证明或者公安机关的证明"),
        ("D02", "宣告失踪判决", "人民法院的判决书"),
        ("D03", "刑事判决书", "生效的刑事判决书"),
        ("D04", "处罚决定书", "吊销医师执业证书的决定"),
        ("D05", "再次考核结果", "考核机构出具"),
        ("D06", "未参加考核的说明", "写明未参加的两个考核周期"),
        ("D07", "中止执业的证明", "机构出具，写明最后执业的日期"),
        ("D08", "医学证明", "医疗机构出具，写明不适宜继续执业"),
        ("D09", "证据材料", "能够证明出借、出租、抵押、转让、涂改证书的材料"),
        ("D10", "作弊认定文书", "考试机构或者主管部门的认定"),
        ("D15", "证明材料", "写明所依据的法律、行政法规"),
        ("D11", "本人注销申请书", "本人签名"),
    )
)


@declare
class DeregistrationOnApplication(RegisteredItem):
    """医师注销执业注册."""

    code = "doctor_deregistration"
    title = "医师注销执业注册"
    group = "离岗与注销"
    short_title = "注销注册"
    articles = (physicians_law(17), registration_rules(18))
    initiators = (Initiator.PERSON, Initiator.INSTITUTION)
    steps = (DeregistrationStep,)
    materials = PROOFS
    checks = (
        status_permits("doctor_deregistration"),
        kept_here,
        has_registration,
        reason_fits_initiator,
        has_happened,
        not_during_a_suspension,
        interrupted_for_two_years,
        missed_two_cycles,
        rests_on_a_document,
        sentence_has_an_end,
        reported_in_time,
    )
    route = (Stage.ACCEPT, Stage.REVIEW, Stage.DECIDE)
    statutory = WorkingDays(20, licensing_law(42))

    def prefill_for(self, subject_id: int, institution_scope: int) -> dict[str, dict[str, Any]]:
        """Where the case goes, and that an institution reports."""
        office = self.office(subject_id, timezone.localdate())
        return {OFFICE: {**office, "institution": institution_scope, "by": INSTITUTION}}

    def gather(self, answers: Answers, subject_id: int, on: date) -> Party:
        """How the registration stands, and the reason brought."""
        held = self.held(subject_id, on)
        by = str(answers.get(OFFICE, {}).get("by", PERSON))
        return party_from(answers, held, subject_id, on, initiator=by, moved=self.moved(answers, held))

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """Registration, filings, special qualifications and certificate end."""
        held = self.held(case.subject_id, on)
        with acting_as_system("注销登记"):
            done = deregister(
                held, change, on, load(case), authority_scope=case.decided_by, office=office_of(case).name
            )
        return Effect(summary=done)


class Deregistering(RecordedAct):
    """What both ways by which the authority ends a registration have in common."""

    articles = (physicians_law(17), registration_rules(18), registration_rules(19))

    def gather(self, answers: Answers, subject_id: int, on: date) -> Party:
        """How the registration stands, and the ground."""
        held = self.held(subject_id, on)
        return party_from(answers, held, subject_id, on, initiator=AUTHORITY, moved=self.moved(answers, held))

    def enter(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """Registration, filings, special qualifications and certificate end; the ground that follows is entered."""
        done = deregister(
            self.held(case.subject_id, on), change, on, load(case),
            authority_scope=case.decided_by, office=office_of(case).name,
        )  # fmt: skip
        return Effect(summary=done)


@declare
class ExOfficioDeregistration(Deregistering):
    """注销医师执业注册, after notice and hearing."""

    code = "doctor_ex_officio_deregistration"
    title = "注销医师执业注册"
    group = "离岗与注销"
    short_title = "依职权注销"
    steps = (HeardStep,)
    checks = (
        status_permits("doctor_ex_officio_deregistration"),
        has_registration,
        reason_fits_initiator,
        has_happened,
        left_for_two_years,
        interrupted_for_two_years,
        missed_two_cycles,
    )
    route = (Stage.REVIEW, Stage.DECIDE)


@declare
class DeregistrationOnRecord(Deregistering):
    """据生效文书注销医师执业注册: death, judgment, revocation, annulment, failed assessment; nothing is left to be heard."""

    code = "doctor_deregistration_on_record"
    title = "据生效文书注销医师执业注册"
    short_title = "据文书注销"
    steps = (DecidedStep,)
    checks = (
        status_permits("doctor_deregistration_on_record"),
        has_registration,
        reason_fits_initiator,
        has_happened,
        rests_on_a_document,
        sentence_has_an_end,
    )
    route = (Stage.DECIDE,)
