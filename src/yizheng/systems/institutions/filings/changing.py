"""诊所备案变更、中医诊所重新备案: what was filed changes, and the certificate is made anew on the spot.

A clinic keeps what it practises by equal to what it filed; a clinic of Chinese medicine files again (北京市中医药条例 第二十三条).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from yizheng.kernel.statutes import Article, beijing_tcm_regulation, institution_regulation, tcm_law
from yizheng.licensing.answers import Answers
from yizheng.licensing.asking.weighing import answered
from yizheng.licensing.catalogue import declare
from yizheng.licensing.findings import Finding, check, refuse
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Material, Shape
from yizheng.people.models import Scope
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.institutions.changes import kinds, steps
from yizheng.systems.institutions.changes.altered import chosen
from yizheng.systems.institutions.changes.change import RecordChange
from yizheng.systems.institutions.changes.rules import CHECKS, Changing
from yizheng.systems.institutions.filings.doctors import practice_of
from yizheng.systems.institutions.filings.rules import FilingNumbers, Led, led_by_a_doctor, practised_long_enough
from yizheng.systems.institutions.models import DuplicateRemark, FilingCheck
from yizheng.systems.institutions.models.filings import DUE, LINE
from yizheng.systems.institutions.models.parties import FOUNDER
from yizheng.systems.institutions.models.remarks import TECHNIQUES, remark_line
from yizheng.systems.institutions.record.held import Held
from yizheng.systems.institutions.record.steps import PromiseStep
from yizheng.systems.institutions.verification.clock import Regime


@dataclass(frozen=True, kw_only=True)
class ClinicChanging(Changing, Led):
    """A clinic whose entries are to change."""

    former_district: str = ""
    district: str = answered("address", "district", "")

    @property
    def place(self) -> str:
        """Where the form names the doctor who answers for it."""
        return "principal.number"


@check("I-F-AREA", institution_regulation(14), tcm_law(14), title="新地址在备案机关辖区之内", needs=("kinds",))
def stays_in_the_district(change: ClinicChanging, on: date) -> Iterator[Finding]:
    """A clinic files where it stands: in another district it files there, and here it ends."""
    if kinds.ADDRESS in change.kinds and change.district and change.district != change.former_district:
        yield refuse("address.district", "迁到其他区的，须在原备案机关办理注销备案，再向新址所在区的机关备案")


class ClinicKindsStep(steps.KindsStep):
    """What a clinic changes."""

    kinds = steps.kinds_of(kinds.OF_CLINICS)


class TcmKindsStep(steps.KindsStep):
    """What a clinic of Chinese medicine changes."""

    kinds = steps.kinds_of(kinds.OF_TCM_CLINICS)


class NewTechniquesStep(steps.KindStep):
    """All techniques as they are to be."""

    code, title, of = "techniques", "变更后的诊疗技术", (kinds.TECHNIQUES,)

    techniques = forms.CharField(label="诊疗技术", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


def _parts(offered: tuple[str, ...]) -> tuple[type[Step], ...]:
    return tuple(part for part in steps.PARTS if set(part.of) & set(offered))


class FilingChange(RecordChange):
    """What was filed changes at once."""

    shape = Shape.FILING
    route = ()
    group = "备案"
    statuses = ("filed",)
    weighs = ClinicChanging
    checks = (*CHECKS, stays_in_the_district, led_by_a_doctor, practised_long_enough)
    granted = "已变更"

    def known(self, answers: Answers, subject_id: int, on: date) -> dict[str, Any]:
        """Before and after, and how long a new principal has practised."""
        held = self.held(subject_id, on)
        founder = held.party(FOUNDER)
        number = answers.text("principal", "number") if kinds.PRINCIPAL in chosen(answers) else ""
        return {
            **super().known(answers, subject_id, on), **practice_of(number, on), "item": self.code,
            "former_district": "" if held.licence is None else held.licence.district,
            "founder_kind": "" if founder is None else founder.party_kind,
        }  # fmt: skip


@declare
class ClinicFilingChange(FilingChange):
    """诊所备案变更."""

    code, title, short_title = "clinic_file_change", "诊所备案变更", "备案变更"
    articles: ClassVar[tuple[Article, ...]] = (institution_regulation(14),)
    regimes = (Regime.CLINIC_FILED,)
    steps = (ClinicKindsStep, *_parts(kinds.OF_CLINICS), PromiseStep)
    materials = (
        Material("application", "诊所备案信息变更表", "法定代表人或者主要负责人签字，盖章"),
        Material("proof", "变更事项的证明材料", "变更地址的附平面图和用房证明，变更负责人的附证书"),
    )


@declare
class TcmClinicRefiling(FilingChange):
    """中医诊所重新备案: the authority visits again."""

    code, title, short_title = "tcm_clinic_refile", "中医诊所重新备案", "重新备案"
    articles: ClassVar[tuple[Article, ...]] = (tcm_law(14), beijing_tcm_regulation(23))
    regimes = (Regime.TCM_CLINIC_FILED,)
    steps = (TcmKindsStep, *_parts(kinds.OF_TCM_CLINICS), NewTechniquesStep, PromiseStep)
    materials = (
        Material("application", "中医诊所备案信息表", "法定代表人或者主要负责人签字，盖章"),
        Material("proof", "变更事项的证明材料", "变更地址的附用房证明，变更负责人的附证书"),
    )
    granted = "已重新备案："

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """Every part with what stands, the techniques too."""
        held = self.held(subject_id, timezone.localdate())
        return {**super().prefill(subject_id), "techniques": {"techniques": _techniques(held)}}

    def known(self, answers: Answers, subject_id: int, on: date) -> dict[str, Any]:
        """Techniques that are stated as they stand have not changed."""
        known = super().known(answers, subject_id, on)
        same = answers.text("techniques", "techniques") == _techniques(self.held(subject_id, on))
        more = [kinds.TECHNIQUES] if same and kinds.TECHNIQUES in chosen(answers) else []
        return {**known, "unchanged": (*known.get("unchanged", ()), *more)}

    def enter_more(self, answers: Answers, held: Held, change: ChangeInProgress, deciding: Scope) -> None:
        """The techniques, and the visit that is due once more."""
        due = held.on + timedelta(days=FilingNumbers.on(held.on).tcm_visit_days)
        where: dict[str, Any] = {"valid_from": held.on, "authority_scope": deciding.pk}
        if kinds.TECHNIQUES in chosen(answers):
            said = {"kind": TECHNIQUES, "text": answers.text("techniques", "techniques")}
            change.state(DuplicateRemark, held.subject_id, remark_line(TECHNIQUES), said, **where)
        change.state(FilingCheck, held.subject_id, LINE, {"state": DUE, "due_on": due}, **where)


def _techniques(held: Held) -> str:
    return next((each.text for each in held.of(DuplicateRemark) if each.kind == TECHNIQUES), "")
