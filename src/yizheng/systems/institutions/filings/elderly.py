"""养老机构内设医疗机构备案: a filing that ends in a licence (国卫办医发〔2017〕38号).

The old-age home files a clinic, infirmary or nursing station inside it; within ten working days of complete papers the district
issues a licence to practise, with a registration number and a verification every twelve months. A hospital inside goes the usual way.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.codes import Code
from yizheng.kernel.identifiers import check_uscc
from yizheng.kernel.statutes import elderly_inner_notice
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.catalogue import declare
from yizheng.licensing.fields import IdentifierField, coded
from yizheng.licensing.findings import Finding, check, refuse
from yizheng.licensing.item import Effect, Material, WorkingDays
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.institutions.filings.rules import Housed, premises_last
from yizheng.systems.institutions.filings.steps import ClinicSiteStep, ClinicStep
from yizheng.systems.institutions.item import FoundingItem, office
from yizheng.systems.institutions.models.parties import NATURAL, PARTY_KINDS
from yizheng.systems.institutions.record import rules
from yizheng.systems.institutions.record.printing import certify
from yizheng.systems.institutions.record.stated import stated
from yizheng.systems.institutions.record.steps import FounderStep, PartiesStep, PremisesStep, PromiseStep, SubjectsStep
from yizheng.systems.institutions.record.weighing import weighed
from yizheng.systems.institutions.registration.licensing import license_record
from yizheng.systems.institutions.routes.routes import INSIDE_OLD_AGE_HOMES, Planned
from yizheng.systems.institutions.verification.clock import Regime

CODE = "elderly_inner_file"


def _inside(code: Code) -> bool:
    return code.parent is not None and (code.code[0] == "D" or code.code.startswith(INSIDE_OLD_AGE_HOMES))


class HomeStep(FounderStep):
    """The old-age home."""

    title = "养老机构"
    rows = (("kind", "uscc"),)

    kind = forms.ChoiceField(
        label="养老机构类型",
        choices=[("", "请选择"), *((code, name) for code, name in PARTY_KINDS.items() if code not in NATURAL)],
    )
    name = forms.CharField(label="养老机构名称", max_length=200)
    uscc = IdentifierField(check_uscc, label="养老机构统一社会信用代码", max_length=30)
    number: Any = None
    others: Any = None


class InnerStep(ClinicStep):
    """What is set up inside."""

    title = "内设医疗机构"

    category = coded("institution_category", "机构类别", only=_inside)


@dataclass(frozen=True, kw_only=True)
class InnerPlan(rules.Plan, Housed):
    """An institution inside an old-age home."""


@check("I-E-KIND", elderly_inner_notice(1), title="属于备案的内设医疗机构", needs=("institution",))
def may_be_filed(plan: InnerPlan, on: date) -> Iterator[Finding]:
    """Clinics, infirmaries, health rooms and nursing stations; any other is registered in the usual way."""
    if plan.category and CODE not in Planned("new", "establish_in_old_age_home", plan.category).items:
        yield refuse(
            "institution.category", "养老机构内设的诊所、卫生所（室）、医务室、护理站实行备案，其他类别请办理执业登记"
        )


@declare
class ElderlyInnerFiling(FoundingItem):
    """养老机构内设医疗机构备案."""

    code, title, short_title, group = CODE, "养老机构内设医疗机构备案", "养老机构内设备案", "备案"
    articles = (elderly_inner_notice(1), elderly_inner_notice(2))
    extendable = False
    statutory = WorkingDays(10, elderly_inner_notice(2), from_receipt=True)
    steps = (HomeStep, InnerStep, ClinicSiteStep, SubjectsStep, PartiesStep, PremisesStep, PromiseStep)
    materials = (
        Material("application", "养老机构内设医疗机构备案表", "盖章"),
        Material("decision", "设置单位同意设置的决定", "盖章"),
        Material("home", "养老机构登记证明", "营业执照、民办非企业单位登记证书或者事业单位法人证书"),
        Material("premises", "用房证明和平面图", "按比例，标明功能和面积"),
        Material("staff", "卫生技术人员名录", "附资格证书和执业证书"),
        Material("equipment", "仪器设备清单", "名称、型号、数量"),
        Material("regulations", "规章制度", "各项制度的目录和文本"),
    )
    weighs = InnerPlan
    checks = (*rules.SOUND, may_be_filed, premises_last)

    def known(self, answers: Answers, subject_id: int, on: date) -> dict[str, Any]:
        """What every founding form weighs."""
        return weighed(answers, on)

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """A licence with its number, its term and its clock of verification."""
        deciding, told = office(case), stated(load(case))
        with acting_as_system(f"{self.title}登记"):
            made = license_record(change, told, deciding, on, Regime.ELDERLY_INNER, given_to=f"case:{case.pk}")
            case.certificate_id = certify(change, made.subject_id, on, deciding).pk
        return Effect(
            f"{told.licence['name']}已备案，发给医疗机构执业许可证，登记号 {made.number}，有效期至{long_date(made.last_day)}"
        )
