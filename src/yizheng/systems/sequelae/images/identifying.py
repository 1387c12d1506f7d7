"""Whose a study is, by what it says: accepted, to be looked at, or rejected; a decision by hand about the same patient number stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from yizheng.kernel.calendar import full_years
from yizheng.kernel.identifiers.citizen_numbers import NumberState, read_citizen_number
from yizheng.kernel.linkage.assigning import assign
from yizheng.kernel.linkage.scoring import Record
from yizheng.systems.sequelae.images.reading import Seen
from yizheng.systems.sequelae.models import Study
from yizheng.systems.sequelae.models.images import StudyState

AGE_REACH = 1
"""A printed age may be so many years off."""


@dataclass(frozen=True, slots=True)
class Whose:
    """The outcome, the person where there is one, and why in words."""

    state: StudyState
    person: int | None
    why: str


def record_of(seen: Seen, codes: frozenset[str]) -> Record:
    """What the object says, as it is compared: its patient number counts where it is a citizen number or a register number."""
    number = seen.patient if read_citizen_number(seen.patient).state is NumberState.VALID else ""
    code = seen.patient.upper() if seen.patient.upper() in codes else ""
    return Record(seen.name, seen.sex, seen.birth, number, code)


def whose(seen: Seen, register: Mapping[int, Record], index: bytes) -> Whose:
    """The outcome of the check."""
    decided = Study.objects.filter(patient_index=index).exclude(decider=None).order_by("-id").first()
    if decided is not None:
        return Whose(StudyState(decided.state), decided.person_id, "同一病人号已由人工认定")
    record = record_of(seen, frozenset(each.code.upper() for each in register.values()))
    (answer,) = assign([record], register)
    if not answer.candidates:
        return Whose(StudyState.REJECTED, None, "登记中没有姓名、性别、出生日期相符的人")
    best = answer.candidates[0]
    doubts = [each for each in (seen.doubt, _age_doubt(seen, register[best.person].birth)) if each]
    why = "；".join([best.compared.why, *doubts])[:200]
    if answer.person is None or doubts:
        return Whose(StudyState.REVIEW, best.person, why)
    return Whose(StudyState.ACCEPTED, answer.person, why)


def _age_doubt(seen: Seen, birth: date | None) -> str:
    if seen.age is None or birth is None or abs(full_years(birth, seen.on) - seen.age) <= AGE_REACH:
        return ""
    return f"影像写 {seen.age} 岁，按登记的出生日期为 {full_years(birth, seen.on)} 岁"
