"""What the business items of permits share: which permit they are about, what their forms begin with."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar, Generic, TypeVar

from django.utils import timezone

from yizheng.licensing.answers import load
from yizheng.licensing.item import Candidate
from yizheng.licensing.models import Case
from yizheng.registry.models import Fact
from yizheng.systems.doctors.item import DoctorItem
from yizheng.systems.doctors.models import ShortTermPractice, VillageRegistration
from yizheng.systems.institutions import licences
from yizheng.systems.practitioners import permits
from yizheng.systems.practitioners.levels import LevelItem

Permit = TypeVar("Permit", ShortTermPractice, VillageRegistration)


class PermitItem(LevelItem, DoctorItem, Generic[Permit]):
    """An item about a permit that somebody has or asks for."""

    permit: type[Permit]
    nothing: ClassVar[str] = ""
    """Why nobody begins who has no permit that it could be about; empty where none is needed."""
    begins_with: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    """By step the fields of the form that begin with what the permit says."""

    def versions(self, subject_id: int) -> tuple[Permit, ...]:
        """Every version of the person's permits, oldest first."""
        return permits.held_of(self.permit, subject_id, f"核对{self.title}")

    def about(self, subject_id: int, on: date) -> list[Permit]:
        """The permits it is about: those that allow practice."""
        return permits.standing(self.versions(subject_id), on)

    def may_apply(self, subject_id: int, on: date) -> str | None:
        """Where a permit is needed, only its holder."""
        return None if not self.nothing or self.about(subject_id, on) else self.nothing

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """What the first permit it is about says."""
        today = timezone.localdate()
        first = next(iter(self.about(subject_id, today)), None)
        if first is None:
            return {}
        house = licences.name_of(first.institution_id, today)
        return {
            step: {name: house if name == "institution" else getattr(first, name) for name in names}
            for step, names in self.begins_with.items()
        }

    def staff(self, institution_scope: int, on: date) -> Iterable[Candidate]:
        """Who practises by such a permit at the institution, by name."""
        return self.named_at(
            institution_scope,
            self.permit,
            on,
            lambda each: each.certificate_number if each.allows_practice(on) else None,
        )

    def basis(self, case: Case, on: date) -> Iterable[Fact]:
        """The permits it is about, and the licence of the institution."""
        found: list[Fact] = list(self.about(case.subject_id, on))
        licence = self.chosen(load(case), on)
        return found if licence is None else [*found, licence]
