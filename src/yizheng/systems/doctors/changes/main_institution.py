"""变更主要执业机构: the doctor goes to another institution inside the place of practice; 转出外省: out of it.

医师法 第十八条; 医师执业注册管理办法 第七条、第十条. The authority of the new institution decides; the number stays, filings
stay, the former institution may become one, and a running suspension goes along.
"""

from django import forms

from yizheng.kernel.statutes import physicians_law, registration_rules
from yizheng.licensing.catalogue import declare
from yizheng.licensing.item import Effect, Initiator
from yizheng.systems.doctors.changes import rules
from yizheng.systems.doctors.changes.item import EMPLOYMENT_PROOF, ChangeItem, conditions
from yizheng.systems.doctors.changes.location import NewPlaceStep
from yizheng.systems.doctors.checks.employer import practised_long_enough
from yizheng.systems.doctors.checks.scope import scope_within_category
from yizheng.systems.doctors.filings.dependents import change_house
from yizheng.systems.doctors.forms import individual_practice
from yizheng.systems.doctors.item import RegisteredItem
from yizheng.systems.doctors.permitted import status_permits
from yizheng.systems.doctors.registration.entering import Entry, carry, come, leave, renewed
from yizheng.systems.institutions.institution_field import InstitutionField
from yizheng.systems.practitioners import moving_out
from yizheng.systems.practitioners.filings import keep_as_filing
from yizheng.systems.practitioners.forms.declaration import PromiseStep
from yizheng.systems.practitioners.levels import registering_office


class NewInstitutionStep(NewPlaceStep):
    """Where to, on what terms, and whether the former institution stays as a filing."""

    title = "变更后的主要执业机构"

    institution = InstitutionField(
        label="变更后的主要执业机构", help_text="输入登记名称或登记号选择；提交后由该机构确认聘用"
    )
    keep_old = forms.BooleanField(label="原机构转为多机构备案", required=False, help_text="仍在原机构定期执业的选择")
    individual = individual_practice()
    change_reason = forms.CharField(label="变更原因", max_length=200, required=False)


@declare
class ChangeMainInstitution(ChangeItem):
    """变更主要执业机构."""

    code, title, short_title, group = "doctor_change_main_institution", "变更主要执业机构", "变更主要执业机构", "变更"
    changed = "主要执业机构"
    initiators = (Initiator.PERSON, Initiator.INSTITUTION)
    collective = newcomers = True
    articles = (physicians_law(18), registration_rules(7))
    steps = (NewInstitutionStep, PromiseStep)
    materials = (EMPLOYMENT_PROOF,)
    checks = conditions(
        code, rules.has_a_place, rules.another_institution, rules.stays_at_the_place, rules.suspension_travels,
        rules.within_the_years_of_leave, rules.may_keep_the_old, scope_within_category, practised_long_enough,
    )  # fmt: skip

    def enter(self, entry: Entry) -> Effect:
        """The new institution takes the place of the old one."""
        former = entry.former
        registration = carry(entry, former, **entry.post)
        change_house(former.subject_id, former.institution_id, entry.change, entry.on)
        come(entry)
        if entry.typed.flag("practice", "keep_old"):
            keep_as_filing(
                self.people, former, entry.change, entry.on, lambda at: registering_office(at, former.category)
            )
        leave(entry, f"的主要执业机构已变更为{entry.licence.name}")
        return renewed(entry, registration, self.changed, f"主要执业机构变更为{entry.licence.name}")


@declare
class MoveOut(moving_out.MovingOut, RegisteredItem):
    """医师转出外省."""

    code, title = "doctor_move_out", "医师转出外省"
    articles = (physicians_law(18),)
    checks = (status_permits(code), rules.nothing_else_under_way)
