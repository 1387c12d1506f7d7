"""变更执业范围: another scope of the same category, on a higher education or on two years' training.

医师法 第十四条、第十八条; 《关于医师执业注册中执业范围的暂行规定》. The main institution consents; the authority that
registered the doctor decides; history keeps the former scope.
"""

from __future__ import annotations

from yizheng.kernel.statutes import physicians_law
from yizheng.licensing.catalogue import declare
from yizheng.licensing.item import Effect
from yizheng.systems.doctors.acts.amending import amend
from yizheng.systems.doctors.acts.entering import Entry, renewed
from yizheng.systems.doctors.bases.change import ScopeItem, conditions
from yizheng.systems.doctors.certificates.practice import scope_words
from yizheng.systems.doctors.checks.learning import (
    another_scope,
    asks_for_general_practice,
    at_the_main_institution,
    by_education,
    by_training,
    entitled_by_learning,
    inside_the_category,
)
from yizheng.systems.doctors.checks.moving import has_a_place
from yizheng.systems.doctors.forms.scope_change import LearningStep, NewScopeStep, PromiseStep
from yizheng.systems.doctors.items.changing.papers import DIPLOMA, GENERAL_PRACTICE, TRAINING
from yizheng.systems.doctors.reading.standing import main_registration


@declare
class ChangeScope(ScopeItem):
    """变更执业范围."""

    code = "doctor_change_scope"
    title = "变更执业范围"
    short_title = "变更执业范围"
    group = "变更"
    changed = "执业范围"
    articles = (physicians_law(14), physicians_law(18))
    steps = (NewScopeStep, LearningStep, PromiseStep)
    materials = (
        DIPLOMA.when(by_education),
        TRAINING.when(by_training),
        GENERAL_PRACTICE.when(asks_for_general_practice),
    )
    checks = conditions(
        code, has_a_place, at_the_main_institution, another_scope, inside_the_category, entitled_by_learning
    )

    def enter(self, entry: Entry) -> Effect:
        """The new scope takes the place of the first one; scopes added before stay."""
        former = main_registration(entry.held)
        wanted = str(entry.typed["practice"]["scope"])
        kept = [code for code in former.scopes[1:] if code != wanted]
        registration = amend(former, entry.change, entry.on, scopes=[wanted, *kept])
        return renewed(entry, registration, self.changed, f"执业范围变更为{scope_words(registration)}")
