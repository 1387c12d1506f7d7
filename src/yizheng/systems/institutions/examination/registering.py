"""健康体检登记: rooms, subjects and people for health examinations; the duplicate remarks it (健康体检管理暂行规定 第四条至第六条)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from yizheng.kernel.codes import name_of
from yizheng.kernel.statutes import checkup_provisions, licensing_law
from yizheng.licensing.answers import Answers
from yizheng.licensing.asking.weighing import answered
from yizheng.licensing.catalogue import declare
from yizheng.licensing.dated_numbers import DatedNumbers, number
from yizheng.licensing.findings import Finding, advise, check, refuse
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect, Material, WorkingDays
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.institutions.item import InstitutionItem, office
from yizheng.systems.institutions.models import DuplicateRemark
from yizheng.systems.institutions.models.remarks import HEALTH_EXAMINATION, REMARK_KINDS, remark_line
from yizheng.systems.institutions.questions import Staff, who_nurses
from yizheng.systems.institutions.record.printing import certify
from yizheng.systems.institutions.record.steps import PromiseStep, amount, count
from yizheng.systems.institutions.verification.clock import Regime

SUBJECTS = ("03", "04", "05", "10", "11", "12", "30", "32")
"""内科、外科、妇产科、眼科、耳鼻咽喉科、口腔科、医学检验科、医学影像科."""


@dataclass(frozen=True)
class ExaminationNumbers(DatedNumbers, prefix="institutions.examination_"):
    """What health examinations need at least."""

    area: int = number("健康体检场所建筑面积", 400, "平方米", checkup_provisions(4), doubtful=True)
    seniors: int = number("内科、外科副高以上医师", 2, "名", checkup_provisions(4), doubtful=True)
    nurses: int = number("注册护士", 10, "名", checkup_provisions(4), doubtful=True)


class ExaminationStep(Step):
    """Rooms and people for health examinations."""

    code, title = "examination", "健康体检条件"
    rows = (("area", "seniors", "nurses"),)

    area = amount("体检场所建筑面积（平方米）")
    seniors = count("内科、外科副高以上医师（名）")
    nurses = count("注册护士（名）")


@dataclass(frozen=True, slots=True, kw_only=True)
class Examining:
    """An institution that wants to examine people in health."""

    area: Decimal | None = answered("examination", "area")
    seniors: int | None = answered("examination", "seniors")
    nurses: int | None = answered("examination", "nurses")
    nursing: int | None = None
    """How many nurses the register knows here; nothing where nobody answers."""
    subjects: tuple[str, ...] = ()
    numbers: ExaminationNumbers = field(default_factory=ExaminationNumbers)


@check("I-H-SUBJECTS", checkup_provisions(4), title="健康体检所需的诊疗科目已经登记")
def subjects_are_there(examining: Examining, on: date) -> Iterator[Finding]:
    """Eight subjects stand on the licence."""
    registered = {code.split(".")[0] for code in examining.subjects}
    missing = [code for code in SUBJECTS if code not in registered]
    if missing:
        yield refuse(
            "", f"没有登记{'、'.join(name_of('clinical_subject', code) for code in missing)}，请先变更诊疗科目"
        )


@check("I-H-ROOMS", checkup_provisions(4), title="健康体检场所的面积", needs=("examination",))
def rooms_are_large_enough(examining: Examining, on: date) -> Iterator[Finding]:
    """Rooms of their own, large enough."""
    if examining.area is not None and examining.area < examining.numbers.area:
        yield refuse("examination.area", f"健康体检场所的建筑面积不少于 {examining.numbers.area} 平方米")


@check("I-H-PEOPLE", checkup_provisions(4), title="健康体检的人员", needs=("examination",))
def people_are_enough(examining: Examining, on: date) -> Iterator[Finding]:
    """Senior doctors of internal medicine or surgery, and nurses."""
    if examining.seniors is not None and examining.seniors < examining.numbers.seniors:
        yield refuse("examination.seniors", f"内科、外科副高以上医师不少于 {examining.numbers.seniors} 名")
    if examining.nurses is not None and examining.nurses < examining.numbers.nurses:
        yield refuse("examination.nurses", f"注册护士不少于 {examining.numbers.nurses} 名")
    elif examining.nursing is not None and examining.nurses is not None and examining.nursing < examining.nurses:
        told = f"填报注册护士 {examining.nurses} 名，登记簿中在本机构执业的护士 {examining.nursing} 名，请核对"
        yield advise("examination.nurses", told)


@declare
class HealthExamination(InstitutionItem):
    """健康体检登记."""

    code, title, short_title, group = "health_exam_register", "健康体检登记", "健康体检登记", "变更与证照"
    articles = (checkup_provisions(4), checkup_provisions(5))
    regimes = (Regime.LICENSED,)
    statutory = WorkingDays(20, licensing_law(42))
    steps = (ExaminationStep, PromiseStep)
    materials = (
        Material("application", "健康体检登记申请", "盖章"),
        Material("projects", "拟开展的健康体检项目目录", "盖章"),
        Material("rooms", "体检场所平面图和设备清单", "标明面积"),
        Material("people", "体检人员名录", "附职称证书、执业证书"),
    )
    weighs = Examining
    checks = (subjects_are_there, rooms_are_large_enough, people_are_enough)

    def may_apply(self, subject_id: int, on: date) -> str | None:
        """It is registered once."""
        refused = super().may_apply(subject_id, on)
        there = not refused and any(
            each.kind == HEALTH_EXAMINATION for each in self.held(subject_id, on).of(DuplicateRemark)
        )
        return refused or ("本机构已登记健康体检" if there else None)

    def known(self, answers: Answers, subject_id: int, on: date) -> dict[str, Any]:
        """The subjects, and what is asked for at least."""
        licence = self.held(subject_id, on).licence
        return {
            "subjects": () if licence is None else tuple(licence.subjects),
            "nursing": len(who_nurses.ask(Staff(subject_id, on))) if who_nurses.is_answered else None,
            "numbers": ExaminationNumbers.on(on),
        }

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The duplicate remarks it."""
        deciding, words = office(case), REMARK_KINDS[HEALTH_EXAMINATION]
        with acting_as_system(f"{self.title}登记"):
            change.state(
                DuplicateRemark, case.subject_id, remark_line(HEALTH_EXAMINATION),
                {"kind": HEALTH_EXAMINATION, "text": words}, valid_from=on, authority_scope=deciding.pk,
            )  # fmt: skip
            case.certificate_id = certify(change, case.subject_id, on, deciding, changed=f"登记{words}").pk
        return Effect("准予健康体检登记，记载于执业许可证副本备注栏")
