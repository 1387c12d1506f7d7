"""重新注册: practising again after an interruption of two years, or after a ground of refusal has ceased (医师法 第十九条).

The assessment is passed first, in Beijing with the training; the bars have run out; a physical check is recent. The old
number is restored unless the dated parameter says otherwise, and the history goes on.
"""

from __future__ import annotations

from typing import Any

from yizheng.documents import numbers
from yizheng.kernel.codes import table
from yizheng.kernel.statutes import physicians_law, registration_rules
from yizheng.licensing.catalogue import declare
from yizheng.licensing.item import Effect
from yizheng.systems.doctors.acts.entering import Entry, issued
from yizheng.systems.doctors.acts.identities import enter_applicant, show_to
from yizheng.systems.doctors.acts.proofs import enter_assessment, enter_training
from yizheng.systems.doctors.bases.change import ChangeItem, conditions
from yizheng.systems.doctors.bases.papers import PHOTO
from yizheng.systems.doctors.checks.declarations import fit_to_practise
from yizheng.systems.doctors.checks.individual import practised_long_enough
from yizheng.systems.doctors.checks.qualification import as_qualified, holds_qualification
from yizheng.systems.doctors.checks.returning import (
    assessed_after_interruption,
    assessment_not_failed,
    checked_lately,
    ground_agrees,
    needs_training,
)
from yizheng.systems.doctors.checks.scope import scope_within_category
from yizheng.systems.doctors.forms import DeclarationStep, PersonStep, PracticeStep, QualificationStep
from yizheng.systems.doctors.forms.returning import ReturnStep, ReturnTrainingStep
from yizheng.systems.doctors.items.changing.papers import (
    EMPLOYMENT_PROOF,
    PHYSICAL_CHECK,
    RETURN_TRAINING,
)
from yizheng.systems.doctors.models import Registration
from yizheng.systems.doctors.models.registration import REGISTERED, line
from yizheng.systems.doctors.reading.gathering import scopes_in
from yizheng.systems.doctors.reading.places import number_area, place_of
from yizheng.systems.doctors.reading.prefilling import prefilled
from yizheng.systems.doctors.rules import periods


@declare
class Reregistration(ChangeItem):
    """医师重新注册."""

    code = "doctor_reregistration"
    title = "医师重新注册"
    short_title = "重新注册"
    group = "注册"
    articles = (physicians_law(19), registration_rules(9))
    steps = (PersonStep, QualificationStep, ReturnStep, ReturnTrainingStep, PracticeStep, DeclarationStep)
    materials = (PHOTO, EMPLOYMENT_PROOF, PHYSICAL_CHECK, RETURN_TRAINING.when(needs_training))
    checks = conditions(
        code,
        holds_qualification,
        fit_to_practise,
        assessed_after_interruption,
        ground_agrees,
        assessment_not_failed,
        checked_lately,
        as_qualified,
        scope_within_category,
        practised_long_enough,
    )

    def unfit(self, main: Registration | None) -> str | None:
        """Whoever the table lets through may come back."""
        return None

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """Identity, qualification and training as known; not the education, which does not change."""
        known = prefilled(subject_id)
        return {name: fields for name, fields in known.items() if name != "education"}

    def enter(self, entry: Entry) -> Effect:
        """The registration stands again, under the old number where that is the rule."""
        identity = enter_applicant(
            entry.change,
            entry.case,
            entry.typed["person"],
            entry.on,
            office=entry.office.pk,
            known=entry.held.identity,
        )
        enter_assessment(entry)
        enter_training(entry)
        registration = self._again(entry)
        show_to(entry.change, identity, entry.licence.subject_id, entry.office.pk, entry.cause)
        return issued(
            entry, registration, identity, f"准予重新注册，执业证书编码 {registration.practice_number}"
        )

    def _again(self, entry: Entry) -> Registration:
        practice = entry.typed["practice"]
        level = str(practice["level"])
        place = place_of(level, entry.licence.district)
        category = table("practice_category").root(str(practice["category"]))
        former = _last(entry.held.registrations, level)
        number = former.practice_number if former and periods(entry.on).number_restored else ""
        values = {
            "practice_number": number or _new_number(entry, level, category.many("certificate_segments")[0]),
            "level": level,
            "category": category.code,
            "scopes": list(scopes_in(practice)),
            "place": place,
            "institution": entry.licence.subject_id,
            "department": practice.get("department", ""),
            "employment": practice.get("employment", ""),
            "status": REGISTERED,
            "issued_on": entry.on,
            "first_practised_on": former.first_practised_on if former else entry.on,
        }
        return entry.change.state(
            Registration,
            entry.case.subject_id,
            line(level, place),
            values,
            valid_from=entry.on,
            authority_scope=entry.office.pk,
        )


def _last(registrations: tuple[Registration, ...], level: str) -> Registration | None:
    """The last registration of the level, whose number and first day are kept."""
    same = [each for each in registrations if each.level == level]
    return max(same, key=lambda each: (each.valid_from, each.line), default=None)


def _new_number(entry: Entry, level: str, segment: str) -> str:
    return numbers.practice_number(
        level,
        segment,
        number_area(entry.office.code, entry.licence.district),
        given_to=f"subject:{entry.case.subject_id}",
        change_id=entry.change.id,
    )
