"""增加执业范围: a further scope after training and an examination (医师法 第十四条第三款).

How many may be held depends on the kind of institution: three in community centres and township hospitals, where
clinical and public health may stand together; elsewhere the number is dated data.
"""

from __future__ import annotations

from yizheng.kernel.codes import name_of
from yizheng.kernel.statutes import physicians_law, scope_provisions
from yizheng.licensing.catalogue import declare
from yizheng.licensing.item import Effect
from yizheng.systems.doctors.acts.amending import amend
from yizheng.systems.doctors.acts.entering import Entry, renewed
from yizheng.systems.doctors.bases.change import ScopeItem, conditions
from yizheng.systems.doctors.checks.learning import (
    another_scope,
    asks_for_general_practice,
    at_the_main_institution,
    inside_the_category,
    not_too_many,
    trained_for_the_addition,
)
from yizheng.systems.doctors.checks.moving import has_a_place
from yizheng.systems.doctors.forms.scope_change import AddedScopeStep, AddedTrainingStep, PromiseStep
from yizheng.systems.doctors.items.changing.papers import GENERAL_PRACTICE, TRAINING
from yizheng.systems.doctors.reading.standing import main_registration


@declare
class AddScope(ScopeItem):
    """增加执业范围."""

    code = "doctor_add_scope"
    title = "增加执业范围"
    short_title = "增加执业范围"
    group = "变更"
    changed = "增加执业范围"
    articles = (physicians_law(14), scope_provisions(4))
    steps = (AddedScopeStep, AddedTrainingStep, PromiseStep)
    materials = (TRAINING, GENERAL_PRACTICE.when(asks_for_general_practice))
    checks = conditions(
        code,
        has_a_place,
        at_the_main_institution,
        another_scope,
        inside_the_category,
        not_too_many,
        trained_for_the_addition,
    )

    def enter(self, entry: Entry) -> Effect:
        """The scope stands behind those registered, the first of which stays the main one."""
        former = main_registration(entry.held)
        added = str(entry.typed["practice"]["scope"])
        registration = amend(former, entry.change, entry.on, scopes=[*former.scopes, added])
        return renewed(entry, registration, self.changed, f"增加执业范围{name_of('practice_scope', added)}")
