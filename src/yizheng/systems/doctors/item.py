"""What the business items of doctors have in common: which institution confirms, which authority decides, what follows.

The authority that licensed the institution decides on its doctors (医师执业注册管理办法 第八条); who is registered or
deregistered is published (医师法 第二十一条).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from typing import Any, ClassVar

from django.utils import timezone

from yizheng.disclosure.publishing import refresh
from yizheng.kernel.remembering import Memory
from yizheng.licensing.answers import Answers
from yizheng.licensing.item import Candidate, Item
from yizheng.licensing.models import Case
from yizheng.people.models import Scope
from yizheng.people.scope import acting_as_system
from yizheng.people.scopes import organisation_of
from yizheng.systems.doctors.models import Registration
from yizheng.systems.doctors.reading.gathering import AGREES, read_ahead
from yizheng.systems.doctors.reading.held import BEARERS, HELD, Held, held_on
from yizheng.systems.doctors.registration.registering import OFFICES
from yizheng.systems.doctors.rules import PERIODS
from yizheng.systems.doctors.short_term.reading import HELD_FOR_SHORT
from yizheng.systems.doctors.special.reading import SPECIAL
from yizheng.systems.institutions import licences
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.systems.practitioners.identities import PHOTOS
from yizheng.systems.practitioners.models import PersonIdentity

_SHARED: tuple[Memory[Any, Any], ...] = (
    licences.NAMED, HELD, BEARERS, AGREES, PERIODS, HELD_FOR_SHORT, SPECIAL, PHOTOS, OFFICES,
)  # fmt: skip


class DoctorItem(Item):
    """An item about a doctor, decided by the authority of the institution that its form names."""

    system = "doctors"
    register = "医师"
    institution_step: ClassVar[str] = "practice"
    """The step whose field ``institution`` names the institution that confirms."""

    @contextmanager
    def together(self) -> Iterator[None]:
        """What is read of many people, and the institutions they name, is read once."""
        with ExitStack() as remembered:
            for memory in _SHARED:
                remembered.enter_context(memory.block())
            yield

    def gather_many(self, asked: Sequence[tuple[Answers, int]], on: date) -> list[Any]:
        """As ``gather``, the register asked about all at once."""
        with acting_as_system(f"核对{self.title}"):
            read_ahead(asked, on)
            return super().gather_many(asked, on)

    def chosen(self, answers: Answers, on: date) -> InstitutionLicence | None:
        """The institution the form names, as its licence stands on the day."""
        name = answers.text(self.institution_step, "institution")
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

    def prefill_for(self, subject_id: int, institution_scope: int) -> dict[str, dict[str, Any]]:
        """What is known, and the institution that applies where the form asks for one."""
        known = self.prefill(subject_id)
        step = next((each for each in self.steps if each.code == self.institution_step), None)
        if step is None or "institution" not in step.base_fields:
            return known
        house = Scope.objects.filter(pk=institution_scope).values_list("subject_id", flat=True).first()
        name = licences.name_of(house, timezone.localdate())
        return {**known, step.code: {**known.get(step.code, {}), "institution": name}}

    def staff(self, institution_scope: int, on: date) -> Iterable[Candidate]:
        """The doctors mainly practising at the institution, by name."""
        institution = Scope.objects.filter(pk=institution_scope).values_list("subject_id", flat=True).first()
        with acting_as_system(f"选择人员办理{self.title}"):
            here = Registration.objects.as_of(on).filter(institution_id=institution or 0)
            found = {each.subject_id: each for each in here if each.stands}
            people = PersonIdentity.objects.as_of(on).filter(subject_id__in=found).order_by("name")
            return [
                Candidate(each.subject_id, each.name, found[each.subject_id].practice_number)
                for each in people
            ]

    def may_initiate(self, subject_id: int, institution_scope: int, on: date) -> str | None:
        """An institution applies for those who practise there, under the same conditions as themselves."""
        if all(each.subject_id != subject_id for each in self.staff(institution_scope, on)):
            return "只能为本机构的在册医师办理"
        return self.may_apply(subject_id, on)

    def after(self, cases: Sequence[Case]) -> None:
        """The public register says what the register says now."""
        refresh("doctor", [case.subject_id for case in cases])
