"""What the business items of doctors from Hong Kong, Macau and Taiwan have in common: the level that decides, the papers."""

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from django.utils import timezone

from yizheng.kernel.statutes import Article, hk_macau_rules, taiwan_rules
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.item import Candidate, Initiator, WorkingDays
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.models import Fact
from yizheng.systems.doctors import levels, permits
from yizheng.systems.doctors.item import DoctorItem
from yizheng.systems.doctors.models import ShortTermPractice
from yizheng.systems.doctors.short_term.reading import ShortTermHeld, held_of
from yizheng.systems.institutions import licences
from yizheng.systems.practitioners.models import PersonIdentity


class ShortTermItem(DoctorItem):
    """An item about short-term practice; the level that decides is dated data."""

    group = "短期行医"
    level_rule: ClassVar[str] = levels.HMT_SHORT_TERM.code
    articles: ClassVar[tuple[Article, ...]] = (hk_macau_rules(5), taiwan_rules(5))
    initiators: ClassVar[tuple[Initiator, ...]] = (Initiator.PERSON, Initiator.INSTITUTION)
    statutory = WorkingDays(20, hk_macau_rules(8))

    def authority_of(self, answers: Answers, on: date) -> int | None:
        """The authority of the level the rule names, of Chinese medicine where the category is."""
        licence = self.chosen(answers, on)
        if licence is None:
            return None
        category = str(answers.get(self.institution_step, {}).get("category", ""))
        return levels.authority(levels.level(self.level_rule, on), licence, category)

    def practised(self, subject_id: int) -> ShortTermHeld:
        """Everything the register says of the person's short-term practice."""
        return held_of(subject_id, f"核对{self.title}")

    def basis(self, case: Case, on: date) -> Iterable[Fact]:
        """The identity, what stands of short-term practice, and the licence of the host."""
        with acting_as_system("固定决定依据"):
            identity = PersonIdentity.objects.as_of(on).filter(subject_id=case.subject_id)
            found: list[Fact] = list(identity)
        licence = self.chosen(load(case), on)
        return [*found, *self.practised(case.subject_id).standing(on), *([licence] if licence else [])]

    def staff(self, institution_scope: int, on: date) -> Iterable[Candidate]:
        """Who practises for a short term at the institution, by name."""
        return permits.staff(ShortTermPractice, institution_scope, on, self.title)


class StandingItem(ShortTermItem):
    """An item about a short-term practice that stands: the form names the host, and only such hosts."""

    institution_step = "standing"
    nothing: ClassVar[str] = "没有有效的短期行医注册"
    """Why nobody without one may begin."""
    origins: ClassVar[frozenset[str]] = frozenset({"HK", "MO", "TW"})

    def may_apply(self, subject_id: int, on: date) -> str | None:
        """A practice that stands is needed."""
        return None if self.of_mine(subject_id, on) else self.nothing

    def of_mine(self, subject_id: int, on: date) -> tuple[ShortTermPractice, ...]:
        """What stands of the origins the item is for."""
        return tuple(each for each in self.practised(subject_id).standing(on) if each.origin in self.origins)

    def meant(self, answers: Answers, subject_id: int, on: date) -> tuple[ShortTermPractice, ...]:
        """What stands at the host the form names."""
        licence = self.chosen(answers, on)
        standing = self.of_mine(subject_id, on)
        return tuple(each for each in standing if licence and each.institution_id == licence.subject_id)

    def authority_of(self, answers: Answers, on: date) -> int | None:
        """Who granted decides on what becomes of it; the form carries the number of that authority's certificate."""
        number = str(answers.get(self.institution_step, {}).get("certificate_number", ""))
        with acting_as_system(f"确定{self.title}的决定机关"):
            rows = ShortTermPractice.objects.current().filter(certificate_number=number)
            return rows.values_list("authority_scope", flat=True).first() if number else None

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """The host and the number of the certificate that stands."""
        return standing_form(self.of_mine(subject_id, timezone.localdate()))


def standing_form(standing: tuple[ShortTermPractice, ...]) -> dict[str, dict[str, Any]]:
    """The part of a form that says which practice is meant."""
    if not standing:
        return {}
    first = standing[0]
    return {
        "standing": {
            "institution": licences.name_of(first.institution_id, timezone.localdate()),
            "certificate_number": first.certificate_number,
        }
    }
