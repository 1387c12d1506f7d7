"""诊所备案、中医诊所备案: complete papers are a filing, and the clinic leaves with its certificate (条例 第十四条; 中医药法 第十四条).

The founder files by her own account. What is whole takes effect when it is handed in; the authority visits afterwards.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, ClassVar

from yizheng.documents import numbers
from yizheng.documents.authorities import authority
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.statutes import beijing_tcm_regulation, institution_regulation, physicians_law, tcm_law
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.cases import notices
from yizheng.licensing.catalogue import declare
from yizheng.licensing.item import Effect, Material, Shape
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.institutions.filings.doctors import practice_of
from yizheng.systems.institutions.filings.rules import (
    CLINIC,
    CLINIC_CHECKS,
    TCM_CHECKS,
    TCM_CLINIC,
    ClinicPlan,
    FilingNumbers,
    of_units,
)
from yizheng.systems.institutions.filings.steps import ClinicSiteStep, ClinicStep, ComprehensiveStep, TechniquesStep
from yizheng.systems.institutions.item import FoundingItem, office
from yizheng.systems.institutions.models import DuplicateRemark, FilingCheck
from yizheng.systems.institutions.models.filings import DUE, LINE
from yizheng.systems.institutions.models.parties import NATURAL
from yizheng.systems.institutions.models.remarks import TECHNIQUES, remark_line
from yizheng.systems.institutions.record.entering import enter_number, found
from yizheng.systems.institutions.record.printing import certify
from yizheng.systems.institutions.record.rules import FOR_PROFIT
from yizheng.systems.institutions.record.stated import stated
from yizheng.systems.institutions.record.steps import FounderStep, PartiesStep, PremisesStep, PromiseStep, SubjectsStep
from yizheng.systems.institutions.record.weighing import weighed
from yizheng.systems.institutions.verification.clock import Regime

RULES = Material("regulations", "规章制度", "各项制度的目录和文本")
STAFF = Material("staff", "卫生技术人员名录", "附身份证明、资格证书和执业证书")
LEADERS = Material("leaders", "法定代表人、主要负责人的身份证明和证书", "附资格证书和执业证书")
STANDING = Material("founder_proof", "设置单位的法人资质证明", "单位设置的").when(of_units)


class ClinicFounding(FoundingItem):
    """A clinic files; each regime says its number, its visit and its papers."""

    shape = Shape.FILING
    route = ()
    group = "备案"
    regime: ClassVar[Regime]
    number_word: ClassVar[str]
    """What stands in the number of the filing before the year."""
    weighs = ClinicPlan

    def known(self, answers: Answers, subject_id: int, on: date) -> dict[str, Any]:
        """What every founding form weighs, and how long the doctor who answers for the clinic has practised."""
        by_person = answers.text("founder", "kind") in NATURAL
        number = answers.text("founder", "number") if by_person else answers.text("parties", "principal_number")
        return {**weighed(answers, on), "item": self.code, **practice_of(number, on)}

    def visit_days(self, on: date) -> int:
        """Within how many days the authority visits."""
        return FilingNumbers.on(on).visit_days

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The record, the number, the certificate, and the day by which the authority visits."""
        answers, deciding = load(case), office(case)
        told, due = stated(answers), on + timedelta(days=self.visit_days(on))
        with acting_as_system(f"{self.title}登记"):
            number = self._number(case, change, on)
            said = {"kind": self.regime.value, "status": "filed", "filing_number": number, "issued_on": on}
            subject = found(change, told, deciding, on, **said).pk
            enter_number(change, subject, "filing", number, on, deciding)
            if techniques := answers.text("techniques", "techniques"):
                change.state(
                    DuplicateRemark, subject, remark_line(TECHNIQUES), {"kind": TECHNIQUES, "text": techniques},
                    valid_from=on, authority_scope=deciding.pk,
                )  # fmt: skip
            change.state(
                FilingCheck, subject, LINE, {"state": DUE, "due_on": due}, valid_from=on, authority_scope=deciding.pk
            )
            case.certificate_id = certify(change, subject, on, deciding).pk
        return Effect(f"已备案，备案编号 {number}；{long_date(due)}前进行现场核查")

    def after(self, cases: Sequence[Case]) -> None:
        """The public sees the clinic; the desk learns that it is to visit it."""
        super().after(cases)
        notices.to_desks([(case, f"{self.title}已生效，请按期现场核查：{case.summary}") for case in cases])

    def _number(self, case: Case, change: ChangeInProgress, on: date) -> str:
        mark = authority(office(case).code).mark
        serial = numbers.allocate(self.code, f"{mark}{on:%Y}", given_to=f"case:{case.pk}", change_id=change.id)
        return f"{mark}{self.number_word}备字〔{on:%Y}〕第{serial:04d}号"


@declare
class ClinicFiling(ClinicFounding):
    """诊所备案: common diseases, without beds, at the health authority or that of Chinese medicine of the district."""

    code, title, short_title = CLINIC, "诊所备案", "诊所备案"
    articles = (institution_regulation(14), physicians_law(20))
    regime, number_word = Regime.CLINIC_FILED, "诊"
    steps = (
        FounderStep, ClinicStep, ClinicSiteStep, SubjectsStep, ComprehensiveStep, PartiesStep, PremisesStep, PromiseStep,
    )  # fmt: skip
    materials = (
        Material("application", "诊所备案信息表", "设置人签字或者盖章"),
        Material("floor_plan", "房屋平面布局图", "按比例，标明功能和面积"),
        Material("premises", "产权证件或者租赁使用合同", "租赁的，使用期限未满"),
        LEADERS, STAFF, RULES,
        Material("equipment", "仪器设备清单", "名称、型号、数量"),
        Material("drugs", "药品种类清单", "附设药房（柜）的药品"),
        Material("waste", "污水、污物、粪便处理方案和周边环境情况说明", "盖章"),
        STANDING,
    )  # fmt: skip
    checks = CLINIC_CHECKS


@declare
class TcmClinicFiling(ClinicFounding):
    """中医诊所备案: Chinese medicine alone."""

    code, title, short_title = TCM_CLINIC, "中医诊所备案", "中医诊所备案"
    articles = (tcm_law(14), beijing_tcm_regulation(23))
    regime, number_word = Regime.TCM_CLINIC_FILED, "中诊"
    steps = (
        FounderStep, ClinicStep, ClinicSiteStep, SubjectsStep, TechniquesStep, PartiesStep, PremisesStep, PromiseStep,
    )  # fmt: skip
    materials = (
        Material("application", "中医诊所备案信息表", "设置人签字或者盖章"),
        LEADERS, STAFF, RULES,
        Material("waste", "医疗废物处理方案、周边环境情况说明", "盖章"),
        Material("fire", "消防应急预案", "盖章"),
        STANDING,
        Material("business_licence", "营业执照", "营利性的，先办营业执照再备案").when(
            lambda plan, on: plan.business_nature == FOR_PROFIT
        ),
    )  # fmt: skip
    checks = TCM_CHECKS

    def visit_days(self, on: date) -> int:
        """Sooner than at other clinics."""
        return FilingNumbers.on(on).tcm_visit_days
