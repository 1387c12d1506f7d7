"""What institutions ask of the systems above them, without knowing them, and how they count the answers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from yizheng.kernel.scopes import scopes_of
from yizheng.licensing.ports.questions import Question


@dataclass(frozen=True, slots=True)
class MayPractise:
    """Who may practise this clinical subject (诊疗科目) at this institution on this day?"""

    institution: int
    clinical_subject: str
    on: date


@dataclass(frozen=True, slots=True)
class Practitioner:
    """One person who may, and under what: for the subject's staffing at licensing and verification."""

    register: str
    """The code of the register in which the person may."""
    subject: int
    name: str
    level: str
    scopes: tuple[str, ...]


who_may_practise: Question[MayPractise, Practitioner] = Question("谁可以在本机构从事该诊疗科目的执业活动")
"""医疗机构管理条例 第十五条第四项: an institution needs health staff fit for what it offers."""


@dataclass(frozen=True, slots=True)
class Staff:
    """Who practises at this institution on this day, at whatever subject?"""

    institution: int
    on: date


who_practises: Question[Staff, Practitioner] = Question("谁在本机构执业")
"""Asked by the institution's page, which counts every subject of the licence from one answer."""


who_nurses: Question[Staff, Practitioner] = Question("哪些护士在本机构执业")
"""Nurses have no scope of practice: they count for the institution as a whole (医疗机构管理条例 第十五条第四项)."""


@dataclass(frozen=True, slots=True)
class Practice:
    """Since when has this person practised, and as what, by this day?"""

    person: int
    on: date


@dataclass(frozen=True, slots=True)
class PracticeRecord:
    """One registration under which the person may practise on the day."""

    level: str
    category: str
    since: date
    by_speciality: bool = False
    """Whether she holds the qualification by assessment of her speciality in Chinese medicine (医师法 第十一条第二款)."""


how_practised: Question[Practice, PracticeRecord] = Question("该人员从何时起、以何种级别和类别执业")
"""医师法 第二十条: who opens a clinic has practised five years."""


def fitting(people: Iterable[Practitioner], clinical_subject: str) -> list[Practitioner]:
    """Those of the people one of whose scopes carries the subject, each once: for the list, the counts and the question."""
    wanted = set(scopes_of(clinical_subject))
    return list({each.subject: each for each in people if wanted & set(each.scopes)}.values())
