"""What the business items of doctors have in common: which institution confirms, which authority decides, what follows.

The authority that licensed the institution decides on its doctors (医师执业注册管理办法 第八条); who is registered or
deregistered is published (医师法 第二十一条).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from yizheng.disclosure.publishing import refresh
from yizheng.licensing.item import Item
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.people.scopes import organisation_of
from yizheng.registry.models import Change
from yizheng.systems.doctors.history import history_of
from yizheng.systems.doctors.reading import Held, held_on
from yizheng.systems.institutions import licences
from yizheng.systems.institutions.models import InstitutionLicence

Answers = Mapping[str, Mapping[str, Any]]


class DoctorItem(Item):
    """An item about a doctor, decided by the authority of the institution that its form names."""

    system = "doctors"
    register = "医师"
    institution_step: ClassVar[str] = "practice"
    """The step whose field ``institution`` names the institution that confirms."""

    def chosen(self, answers: Answers, on: date) -> InstitutionLicence | None:
        """The institution the form names, as its licence stands on the day."""
        name = str(answers.get(self.institution_step, {}).get("institution", ""))
        return licences.named(name, on)

    def institution_of(self, answers: Answers, on: date) -> int | None:
        """The organisation of the chosen institution."""
        licence = self.chosen(answers, on)
        scope = None if licence is None else organisation_of(licence.subject_id)
        return None if scope is None else scope.pk

    def authority_of(self, answers: Answers, on: date) -> int | None:
        """The authority that licensed the chosen institution."""
        licence = self.chosen(answers, on)
        return None if licence is None else licence.authority_scope

    def held(self, subject_id: int, on: date) -> Held:
        """Everything the register says of the person, whoever recorded it; a rule must know all of it."""
        with acting_as_system(f"核对{self.title}"):
            return held_on(subject_id, on)

    def history(self, subject_id: int) -> list[tuple[date, str]]:
        """What the register knows of the person, newest first."""
        return history_of(subject_id)

    def after(self, case: Case, change: Change) -> None:
        """The public register says what the register says now."""
        refresh("doctor", [case.subject_id])
