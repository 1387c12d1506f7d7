"""A doctor's facts in words: the label of a line, what a version says, the value of each field, what a change did."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from yizheng.disclosure.standings import NOT_REGISTERED, WORDS, Standing, Words
from yizheng.kernel.codes import name_of
from yizheng.kernel.codes import table as code_table
from yizheng.registry.models import ChangeKind, Fact
from yizheng.systems.doctors.models import (
    Expiry,
    InstitutionFiling,
    LeaveFiling,
    MilitaryTransfer,
    PeriodicAssessment,
    Qualification,
    Registration,
    ShortTermPractice,
    SpecialQualification,
    VillageRegistration,
)
from yizheng.systems.doctors.models.registration import REGISTERED
from yizheng.systems.doctors.pages import permit_words
from yizheng.systems.doctors.pages.names import Names
from yizheng.systems.practitioners.models import (
    ConductRecord,
    Education,
    ExamResult,
    PenaltyRecord,
    PersonIdentity,
    ProfessionalTitle,
    RegistrationBar,
    TrainingProof,
)
from yizheng.systems.practitioners.models.training import TRAINING
from yizheng.systems.practitioners.places import place_name
from yizheng.systems.record import LineStep, Step

_TABLES = {
    "level": "practice_level",
    "category": "practice_category",
    "scopes": "practice_scope",
    "status": "doctor_register_status",
    "sex": "gender",
    "ethnic_group": "ethnic_group",
    "employment": "employment_kind",
    "way": "acquisition_way",
    "degree": "degree",
    "learning_form": "learning_form",
    "ground": "doctor_refusal_reason",
    "type": "special_qualification_type",
    "special_type": "special_qualification_type",
    "event": "military_event",
}
_TABLES_OF_KIND: dict[tuple[type[Fact], str], str] = {
    (Education, "level"): "education_level",
    (Qualification, "holder_education"): "education_level",
    (PenaltyRecord, "kind"): "doctor_penalty_kind",
    (ConductRecord, "category"): "doctor_conduct_category",
    (PeriodicAssessment, "failing"): "assessment_failing_ground",
    (ProfessionalTitle, "title"): "professional_title",
}
_REVIEWED = {"changed": "改为合格", "upheld": "维持"}


class Wording:
    """The words for the versions of one record."""

    def __init__(self, names: Names) -> None:
        self.names = names

    def line(self, fact: Fact) -> str:
        """The label of the line a version stands on: 执业注册 北京市."""
        match fact:
            case Registration():
                return f"执业注册 {place_name(fact.place) or '未定地点'}"
            case Qualification():
                return f"医师资格 {name_of('practice_level', fact.level)}"
            case InstitutionFiling():
                return f"多机构备案 {self.names.institution(fact.institution_id)}"
            case TrainingProof():
                return "培训并考核" if fact.kind == TRAINING else "执业前考核"
            case RegistrationBar():
                return f"不予注册情形 {fact.ground}"
            case SpecialQualification():
                return permit_words.title(fact)
            case ShortTermPractice():
                return f"{permit_words.origin(fact)} {self.names.institution(fact.institution_id)}"
        return fact.kind_title()

    def says(self, fact: Fact) -> str:
        """What a version says, in one phrase."""
        match fact:
            case Registration():
                return self._registration(fact)
            case Qualification():
                return f"{name_of('practice_category', fact.category)}　{fact.qualified_on} 取得"
            case InstitutionFiling():
                return self.names.institution(fact.institution_id) or "备案有效"
            case PeriodicAssessment():
                again = "再次考核" if fact.again else ""
                return f"{again}{'合格' if fact.passed else '不合格'}"
            case TrainingProof():
                return "合格" if fact.passed else "不合格"
            case PenaltyRecord():
                return f"{self.value(fact, 'kind')}　{fact.behaviour}"
            case RegistrationBar():
                return name_of("doctor_refusal_reason", fact.ground)
            case PersonIdentity():
                return fact.name
            case Education():
                return f"{fact.school}　{fact.major}"
        return self._beside(fact)

    def _beside(self, fact: Fact) -> str:
        """What a version beside the registration says: leave, what ended by itself, permits; of any other its first values."""
        match fact:
            case LeaveFiling():
                house = self.names.institution(fact.institution_id)
                return f"{house}　{name_of('doctor_leave_reason', fact.reason)}　{fact.left_on} 离岗"
            case Expiry():
                return fact.what
            case ConductRecord():
                return f"{self.value(fact, 'kind')}　{fact.content}"
            case ProfessionalTitle():
                return self.value(fact, "title")
            case ExamResult():
                passed = "合格" if fact.passed else "不合格"
                return f"{fact.exam_year}年　{name_of('exam_category', fact.exam_category)}　{passed}"
            case MilitaryTransfer():
                return f"{self.value(fact, 'direction')}　{fact.transferred_on}"
            case SpecialQualification() | ShortTermPractice() | VillageRegistration():
                return self._permit(fact)
        values = (self.value(fact, field.name) for field in fact.typed_fields())
        return "　".join([value for value in values if value][:2])

    def _permit(self, fact: SpecialQualification | ShortTermPractice | VillageRegistration) -> str:
        status = name_of("permit_status", fact.status)
        until = f"有效期至 {fact.valid_until}" if fact.valid_until else ""
        house = self.names.institution(fact.institution_id)
        return "　".join(part for part in (status, house, until) if part)

    def _registration(self, fact: Registration) -> str:
        if fact.status != REGISTERED:
            return standing(fact).long
        scopes = fact.scope_text or "；".join(short_scope(code) for code in fact.scopes)
        return (
            "　".join(part for part in (self.names.institution(fact.institution_id), scopes) if part)
            or "在册"
        )

    def value(self, fact: Fact, field: str) -> str:
        """The value of a field as a person reads it; empty when there is none."""
        if field == "institution":
            return self.names.institution(getattr(fact, "institution_id", None))
        value = getattr(fact, field)
        if value in (None, "", []):
            return ""
        if (said := permit_words.value(fact, field)) is not None:
            return said
        if field == "place":
            return place_name(value)
        if field == "reason":
            return reason_words(value)
        if field == "nationality":
            return name_of("nationality", str(value))
        if field == "photo":
            return f"照片 {value[:8]}"
        if field == "review_result":
            return _REVIEWED.get(value, str(value))
        chosen = dict(fact._meta.get_field(field).flatchoices)  # type: ignore[union-attr]  # noqa: SLF001
        if chosen:
            return str(chosen.get(value, value))
        table = _TABLES_OF_KIND.get((type(fact), field)) or _TABLES.get(field)
        return _plain(value, table, field)

    def takes_effect(self, step: Step) -> date:
        """The first day that the weightiest line of a change reads differently."""
        first = min(step.lines, key=_weight)
        version = first.new or first.old
        return version.valid_from if version else date.min

    def headline(self, step: Step) -> str:
        """What a change did, by its weightiest line."""
        if step.change.undoes_id and step.change.kind == ChangeKind.ROLLBACK:
            return f"回退变更 {step.change.undoes_id}"
        first = min(step.lines, key=_weight)
        more = len({(each.kind, each.line) for each in step.lines}) - 1
        return self._did(first) + (f"，另 {more} 项" if more else "")

    def _did(self, step: LineStep) -> str:
        old, new = step.old, step.new
        if isinstance(new, Registration):
            return self._registered(old if isinstance(old, Registration) else None, new)
        if new is None:
            return f"撤去 {self.line(old)}" if old else ""
        if old is None:
            label = self.line(new)
            events = isinstance(new, PeriodicAssessment | TrainingProof | Expiry)
            told = isinstance(new, PenaltyRecord | ConductRecord | MilitaryTransfer)
            return f"{label}{'：' * told}{self.says(new)}" if events or told else label
        ended = new.valid_to != old.valid_to and new.what_is_said() == old.what_is_said()
        return f"{'终止' if ended else '变更'} {self.line(new)}"

    def _registered(self, old: Registration | None, new: Registration) -> str:
        house = self.names.institution(new.institution_id)
        if old is None:
            return f"首次注册：{house}" if house else "首次注册"
        if old.status != new.status:
            return f"恢复执业：{house}" if new.status == REGISTERED else standing(new).long
        if old.institution_id != new.institution_id:
            return f"变更主要执业机构：{house or '无'}"
        added = [short_scope(code) for code in new.scopes if code not in old.scopes]
        if added:
            return f"增加执业范围：{'、'.join(added)}"
        return "变更执业范围" if old.scopes != new.scopes else "变更执业注册"


_WEIGHT: dict[type[Fact], int] = {
    Registration: 0,
    InstitutionFiling: 1,
    LeaveFiling: 1,
    SpecialQualification: 1,
    ShortTermPractice: 1,
    VillageRegistration: 1,
    RegistrationBar: 2,
    PenaltyRecord: 3,
    Qualification: 4,
    PersonIdentity: 90,
    Education: 91,
    TrainingProof: 80,
    ConductRecord: 6,
    MilitaryTransfer: 5,
    ProfessionalTitle: 85,
}


def _weight(step: LineStep) -> int:
    return _WEIGHT.get(step.kind, 50)


def standing(fact: Registration | None) -> Words:
    """The words of the face for how a registration stands; without one, that there is none."""
    if fact is None:
        return NOT_REGISTERED
    if fact.status in WORDS:
        return WORDS[Standing(fact.status)]
    words = name_of("doctor_register_status", fact.status)
    return Words("无此项", f"（{words}）", f"{words}，在本市不得执业", "")


def short_scope(code: str) -> str:
    """内科专业 is 内科 where room is dear."""
    return name_of("practice_scope", code).removesuffix("专业")


def reason_words(code: str) -> str:
    """A reason for leaving or deregistration with its code: 调离（L01）."""
    for name in ("doctor_leave_reason", "doctor_deregistration_reason"):
        if (found := code_table(name).get(code)) is not None:
            return f"{found.name}（{code}）"
    return code


def _plain(value: Any, table: str | None, field: str) -> str:
    if isinstance(value, list):
        return "；".join(_plain(each, table, field) for each in value)
    if isinstance(value, bool):
        return ("合格" if value else "不合格") if field == "passed" else ("是" if value else "否")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return name_of(table, str(value)) if table else str(value)
