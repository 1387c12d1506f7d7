"""变更执业类别: only to a category in which a qualification is held; the scope is chosen anew (医师法 第十四条、第十八条).

Whether the number, which names the category, is given anew is a dated parameter; by default it stays.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms

from yizheng.documents.models import Ending
from yizheng.kernel.codes import name_of, table
from yizheng.kernel.statutes import physicians_law
from yizheng.licensing.catalogue import declare
from yizheng.licensing.fields import coded
from yizheng.licensing.findings import Finding, check, refuse
from yizheng.licensing.item import Effect
from yizheng.systems.doctors.changes.item import AS_REGISTERED, QUALIFICATION, ScopeItem, conditions
from yizheng.systems.doctors.changes.learning import at_the_main_institution
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
        code, has_a_place, at_the_main_institution, another_category, qualified_in_it, scope_within_category
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
