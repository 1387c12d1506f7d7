"""What the business items of doctors have in common beside those of all people: everything the register says of a doctor.

What concerns the qualification goes to the office that issued it: the city's, for Chinese medicine its administration of Chinese
medicine.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from yizheng.kernel.codes import table
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.collective.naming import LOOKED_UP_FOR
from yizheng.licensing.item import PersonNumber
from yizheng.licensing.models import Case
from yizheng.people import vault
from yizheng.people.canonical import IdentifierKind
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as_system
from yizheng.people.scopes import city, jurisdiction
from yizheng.registry.models import Fact
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.checks.periods import PERIODS
from yizheng.systems.doctors.filings.dependents import end_dependents
from yizheng.systems.doctors.leaving import tell_institutions_left
from yizheng.systems.doctors.permitted import PERMITTED
from yizheng.systems.doctors.reading.gathering import read_ahead
from yizheng.systems.doctors.reading.held import HELD, Held, held_on, read_held
from yizheng.systems.doctors.register import DOCTORS
from yizheng.systems.practitioners import registered_item
from yizheng.systems.practitioners.item import OFFICE, PractitionerItem
from yizheng.systems.practitioners.levels import registering_office


def _holder(number: str, account: Account) -> int | None:
    return vault.resolve(IdentifierKind.QUALIFICATION_NUMBER, number, account, LOOKED_UP_FOR)


class DoctorItem(PractitionerItem):
    """An item about a doctor."""

    of = DOCTORS
    system = "doctors"
    register = "医师"
    permitted = PERMITTED
    known_by = PersonNumber("医师资格证书编码", "qualification_number", _holder)
    memories = (HELD, PERIODS)

    def authority_of(self, answers: Answers, on: date) -> int | None:
        """The authority that registers doctors of the category at the chosen institution."""
        licence = self.chosen(answers, on)
        return None if licence is None else registering_office(licence, _category(answers))

    def routing(self, subject_id: int, on: date) -> dict[str, dict[str, Any]]:
        """The category registered, by which the case finds its way."""
        main = self.held(subject_id, on).main
        return {} if main is None else {OFFICE: {"category": main.category}}

    def after(self, cases: Sequence[Case]) -> None:
        """Besides, institutions that lost who was the last for a subject are put to their authority."""
        super().after(cases)
        with acting_as_system("核对科目人员"):
            tell_institutions_left([case.change_id for case in cases if case.change_id is not None])

    def gather_many(self, asked: Sequence[tuple[Answers, int]], on: date) -> list[Any]:
        """As ``gather``, the register asked about all at once."""
        with acting_as_system(f"核对{self.title}"):
            read_ahead(asked, on)
            return super().gather_many(asked, on)

    def read_many(self, subject_ids: Sequence[int], on: date) -> None:
        """Everything the register says of them."""
        read_held(subject_ids, on)

    def held(self, subject_id: int, on: date) -> Held:
        """Everything the register says of the person, whoever recorded it; a rule must know all of it."""
        with acting_as_system(f"核对{self.title}"):
            return held_on(subject_id, on)

    def basis(self, case: Case, on: date) -> Iterable[Fact]:
        """Everything the register says of the person, and the licence of the institution the form names."""
        licence = self.chosen(load(case), on)
        facts = self.held(case.subject_id, on).facts
        return facts if licence is None else (*facts, licence)


def _category(answers: Answers) -> str:
    """The category registered; of who is not registered the one asked for."""
    steps = (OFFICE, "practice", "qualification", "origin")
    return next((found for step in steps if (found := str(answers.get(step, {}).get("category") or ""))), "")


class RegisteredItem(registered_item.RegisteredItem, DoctorItem):
    """An item handled by the authority that keeps the doctor's registration."""

    def end_dependents(self, subject_id: int, change: ChangeInProgress, on: date, *, because: str) -> None:
        """Filings, special qualifications and leave end with the registration."""
        end_dependents(subject_id, change, on, because=because)


class RecordedAct(registered_item.RecordedAct, RegisteredItem):
    """An act of the authority about a registered doctor."""


class QualificationItem(RegisteredItem):
    """An item about a qualification, handled by the office of the city that issues qualifications."""

    def office(self, subject_id: int, on: date) -> dict[str, Any]:
        """The city's health commission, or its administration of Chinese medicine for that category."""
        qualified = self.held(subject_id, on).qualification_for()
        return {"scope": issuing_office("" if qualified is None else qualified.category).pk}

    def moved(self, answers: Answers, held: Any) -> bool:
        """The office that issues does not change with the doctor."""
        return False


def issuing_office(category: str) -> Scope:
    """The office of the city that issues qualifications of a category."""
    row = table("practice_category").get(category)
    return jurisdiction("TCM") if row is not None and row.attributes["register"] == "tcm" else city()
