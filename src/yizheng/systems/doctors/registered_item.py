"""Items about a doctor who is registered already (医师法 第十七条、第十八条), and about a qualification.

What concerns the qualification goes to the office that issued it: the city's, for Chinese medicine its administration of Chinese
medicine.
"""

from datetime import date
from typing import Any

from yizheng.kernel.codes import table
from yizheng.licensing.answers import Answers
from yizheng.people.models import Scope
from yizheng.people.scopes import city, jurisdiction
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.filings.dependents import end_dependents
from yizheng.systems.doctors.item import DoctorItem
from yizheng.systems.practitioners import registered_item


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
