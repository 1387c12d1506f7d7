"""诊所备案注销、中医诊所备案注销: a clinic ends its filing itself; the filing is over on the day it says (条例 第二十条)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django import forms

from yizheng.kernel.statutes import institution_regulation, tcm_law
from yizheng.licensing.asking.weighing import answered
from yizheng.licensing.catalogue import declare
from yizheng.licensing.fields import either
from yizheng.licensing.findings import Finding, check, refuse
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect, Material, Shape
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.institutions.item import InstitutionItem
from yizheng.systems.institutions.licensing import end_licence
from yizheng.systems.institutions.record.steps import PromiseStep
from yizheng.systems.institutions.verification.clock import Regime

CANCELLED = "filing_cancelled"


class ClosingStep(Step):
    """Why, and what becomes of patients and records."""

    code, title = "closing", "注销"

    grounds = forms.CharField(label="注销的原因", max_length=300)
    records = forms.CharField(
        label="病历、处方的保管",
        max_length=300,
        help_text="由谁保管，患者从哪里查阅",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    settled = either("在诊患者和医疗废物是否已经处置", ("yes", "已处置"), ("no", "没有"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """A clinic that ends."""

    settled: bool | None = answered("closing", "settled")


@check("I-F-SETTLED", institution_regulation(20), title="患者和医疗废物已经处置", needs=("closing",))
def patients_are_settled(closing: Closing, on: date) -> Iterator[Finding]:
    """Nobody is left without treatment, nor waste behind."""
    if closing.settled is False:
        yield refuse("closing.settled", "请先安置在诊患者、处置医疗废物，再注销备案")


class FilingCancellation(InstitutionItem):
    """A clinic ends its filing; what rests on it follows."""

    shape = Shape.FILING
    route = ()
    group = "备案"
    statuses = ("filed", "closed_temp", "suspended_penalty")
    steps = (ClosingStep, PromiseStep)
    materials = (
        Material("application", "注销备案申请", "法定代表人或者主要负责人签字，盖章"),
        Material("certificate", "备案证明原件", "扫描件，原件交回"),
    )
    weighs = Closing
    checks = (patients_are_settled,)

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The filing ends, with its certificate and what stands beside it."""
        with acting_as_system(f"{self.title}登记"):
            followed = end_licence(change, case.subject_id, on=on, status=CANCELLED)
        more = f"，{followed} 项后续事项列入拟办" if followed else ""
        return Effect(f"备案已注销，备案证明收回{more}")


@declare
class ClinicFilingCancellation(FilingCancellation):
    """诊所备案注销."""

    code, title, short_title = "clinic_file_cancel", "诊所备案注销", "备案注销"
    articles = (institution_regulation(14), institution_regulation(20))
    regimes = (Regime.CLINIC_FILED,)


@declare
class TcmClinicCancellation(FilingCancellation):
    """中医诊所备案注销."""

    code, title, short_title = "tcm_clinic_cancel", "中医诊所备案注销", "备案注销"
    articles = (tcm_law(14), institution_regulation(20))
    regimes = (Regime.TCM_CLINIC_FILED,)
