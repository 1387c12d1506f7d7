"""医疗机构执业登记: the record, the number, the term, the licence with its duplicate (条例 第十四条至第十八条)."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.statutes import institution_regulation, institution_rules
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.asking.desk_steps import VisitStep
from yizheng.licensing.catalogue import declare
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect, Material, WorkingDays
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.institutions.item import FoundingItem, office
from yizheng.systems.institutions.models import EstablishmentApproval, InstitutionParty, parties
from yizheng.systems.institutions.models.establishment import ESTABLISHMENT
from yizheng.systems.institutions.record.held import Held
from yizheng.systems.institutions.record.prefilling import filled
from yizheng.systems.institutions.record.printing import certify
from yizheng.systems.institutions.record.stated import stated
from yizheng.systems.institutions.record.steps import (
    FounderStep,
    InstitutionStep,
    PartiesStep,
    PremisesStep,
    PromiseStep,
    SiteStep,
    SubjectsStep,
)
from yizheng.systems.institutions.record.weighing import weighed
from yizheng.systems.institutions.registration.licensing import license_record
from yizheng.systems.institutions.registration.rules import CHECKS, Approved, Registrant
from yizheng.systems.institutions.verification.clock import Regime

OUT_PATIENTS = ("D",)


class ApprovalStep(Step):
    """The approval of the setting, where one was needed."""

    code, title = "approval", "设置批准"

    number = forms.CharField(
        label="设置医疗机构批准书编号", max_length=40, required=False, help_text="依法不需要设置审批的不填"
    )


def of_out_patients(plan: Registrant, on: date) -> bool:
    """Whether lists of drugs and staff are asked for: of out-patient institutions."""
    return plan.category.startswith(OUT_PATIENTS)


@declare
class InstitutionRegistration(FoundingItem):
    """医疗机构执业登记."""

    code, title, short_title, group = "inst_register", "医疗机构执业登记", "执业登记", "设置与登记"
    articles = (institution_regulation(14), institution_regulation(15), institution_rules(25))
    statutory = WorkingDays(45, institution_regulation(18))
    desk_steps = (VisitStep,)
    steps = (
        ApprovalStep, FounderStep, InstitutionStep, SiteStep, SubjectsStep, PartiesStep, PremisesStep, PromiseStep,
    )  # fmt: skip
    materials = (
        Material("application", "医疗机构申请执业登记注册书", "设置人签字或者盖章"),
        Material("premises", "用房产权证明或者使用证明", "租赁的附租赁合同"),
        Material("floor_plan", "建筑设计平面图", "按比例，标明功能和面积"),
        Material("capital_proof", "验资证明、资产评估报告", "第三方出具"),
        Material("regulations", "规章制度", "各项制度的目录和文本"),
        Material("leaders", "法定代表人、主要负责人和科室负责人名录", "附资格证书和执业证书"),
        Material("drugs", "药房（柜）药品种类清单", "门诊部、卫生所（室）、医务室等").when(of_out_patients),
        Material("staff", "卫生技术人员名录", "附资格证书和执业证书，门诊部、卫生所（室）、医务室等").when(
            of_out_patients
        ),
    )
    weighs = Registrant
    checks = CHECKS

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """The approval the person was given and has not used, and what it approved."""
        with acting_as_system(f"填写{self.title}申请"):
            mine = InstitutionParty.objects.current().filter(person_id=subject_id, role=parties.PREPARER)
            waiting = EstablishmentApproval.objects.current().filter(subject_id__in=mine.values("subject_id"))
            latest = waiting.order_by("-approved_on").first()
        if latest is None:
            return {}
        return {"approval": {"number": latest.number}, **filled(Held(latest.subject_id, timezone.localdate()))}

    def known(self, answers: Answers, subject_id: int, on: date) -> dict[str, Any]:
        """The approval, as what it approved stands in the register, beside what every founding form weighs."""
        number = answers.text("approval", "number").strip()
        held = _approved_under(number, on)
        return {
            **weighed(answers, on, own=None if held is None else held.subject_id),
            "applicant": subject_id,
            "address": answers.text("site", "address"),
            "approval_number": number,
            "approved": None if held is None else _approved(held),
        }

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The record in force, the number and the term, the clock of verification, original and duplicate."""
        answers, deciding = load(case), office(case)
        told = stated(answers)
        with acting_as_system(f"{self.title}登记"):
            held = _approved_under(answers.text("approval", "number").strip(), on)
            made = license_record(
                change, told, deciding, on, Regime.LICENSED, given_to=f"case:{case.pk}", prepared=held
            )
            if held is not None:
                change.end(EstablishmentApproval, held.subject_id, ESTABLISHMENT, on=on)
            case.certificate_id = certify(change, made.subject_id, on, deciding).pk
        return Effect(
            f"准予{told.licence['name']}执业登记，登记号 {made.number}，许可证有效期至{long_date(made.last_day)}"
        )


def _approved_under(number: str, on: date) -> Held | None:
    """The institution in preparation that was approved under this number; call it as the system."""
    if not number:
        return None
    waiting = EstablishmentApproval.objects.as_of(on).filter(number=number)
    subject = waiting.values_list("subject_id", flat=True).first()
    return None if subject is None else Held(subject, on)


def _approved(held: Held) -> Approved:
    licence, approval, preparer = held.licence, held.approval, held.party(parties.PREPARER)
    assert licence is not None
    assert approval is not None
    return Approved(
        approval.number, approval.lapses_on, None if preparer is None else preparer.person_id, licence.category,
        licence.beds, licence.address, tuple(licence.subjects),
    )  # fmt: skip
