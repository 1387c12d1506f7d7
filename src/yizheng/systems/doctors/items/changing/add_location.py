"""跨执业地点增加注册: a physician of another province is registered in Beijing too (医师法 第十五条; 医师执业注册管理办法 第十条).

Physicians only. Her main place of practice stays where it is; the entry here says so and lives beside it.
"""

from __future__ import annotations

from typing import Any

from yizheng.kernel.statutes import physicians_law, registration_rules
from yizheng.licensing.catalogue import declare
from yizheng.licensing.item import Effect
from yizheng.systems.doctors.acts.arriving import arrive
from yizheng.systems.doctors.acts.entering import Entry, issued
from yizheng.systems.doctors.bases.change import ChangeItem, conditions
from yizheng.systems.doctors.bases.papers import PHOTO
from yizheng.systems.doctors.checks.arriving import (
    looked_up_nationwide,
    number_tells_the_same,
    physicians_only,
)
from yizheng.systems.doctors.checks.scope import scope_within_category
from yizheng.systems.doctors.forms.moving import FurtherPlaceStep
from yizheng.systems.doctors.forms.origin import ArrivingPersonStep, OriginStep
from yizheng.systems.doctors.forms.scope_change import PromiseStep
from yizheng.systems.doctors.items.changing.papers import EMPLOYMENT_PROOF
from yizheng.systems.doctors.reading.prefilling import prefilled


@declare
class AddLocationRegistration(ChangeItem):
    """跨执业地点增加注册."""

    code = "doctor_add_location_registration"
    title = "跨执业地点增加注册"
    short_title = "增加执业地点"
    group = "注册"
    articles = (physicians_law(15), registration_rules(10))
    steps = (ArrivingPersonStep, OriginStep, FurtherPlaceStep, PromiseStep)
    materials = (EMPLOYMENT_PROOF, PHOTO)
    checks = conditions(
        code, physicians_only, looked_up_nationwide, number_tells_the_same, scope_within_category
    )

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """Who she is."""
        return {"person": prefilled(subject_id)["person"]}

    def enter(self, entry: Entry) -> Effect:
        """A registration beside the one that counts."""
        registration, identity = arrive(entry, is_primary=False)
        return issued(entry, registration, identity, f"准予增加注册，在{entry.licence.name}执业")
