"""Reading short-term practice: what stands on a day at which hosts, and what was ended before."""

from dataclasses import dataclass
from datetime import date

from yizheng.kernel.remembering import Memory
from yizheng.people.scope import acting_as_system
from yizheng.systems.doctors.models import ShortTermPractice
from yizheng.systems.doctors.models.permit import VALID
from yizheng.systems.doctors.short_term.hmt_rules import EndedPractice


@dataclass(frozen=True, slots=True)
class ShortTermHeld:
    """One person's short-term practice: every current version, oldest first."""

    versions: tuple[ShortTermPractice, ...]

    def standing(self, on: date) -> tuple[ShortTermPractice, ...]:
        """What allows practice on ``on``, one a host."""
        return tuple(each for each in self.versions if each.in_force_on(on) and each.allows_practice(on))

    @property
    def ended(self) -> tuple[EndedPractice, ...]:
        """What was ended for a reason, with the day it ended."""
        return tuple(EndedPractice(reason=each.reason, on=each.valid_from) for each in self.versions if each.reason)

    def last(self, on: date) -> ShortTermPractice | None:
        """What held latest, in force or not; its certificate is the one meant."""
        begun = [each for each in self.versions if each.valid_from <= on and each.status == VALID]
        return max(begun, key=lambda each: (each.valid_from, each.pk), default=None)


HELD_FOR_SHORT: Memory[int, ShortTermHeld] = Memory("yizheng_doctors_short_term", of=int)
"""For work that asks of one person again and again."""


def held_of(subject_id: int, why: str) -> ShortTermHeld:
    """Everything the register says of the person's short-term practice, whoever recorded it."""
    return HELD_FOR_SHORT.ask(subject_id, lambda: _held_of(subject_id, why))


def _held_of(subject_id: int, why: str) -> ShortTermHeld:
    with acting_as_system(why):
        rows = ShortTermPractice.objects.current().filter(subject_id=subject_id)
        return ShortTermHeld(tuple(rows.order_by("valid_from", "line")))
