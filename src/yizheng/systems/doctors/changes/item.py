"""What the items that change a registration have in common, the papers they ask for, and what their rules weigh.

医师法 第十八条; 行政许可法 第四十九条. The institution confirms, the authority that licensed it decides in twenty working days; the
same grounds of refusal hold as for a first registration; what a status allows is in ``permitted``.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar

from django.utils import timezone

from yizheng.kernel.codes import name_of
from yizheng.licensing.answers import Answers
from yizheng.licensing.findings import Check
from yizheng.licensing.item import Material
from yizheng.systems.doctors import permitted
from yizheng.systems.doctors.changes.learning import EDUCATION_RANK
from yizheng.systems.doctors.changes.rules import Changer, Learning, Origin, Return
from yizheng.systems.doctors.checks.employer import employment_proof_names_institution, licence_in_force
from yizheng.systems.doctors.checks.grounds import assessed_after_bar, no_refusal_ground, promises_truth
from yizheng.systems.doctors.checks.scope import scope_fits_subjects
from yizheng.systems.doctors.conduct.suspending import suspended_until
from yizheng.systems.doctors.models import Registration
from yizheng.systems.doctors.reading.gathering import SCOPES, as_held, known_of
from yizheng.systems.doctors.reading.held import HELD, Held, held_on, left_since
from yizheng.systems.doctors.registration.entering import RegisteringItem
from yizheng.systems.practitioners.models import Education
from yizheng.systems.practitioners.moving_out import under_way

AS_REGISTERED = "按登记簿显示，不能在这里改"
EMPLOYMENT_PROOF = Material("employment_proof", "聘用证明", "由变更后的执业机构盖章")
RELEASE = Material("release", "原注册机关证明", "同意转出的证明或者国家平台的转出记录")
QUALIFICATION = Material("qualification", "医师资格证书", "拟变更类别的资格证书")
DIPLOMA = Material("diploma", "学历证书", "主管部门认可的同一类别其他专业高一层次学历")
TRAINING = Material("training_proof", "培训考核合格证明", "由省级以上主管部门指定的培训基地出具")
GENERAL_PRACTICE = Material("general_practice", "全科医师培训合格证书", "申请全科医学专业的提交")
RETURN_TRAINING = Material("training_proof", "培训考核合格证明", "中止执业满二年的提交")
PHYSICAL_CHECK = Material("physical_check", "体检证明", "北京市内医疗机构出具，6 个月内")
ASSISTANT_CERTIFICATE = Material("assistant_certificate", "执业助理医师执业证书", "准予后交回原件")
EXAMINATION_FORM = Material("examination_form", "医师资格考试报名申请表", "执业范围与原注册不同的提交，写明报考专业")
BASE_PROOF = Material("base_proof", "规范化培训证明", "由培训基地盖章")


def conditions(item_code: str, *particular: Check) -> tuple[Check, ...]:
    """The checks of an item: the status, the grounds of refusal, what is particular to it, the institution."""
    return (
        permitted.status_permits(item_code),
        no_refusal_ground,
        assessed_after_bar,
        *particular,
        licence_in_force,
        scope_fits_subjects,
        employment_proof_names_institution,
        promises_truth,
    )


class ChangeItem(RegisteringItem):
    """An item that changes how somebody is registered."""

    weighs: ClassVar[type[Changer]] = Changer
    changed: ClassVar[str] = ""
    """What the certificate enters as the item changed (变更项目)."""

    def may_apply(self, subject_id: int, on: date) -> str | None:
        """What the status allows, and what the registration itself stands against."""
        held = self.held(subject_id, on)
        return permitted.may_apply(self.code, held.status) or self.unfit(held.main)

    def unfit(self, main: Registration | None) -> str | None:
        """Why the item does not concern a registration of this kind, or nothing."""
        if main is not None and not main.place:
            return "执业地点、执业范围尚未登记，请先办理规培学员补登执业地点"
        return None

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """What stands, where the form shows it."""
        today = timezone.localdate()
        begun = self.begun(self.held(subject_id, today), today)
        return {self.institution_step: begun, **self.routing(subject_id, today)}

    def begun(self, held: Held, on: date) -> dict[str, Any]:
        """The fields of the step of the institution that are known."""
        return {"former": held.main_institution}

    def gather(self, answers: Answers, subject_id: int, on: date) -> Any:
        """What the form says and, where it does not ask, what stands."""
        with HELD.block():
            return super().gather(_with_what_stands(answers, self.held(subject_id, on)), subject_id, on)

    def known(self, answers: Answers, subject_id: int, on: date) -> dict[str, Any]:
        """What the register says of her, the registration that counts, and what else is under way."""
        held = held_on(subject_id, on)
        main, known = held.main, known_of(answers, subject_id, on, held)
        return {
            **known,
            "now": None if main is None else known["registrations"][held.standing.index(main)],
            "left_on": None if main is None else left_since(main),
            "suspended": suspended_until(main, on) is not None,
            "open_cases": under_way(subject_id).exclude(item_code=self.code).count(),
            "qualifications": tuple(map(as_held, held.qualifications)),
            "learning": _learning(answers, held.educations),
            "origin": answers.stated("origin", Origin),
            "back": _return(answers, held),
        }


class ScopeItem(ChangeItem):
    """An item by which a doctor stays where she is: the main institution, shown and not chosen, consents."""

    def begun(self, held: Held, on: date) -> dict[str, Any]:
        """The main institution and the scopes registered."""
        main = held.main
        if main is None:
            return {}
        return {
            "institution": held.main_institution,
            "category": main.category,
            "former": "、".join(name_of("practice_scope", code) for code in main.scopes),
        }


def _with_what_stands(answers: Answers, held: Held) -> Answers:
    """The answers, with level, category and scopes as registered, here or elsewhere, where the form does not ask."""
    main, practice = held.main, {**_elsewhere(answers.get("origin", {})), **answers.get("practice", {})}
    person = dict(answers.get("person", {}))
    if held.identity is not None:
        person.setdefault("name", held.identity.name)
        person.setdefault("birth_date", held.identity.birth_date)
    if main is not None:
        practice = {"level": main.level, "category": main.category, **practice}
        if not practice.get("scope"):
            practice |= dict(zip(SCOPES, main.scopes, strict=False))
    declared = {**answers.get("fitness", {}), **answers.get("declaration", {})}
    return Answers({**answers, "practice": practice, "person": person, "declaration": declared})


def _elsewhere(origin: Mapping[str, Any]) -> dict[str, Any]:
    return {name: origin[name] for name in ("level", "category", *SCOPES) if origin.get(name)}


def _learning(answers: Answers, educations: Iterable[Education]) -> Learning:
    known = [each.level for each in educations if each.level in EDUCATION_RANK]
    best, passed = max(known, key=EDUCATION_RANK.index, default=""), answers.flag("learning", "result")
    return answers.stated("learning", Learning, best_education=best, passed=passed)


def _return(answers: Answers, held: Held) -> Return:
    """What was typed; where no assessment was, the last one passed on record."""
    passed = answers.flag("back", "assessment")
    if passed is None and held.assessed_on is not None:
        return answers.stated("back", Return, assessed_on=held.assessed_on, assessment_passed=True)
    return answers.stated("back", Return, assessment_passed=passed)
