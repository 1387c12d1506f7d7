"""Items that give a qualification on papers instead of an examination: identity, qualification, number, certificate.

The exchange of military qualifications, the recognition of doctors from Hong Kong, Macau and Taiwan, and the assessment of
specialists in Chinese medicine are such items.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, ClassVar

from yizheng.kernel.codes import name_of
from yizheng.kernel.identifiers import make_qualification_number
from yizheng.kernel.statutes import licensing_law, physicians_law
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.findings import Finding, check, refuse
from yizheng.licensing.item import Effect, WorkingDays
from yizheng.licensing.models import Case
from yizheng.people import vault
from yizheng.people.canonical import IdentifierKind
from yizheng.people.scope import acting_as_system
from yizheng.people.searching.search import index_name
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.checks.grounds import ground, stands
from yizheng.systems.doctors.checks.periods import periods
from yizheng.systems.doctors.item import QualificationItem, issuing_office
from yizheng.systems.doctors.models import Qualification
from yizheng.systems.doctors.models.qualification import line
from yizheng.systems.doctors.qualification import qualifying
from yizheng.systems.doctors.reading.gathering import bar_of, prefilled
from yizheng.systems.practitioners.checks import Concerned
from yizheng.systems.practitioners.identities import enter_identity, photo_of

BEIJING = "11"


@dataclass(frozen=True, slots=True, kw_only=True)
class Obtaining(Concerned):
    """Somebody who asks for a qualification, and what she held before."""

    level: str = ""
    category: str = ""
    held_already: bool = False
    """Whether a qualification of this level and category is in the register."""
    barred: bool = False
    """Whether an application of this kind is not accepted now (R11)."""


@check("D-QO01", physicians_law(12), title="尚无同级别同类别的医师资格")
def not_held_yet(person: Obtaining, on: date) -> Iterator[Finding]:
    """One qualification of a level and category is enough."""
    if person.held_already:
        yield refuse("", "资格数据中已有同级别、同类别的医师资格")


@check("D-QO02", physicians_law(54), title="不在三年内不受理的期限内")
def not_barred(person: Obtaining, on: date) -> Iterator[Finding]:
    """Whose qualification was annulled for improper means waits three years."""
    if person.barred:
        yield refuse("", "以不正当手段取得资格被撤销，三年内不受理相应申请")


@dataclass(frozen=True, slots=True)
class Granted:
    """What is granted: level, category, the day it was obtained, and what was assessed where it holds for that alone."""

    level: str
    category: str
    qualified_on: date
    assessed_scope: str = ""

    def number(self, identity_number: str) -> str:
        """The qualification number of the holder with this identity number."""
        return make_qualification_number(self.qualified_on.year, BEIJING, self.level, self.category, identity_number)


class ObtainingItem(QualificationItem):
    """An item that gives a qualification on papers."""

    group = "医师资格"
    statutory = WorkingDays(20, licensing_law(42))
    way: ClassVar[str]
    """How the qualification is obtained, by its code."""

    def granted(self, answers: Answers, on: date) -> Granted:
        """What the form asks for."""
        raise NotImplementedError

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """Who she is, as far as the platform knows."""
        return {**super().prefill(subject_id), "person": prefilled(subject_id)["person"]}

    def authority_of(self, answers: Answers, on: date) -> int | None:
        """The office of the city for the category asked for."""
        return issuing_office(self.granted(answers, on).category).pk

    def known(self, answers: Answers, subject_id: int, on: date) -> dict[str, Any]:
        """What the rules of every such item weigh: what is asked for, whether it is held already or barred."""
        held, granted = self.held(subject_id, on), self.granted(answers, on)
        law = ground("R11", on)
        bars = [bar_of(each) for each in held.bars if each.ground == "R11"]
        return {
            "register_status": held.status,
            "level": granted.level,
            "category": granted.category,
            "held_already": any(
                (each.level, each.category) == (granted.level, granted.category) for each in held.qualifications
            ),
            "barred": law is not None and any(stands(bar, law, periods(on), on) for bar in bars),
        }

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """Enter person and qualification; say what is certified. What was assessed has no number and no studies."""
        answers, office = load(case), case.decided_by
        assert office is not None
        granted, card = self.granted(answers, on), str(answers["person"]["id_number"])
        with acting_as_system(self.title):
            held = self.held(case.subject_id, on)
            known, photo = held.identity, photo_of(case)
            since = on if known is None else known.valid_from
            identity = enter_identity(
                change, case.subject_id, answers["person"], office=office, photo=photo, on=since, known=known
            )
            serial = number = qualifying.new_serial(on, case.subject_id, change.id)
            if granted.assessed_scope:
                held = replace(held, educations=())
            else:
                number = granted.number(card)
                vault.store(case.subject_id, IdentifierKind.QUALIFICATION_NUMBER, number)
            values = {
                "level": granted.level,
                "category": granted.category,
                "qualified_on": granted.qualified_on,
                "issuer": qualifying.issuer(office),
                "way": self.way,
                "holder_name": identity.name,
                "holder_sex": identity.sex,
                "holder_birth_date": identity.birth_date,
                "assessed_scope": granted.assessed_scope,
            }
            where = change.next_line(Qualification, case.subject_id, line)
            qualification = change.state(
                Qualification, case.subject_id, where, values, valid_from=on, authority_scope=office
            )
            index_name(case.subject_id, identity.name, [office])
            fields = qualifying.printed(
                qualification, held, identity_number=card, number=number, serial=serial, office=office,
                photo=identity.photo,
            )  # fmt: skip
        return Effect(self.summary(granted), qualifying.KIND, fields)

    def summary(self, granted: Granted) -> str:
        """What the applicant reads."""
        level, category = name_of("practice_level", granted.level), name_of("practice_category", granted.category)
        return f"取得{level}资格（{category}）"
