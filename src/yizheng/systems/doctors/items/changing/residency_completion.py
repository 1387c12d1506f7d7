"""规培学员补登执业地点: after the training the open entry gets its institution, place and scope (医师法 第十四条).

The number stays; the entry without a place ends on the day the one with a place begins.
"""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from yizheng.kernel.statutes import physicians_law, registration_rules
from yizheng.licensing.catalogue import declare
from yizheng.licensing.item import Effect
from yizheng.systems.doctors.acts.entering import Entry, carry, come, leave, renewed
from yizheng.systems.doctors.bases.change import ChangeItem, conditions
from yizheng.systems.doctors.checks.residency import place_is_open
from yizheng.systems.doctors.checks.scope import scope_within_category
from yizheng.systems.doctors.forms import PracticeStep
from yizheng.systems.doctors.forms.scope_change import PromiseStep
from yizheng.systems.doctors.items.changing.papers import EMPLOYMENT_PROOF
from yizheng.systems.doctors.models import Registration
from yizheng.systems.doctors.models.registration import line
from yizheng.systems.doctors.reading.gathering import scopes_in
from yizheng.systems.doctors.reading.places import place_of
from yizheng.systems.doctors.reading.standing import identity_of, main_registration


@declare
class ResidencyCompletion(ChangeItem):
    """规培学员补登执业地点."""

    code = "doctor_residency_completion"
    title = "规培学员补登执业地点和范围"
    short_title = "规培结束补登"
    group = "注册"
    changed = "执业地点、执业范围"
    articles = (physicians_law(14), registration_rules(7))
    steps = (PracticeStep, PromiseStep)
    materials = (EMPLOYMENT_PROOF,)
    checks = conditions(code, place_is_open, scope_within_category)

    def unfit(self, main: Registration | None) -> str | None:
        """Only an entry without a place is completed."""
        if main is not None and main.place:
            return "执业地点和执业范围已经登记"
        return None

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """Level and category as registered."""
        main = self.held(subject_id, timezone.localdate()).main
        return {} if main is None else {"practice": {"level": main.level, "category": main.category}}

    def enter(self, entry: Entry) -> Effect:
        """The entry is carried to its place."""
        former, practice = main_registration(entry.held), entry.typed["practice"]
        place = place_of(former.level, entry.licence.district)
        registration = carry(
            entry,
            former,
            line=line(former.level, place),
            place=place,
            scopes=list(scopes_in(practice)),
            institution=entry.licence.subject_id,
            department=practice.get("department", ""),
            employment=practice.get("employment", ""),
            remark="",
        )
        entry.change.end(Registration, former.subject_id, former.line, on=entry.on)
        come(entry, identity_of(entry.held))
        leave(entry, former, f"已注册在{entry.licence.name}")
        return renewed(entry, registration, self.changed, f"已登记在{entry.licence.name}执业")
