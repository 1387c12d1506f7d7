"""变更执业类别: only to a category in which a qualification is held; the scope is chosen anew (医师法 第十四条、第十八条).

Whether the number, which names the category, is given anew is a dated parameter; by default it stays.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from yizheng.documents import numbers
from yizheng.documents.models import Ending
from yizheng.kernel.codes import name_of, table
from yizheng.kernel.statutes import physicians_law
from yizheng.licensing.catalogue import declare
from yizheng.licensing.item import Effect
from yizheng.systems.doctors.acts.amending import amend, revoke_certificates
from yizheng.systems.doctors.acts.entering import Entry, renewed
from yizheng.systems.doctors.bases.change import ScopeItem, conditions
from yizheng.systems.doctors.checks.category import another_category, qualified_in_it
from yizheng.systems.doctors.checks.learning import at_the_main_institution
from yizheng.systems.doctors.checks.moving import has_a_place
from yizheng.systems.doctors.checks.scope import scope_within_category
from yizheng.systems.doctors.forms.scope_change import NewCategoryStep, PromiseStep
from yizheng.systems.doctors.items.changing.papers import QUALIFICATION
from yizheng.systems.doctors.models import Registration
from yizheng.systems.doctors.reading.held import Held
from yizheng.systems.doctors.reading.places import number_area
from yizheng.systems.doctors.reading.standing import main_registration
from yizheng.systems.doctors.rules import periods
from yizheng.systems.institutions import licences


@declare
class ChangeCategory(ScopeItem):
    """变更执业类别."""

    code = "doctor_change_category"
    title = "变更执业类别"
    short_title = "变更执业类别"
    group = "变更"
    changed = "执业类别"
    articles = (physicians_law(14), physicians_law(18))
    steps = (NewCategoryStep, PromiseStep)
    materials = (QUALIFICATION,)
    checks = conditions(
        code, has_a_place, at_the_main_institution, another_category, qualified_in_it, scope_within_category
    )

    def begun(self, held: Held, on: date) -> dict[str, Any]:
        """The main institution and the category registered."""
        main = held.main
        if main is None:
            return {}
        return {
            "institution": licences.name_of(main.institution_id, on),
            "former": name_of("practice_category", main.category),
        }

    def enter(self, entry: Entry) -> Effect:
        """Category and scope are replaced, and the number where the rule says so."""
        former = main_registration(entry.held)
        practice = entry.typed["practice"]
        root = table("practice_category").root(str(practice["category"]))
        words = name_of("practice_category", root.code)
        registration = amend(
            former, entry.change, entry.on, category=root.code, scopes=[str(practice["scope"])]
        )
        summary = f"执业类别变更为{words}"
        if not periods(entry.on).number_by_category:
            return renewed(entry, registration, self.changed, summary, category=words)
        return self._numbered_anew(entry, registration, summary, words)

    def _numbered_anew(self, entry: Entry, former: Registration, summary: str, words: str) -> Effect:
        """A number that names the new category; the certificate of the old number ends."""
        number = numbers.practice_number(
            former.level,
            table("practice_category")[former.category].many("certificate_segments")[0],
            number_area(entry.office.code, entry.licence.district),
            given_to=f"subject:{former.subject_id}",
            change_id=entry.change.id,
        )
        effect = renewed(entry, former, self.changed, summary, category=words, number=number)
        revoke_certificates([former], entry.change, entry.on, ending=Ending.CANCELLED)
        amend(former, entry.change, entry.on, practice_number=number)
        return effect
