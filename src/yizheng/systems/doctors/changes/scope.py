"""增加执业范围: a further scope after training and an examination (医师法 第十四条第三款).

How many may be held depends on the kind of institution: three in community centres and township hospitals, where
clinical and public health may stand together; elsewhere the number is dated data.

变更执业范围: another scope of the same category, on a higher education or on two years' training.

医师法 第十四条、第十八条; 《关于医师执业注册中执业范围的暂行规定》. The main institution consents; the authority that
registered the doctor decides; history keeps the former scope.
"""

from yizheng.kernel.codes import name_of
from yizheng.kernel.statutes import physicians_law, scope_provisions
from yizheng.licensing.catalogue import declare
from yizheng.licensing.item import Effect
from yizheng.systems.doctors.certificates import scope_words
from yizheng.systems.doctors.changes.form import (
    AddedScopeStep,
    AddedTrainingStep,
    LearningStep,
    NewScopeStep,
    PromiseStep,
)
from yizheng.systems.doctors.changes.item import (
    DIPLOMA,
    GENERAL_PRACTICE,
    TRAINING,
    ScopeItem,
    conditions,
    main_registration,
)
from yizheng.systems.doctors.changes.learning import (
    another_scope,
    asks_for_general_practice,
    at_the_main_institution,
    by_education,
    by_training,
    entitled_by_learning,
    inside_the_category,
    not_too_many,
    trained_for_the_addition,
)
from yizheng.systems.doctors.changes.rules import has_a_place
from yizheng.systems.doctors.registration.entering import Entry, renewed
from yizheng.systems.practitioners.amending import amend


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
