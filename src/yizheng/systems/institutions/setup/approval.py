"""设置医疗机构审批: the setting is approved, and the institution exists as one being prepared (条例 第九条至第十二条)."""

from datetime import date
from typing import Any

from django import forms

from yizheng.documents import numbers
from yizheng.documents.authorities import authority
from yizheng.documents.declarations import CertificateKind, Printed
from yizheng.documents.declarations import declare as declare_kind
from yizheng.kernel.calendar.periods import add_months
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.codes import name_of
from yizheng.kernel.statutes import institution_regulation, institution_rules
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.asking.desk_steps import PublicityStep, VisitStep
from yizheng.licensing.catalogue import declare
from yizheng.licensing.fields import either
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect, Material, WorkingDays
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.institutions.item import FoundingItem, office
from yizheng.systems.institutions.models import EstablishmentApproval, parties
from yizheng.systems.institutions.models.establishment import ESTABLISHMENT
from yizheng.systems.institutions.models.parties import InstitutionParty
from yizheng.systems.institutions.record.entering import found
from yizheng.systems.institutions.record.stated import stated
from yizheng.systems.institutions.record.steps import (
    FounderStep,
    InstitutionStep,
    PromiseStep,
    SiteStep,
    SubjectsStep,
    amount,
)
from yizheng.systems.institutions.record.weighing import weighed
from yizheng.systems.institutions.setup.rules import CHECKS, ApprovalMonths, SetupPlan, jointly

APPROVAL_KIND = CertificateKind(
    "setup_approval", "设置医疗机构批准书", (Printed("name", "机构名称"), Printed("founder", "设置单位（人）")),
    (
        Printed("category", "机构类别"), Printed("address", "选址"), Printed("beds", "床位（牙椅）"),
        Printed("subjects", "诊疗科目"), Printed("business_nature", "经营性质"), Printed("investment", "投资总额"),
        Printed("lapses_on", "有效期至"),
    ),
    pictured=False, number_label="批准书编号",
)  # fmt: skip
declare_kind(APPROVAL_KIND)


class InvestmentStep(Step):
    """The money and the people."""

    code, title = "investment", "投资和筹建"
    rows = (("investment", "internet"),)

    investment = amount("投资总额（万元）")
    staffing = forms.CharField(label="人员配备计划", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    internet = either("拟开展互联网诊疗", ("yes", "是"), ("no", "否"), no_first=True)


@declare
class SetupApproval(FoundingItem):
    """设置医疗机构审批: granted to the founder, in the hands of the person who applies for it."""

    code, title, short_title, group = "inst_setup_approve", "设置医疗机构审批", "设置审批", "设置与登记"
    articles = (
        institution_regulation(9),
        institution_regulation(10),
        institution_regulation(11),
        institution_rules(14),
    )
    statutory = WorkingDays(30, institution_regulation(12))
    steps = (FounderStep, InstitutionStep, SiteStep, SubjectsStep, InvestmentStep, PromiseStep)
    desk_steps = (VisitStep, PublicityStep)
    hearing = True
    materials = (
        Material("application", "设置申请书", "设置人签字或者盖章"),
        Material("feasibility", "设置可行性研究报告", "拟设机构的规模、科目、人员、投资和服务人群"),
        Material("siting", "选址报告", "选址与周边环境，附位置图"),
        Material("floor_plan", "建筑设计平面图", "按比例，标明功能和面积"),
        Material("founder_proof", "设置人身份或者法人证明", "个人的身份证件，单位的法人登记证书"),
        Material("credit", "资信证明", "银行出具"),
        Material("agreement", "共同设置协议书", "全体共同设置人签字").when(jointly),
    )
    weighs = SetupPlan
    checks = CHECKS

    def known(self, answers: Answers, subject_id: int, on: date) -> dict[str, Any]:
        """Sums, who is barred, whether the name is free."""
        return weighed(answers, on)

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The institution in preparation, its founders, and the approval with its last day."""
        answers, deciding = load(case), office(case)
        told = stated(answers)
        with acting_as_system(f"{self.title}登记"):
            subject = found(change, told, deciding, on, kind="licensed", status="preparing")
            lapses_on = add_months(on, ApprovalMonths.on(on).of(told.licence["beds"]))
            values = {
                "number": _number(case, change, on), "approved_on": on, "lapses_on": lapses_on,
                "investment": answers.amount("investment", "investment"),
                "internet_planned": bool(answers.flag("investment", "internet")),
            }  # fmt: skip
            change.state(
                EstablishmentApproval, subject, ESTABLISHMENT, values, valid_from=on, authority_scope=deciding.pk
            )
            appointee = {
                "role": parties.PREPARER, "party_kind": parties.PERSON, "name": case.applicant_name,
                "person": case.subject_id,
            }  # fmt: skip
            change.state(
                InstitutionParty, subject, parties.line(parties.PREPARER), appointee,
                valid_from=on, authority_scope=deciding.pk,
            )  # fmt: skip
        fields = _printed(told, values, authority(deciding.code).name)
        summary = f"准予设置{told.licence['name']}，批准书 {values['number']}，有效期至{long_date(lapses_on)}"
        return Effect(summary, APPROVAL_KIND.code, fields)


def _number(case: Case, change: ChangeInProgress, on: date) -> str:
    """The number of the approval: mark of the authority, year, serial."""
    mark = authority(office(case).code).mark
    serial = numbers.allocate("setup_approval", f"{mark}{on:%Y}", given_to=f"case:{case.pk}", change_id=change.id)
    return f"{mark}设字〔{on:%Y}〕第{serial:03d}号"


def _printed(told: Any, approval: dict[str, Any], issuer: str) -> dict[str, Any]:
    licence = told.licence
    return {
        "number": approval["number"], "issuer": issuer, "name": licence["name"], "address": licence["address"],
        "founder": "、".join(each.values["name"] for each in told.parties.values()),
        "category": name_of("institution_category", licence["category"]),
        "beds": f"{licence['beds']} 张（{licence['dental_chairs']} 张）",
        "subjects": "；".join(name_of("clinical_subject", code) for code in licence["subjects"]),
        "business_nature": name_of("institution_business_nature", licence["business_nature"]),
        "investment": f"{approval['investment']} 万元", "lapses_on": long_date(approval["lapses_on"]),
    }  # fmt: skip
