"""What the items that change a registration have in common (医师法 第十八条; 行政许可法 第四十九条).

The institution confirms, the authority that licensed it decides in twenty working days; the same grounds of refusal
hold as for a first registration; what a status allows is in ``permitted``.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from django.utils import timezone

from yizheng.kernel.codes import name_of
from yizheng.kernel.statutes import physicians_law
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.findings import Check
from yizheng.licensing.item import Effect, Initiator, Stage, WorkingDays
from yizheng.licensing.models import Case
from yizheng.people.models import Scope
from yizheng.people.scope import acting_as_system
from yizheng.registry.models import Fact
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors import permitted
from yizheng.systems.doctors.acts.entering import Entry
from yizheng.systems.doctors.acts.registering import InstitutionGoneError
from yizheng.systems.doctors.bases.item import DoctorItem
from yizheng.systems.doctors.checks.change import Changer
from yizheng.systems.doctors.checks.declarations import promises_truth
from yizheng.systems.doctors.checks.employer import employment_proof_names_institution, licence_in_force
from yizheng.systems.doctors.checks.grounds import assessed_after_bar, no_refusal_ground
from yizheng.systems.doctors.checks.scope import scope_fits_subjects
from yizheng.systems.doctors.models import Registration
from yizheng.systems.doctors.reading.gathering_changes import changer_from
from yizheng.systems.doctors.reading.held import Held
from yizheng.systems.institutions import licences


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


class ChangeItem(DoctorItem):
    """An item that changes how somebody is registered."""

    initiators: ClassVar[tuple[Initiator, ...]] = (Initiator.PERSON,)
    route = (Stage.CONFIRM, Stage.ACCEPT, Stage.REVIEW, Stage.DECIDE)
    statutory = WorkingDays(20, physicians_law(13))
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
        return {self.institution_step: self.begun(self.held(subject_id, today), today)}

    def begun(self, held: Held, on: date) -> dict[str, Any]:
        """The fields of the step of the institution that are known."""
        main = held.main
        return {"former": "" if main is None else licences.name_of(main.institution_id, on)}

    def gather(self, answers: Answers, subject_id: int, on: date) -> Changer:
        """What the rules weigh."""
        return changer_from(answers, subject_id, on, self.code)

    def basis(self, case: Case, on: date) -> Iterable[Fact]:
        """Everything the register says of the person, and the institution's licence."""
        licence = self.chosen(load(case), on)
        facts = self.held(case.subject_id, on).facts
        return facts if licence is None else (*facts, licence)

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """Enter what was granted. Raises InstitutionGoneError when the institution has no licence any more."""
        typed = load(case)
        licence = self.chosen(typed, on)
        if licence is None:
            raise InstitutionGoneError("拟执业机构在决定日没有执业许可")
        held = self.held(case.subject_id, on)
        with acting_as_system(f"{self.title}登记"):
            office = Scope.objects.get(pk=licence.authority_scope)
            return self.enter(Entry(case, typed, held, licence, office, change, on))

    def enter(self, entry: Entry) -> Effect:
        """Write the facts, inside the deciding transaction and with sight of every line of the person."""
        raise NotImplementedError


class ScopeItem(ChangeItem):
    """An item by which a doctor stays where she is: the main institution, shown and not chosen, consents."""

    def begun(self, held: Held, on: date) -> dict[str, Any]:
        """The main institution and the scopes registered."""
        main = held.main
        if main is None:
            return {}
        return {
            "institution": licences.name_of(main.institution_id, on),
            "category": main.category,
            "former": "、".join(name_of("practice_scope", code) for code in main.scopes),
        }
