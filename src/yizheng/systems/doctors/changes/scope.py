"""变更执业范围、增加执业范围、变更执业类别: another scope on learning, a further one after training, a category one is qualified in.

医师法 第十四条、第十八条; 《关于医师执业注册中执业范围的暂行规定》. The main institution consents; the authority that registered the
doctor decides; history keeps the former scope. Whether the number, which names the category, is given anew is a dated parameter;
by default it stays.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms

from yizheng.documents.models import Ending
from yizheng.kernel.codes import name_of, table
from yizheng.kernel.statutes import physicians_law, scope_provisions
from yizheng.licensing.catalogue import declare
from yizheng.licensing.fields import coded, day, passed, radio
from yizheng.licensing.findings import Finding, check, refuse
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect
from yizheng.systems.doctors.certificates import scope_words
from yizheng.systems.doctors.changes import learning
from yizheng.systems.doctors.changes.item import (
    AS_REGISTERED,
    DIPLOMA,
    GENERAL_PRACTICE,
    QUALIFICATION,
    TRAINING,
    ScopeItem,
    conditions,
)
from yizheng.systems.doctors.changes.rules import Changer, has_a_place
from yizheng.systems.doctors.checks.periods import periods
from yizheng.systems.doctors.checks.qualification import same_category
from yizheng.systems.doctors.checks.scope import scope_within_category
from yizheng.systems.doctors.forms import ScopesStep
from yizheng.systems.doctors.models import Registration
from yizheng.systems.doctors.reading.held import Held
from yizheng.systems.doctors.registration.entering import Entry, new_number, renewed
from yizheng.systems.practitioners.amending import amend, revoke_certificates
from yizheng.systems.practitioners.forms.declaration import PromiseStep

_GROUNDS = (
    (learning.EDUCATION, "取得同一类别其他专业的高一层次学历"),
    ("training", "在指定培训基地系统培训或者专业进修满二年并考核合格"),
)


class NewScopeStep(ScopesStep):
    """The scope changed to or added; the category stays."""

    code, title = "practice", "申请的执业范围"
    fixed = {"institution": AS_REGISTERED, "category": AS_REGISTERED, "former": AS_REGISTERED}

    institution = forms.CharField(label="主要执业机构", required=False)
    category = coded("practice_category", "执业类别", required=False)
    former = forms.CharField(label="现在的执业范围", required=False)
    scope = coded("practice_scope", "申请的执业范围", hint="由主要执业机构确认同意")


class AddedScopeStep(NewScopeStep):
    """The scope to be added; clinical and public health may meet at the grass roots, so all are offered."""

    title = "增加的执业范围"
    scope_fields = ()

    scope = coded("practice_scope", "增加的执业范围", hint="由主要执业机构确认同意")


class LearningStep(Step):
    """On what a change of scope rests: a higher education, or training with an examination."""

    code, title = "learning", "变更依据"
    rows = (
        ("education", "graduated_on"),
        ("school", "major"),
        ("started_on", "ended_on"),
        ("second_started_on", "second_ended_on"),
    )

    ground = radio("依据", _GROUNDS)
    education = coded(
        "education_level",
        "取得的学历",
        only=lambda code: code.flag("usable_as_credential"),
        required=False,
        hint="以学历变更的填写",
    )
    graduated_on = day("毕业时间", required=False)
    school = forms.CharField(label="毕业院校", max_length=100, required=False)
    major = forms.CharField(label="所学专业", max_length=100, required=False)
    base = forms.CharField(
        label="培训基地", max_length=200, required=False, help_text="须为省级以上主管部门指定；以培训变更的填写"
    )
    started_on = day("系统培训开始", required=False)
    ended_on = day("系统培训结束", required=False)
    second_started_on = day("专业进修开始", required=False)
    second_ended_on = day("专业进修结束", required=False)
    result = passed(required=False)

    def clean(self) -> dict[str, Any]:
        """Each ground needs its own particulars."""
        cleaned = super().clean() or self.cleaned_data
        wanted = {
            learning.EDUCATION: ("education", "graduated_on", "school", "major"),
            "training": ("base", "started_on", "ended_on", "result"),
        }.get(str(cleaned.get("ground", "")), ())
        for name in wanted:
            if cleaned.get(name) in (None, "") and name not in self.errors:
                self.add_error(name, f"请填写{self.fields[name].label}")
        return cleaned


class AddedTrainingStep(Step):
    """The training in the scope to be added."""

    code, title = "learning", "相关专业培训"
    rows = (("started_on", "ended_on", "result"),)

    base = forms.CharField(label="培训机构", max_length=200)
    started_on = day("培训开始")
    ended_on = day("培训结束")
    result = passed()


@declare
class ChangeScope(ScopeItem):
    """变更执业范围."""

    code, title, short_title, group = "doctor_change_scope", "变更执业范围", "变更执业范围", "变更"
    changed = "执业范围"
    articles = (physicians_law(14), physicians_law(18))
    steps = (NewScopeStep, LearningStep, PromiseStep)
    materials = (
        DIPLOMA.when(learning.by_education),
        TRAINING.when(learning.by_training),
        GENERAL_PRACTICE.when(learning.asks_for_general_practice),
    )
    checks = conditions(
        code, has_a_place, learning.at_the_main_institution, learning.another_scope, learning.inside_the_category,
        learning.entitled_by_learning,
    )  # fmt: skip

    def enter(self, entry: Entry) -> Effect:
        """The new scope takes the place of the first one; scopes added before stay."""
        former = entry.former
        wanted = str(entry.typed["practice"]["scope"])
        kept = [code for code in former.scopes[1:] if code != wanted]
        registration = amend(former, entry.change, entry.on, scopes=[wanted, *kept])
        return renewed(entry, registration, self.changed, f"执业范围变更为{scope_words(registration)}")


@declare
class AddScope(ScopeItem):
    """增加执业范围."""

    code, title, short_title, group = "doctor_add_scope", "增加执业范围", "增加执业范围", "变更"
    changed = "增加执业范围"
    articles = (physicians_law(14), scope_provisions(2))
    steps = (AddedScopeStep, AddedTrainingStep, PromiseStep)
    materials = (TRAINING, GENERAL_PRACTICE.when(learning.asks_for_general_practice))
    checks = conditions(
        code, has_a_place, learning.at_the_main_institution, learning.another_scope, learning.inside_the_category,
        learning.not_too_many, learning.trained_for_the_addition,
    )  # fmt: skip

    def enter(self, entry: Entry) -> Effect:
        """The scope stands behind those registered, the first of which stays the main one."""
        former = entry.former
        added = str(entry.typed["practice"]["scope"])
        registration = amend(former, entry.change, entry.on, scopes=[*former.scopes, added])
        return renewed(entry, registration, self.changed, f"增加执业范围{name_of('practice_scope', added)}")


@check("D-CA01", physicians_law(18), title="拟变更的执业类别与现在的不同", needs=("practice",))
def another_category(changer: Changer, on: date) -> Iterator[Finding]:
    """Something changes."""
    now = changer.now
    if now is not None and changer.category and same_category(changer.category, now.category):
        yield refuse("practice.category", "所选的执业类别就是现在的类别，不需要变更")


@check("D-CA02", physicians_law(14), title="持有拟变更类别的医师资格", needs=("practice",))
def qualified_in_it(changer: Changer, on: date) -> Iterator[Finding]:
    """A qualification of the same level in the new category stands in the register."""
    if changer.now is None or not changer.category:
        return
    held = [each for each in changer.qualifications if each.level == changer.now.level]
    if not any(same_category(each.category, changer.category) for each in held):
        wanted = name_of("practice_category", changer.category)
        yield refuse("practice.category", f"资格数据中没有{wanted}类别的医师资格，取得后才能变更")


class NewCategoryStep(ScopesStep):
    """The category changed to, with a scope of it."""

    code, title = "practice", "变更后的执业类别"
    fixed = {"institution": AS_REGISTERED, "former": AS_REGISTERED}

    institution = forms.CharField(label="主要执业机构", required=False)
    former = forms.CharField(label="现在的执业类别", required=False)
    category = coded("practice_category", "变更后的执业类别", only=lambda code: not code.parent)
    scope = coded("practice_scope", "执业范围", hint="在新类别中选择")


@declare
class ChangeCategory(ScopeItem):
    """变更执业类别."""

    code, title, short_title, group = "doctor_change_category", "变更执业类别", "变更执业类别", "变更"
    changed = "执业类别"
    articles = (physicians_law(14), physicians_law(18))
    steps = (NewCategoryStep, PromiseStep)
    materials = (QUALIFICATION,)
    checks = conditions(
        code, has_a_place, learning.at_the_main_institution, another_category, qualified_in_it, scope_within_category
    )

    def begun(self, held: Held, on: date) -> dict[str, Any]:
        """The main institution and the category registered."""
        if held.main is None:
            return {}
        former = name_of("practice_category", held.main.category)
        return {"institution": held.main_institution, "former": former}

    def enter(self, entry: Entry) -> Effect:
        """Category and scope are replaced, and the number where the rule says so."""
        former = entry.former
        practice = entry.typed["practice"]
        root = table("practice_category").root(str(practice["category"]))
        words = name_of("practice_category", root.code)
        registration = amend(former, entry.change, entry.on, category=root.code, scopes=[str(practice["scope"])])
        summary = f"执业类别变更为{words}"
        if not periods(entry.on).number_by_category:
            return renewed(entry, registration, self.changed, summary, category=words)
        return self._numbered_anew(entry, registration, summary, words)

    def _numbered_anew(self, entry: Entry, former: Registration, summary: str, words: str) -> Effect:
        """A number that names the new category; the certificate of the old number ends."""
        number = new_number(entry, former.level, former.category)
        effect = renewed(entry, former, self.changed, summary, category=words, number=number)
        revoke_certificates([former], entry.change, entry.on, ending=Ending.CANCELLED)
        amend(former, entry.change, entry.on, practice_number=number)
        return effect
