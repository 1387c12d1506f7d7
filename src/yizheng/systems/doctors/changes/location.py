"""变更执业地点: an assistant goes to another district, or a doctor comes in from another province.

医师法 第十八条; 医师执业注册管理办法 第七条. The receiving authority decides. The entry at the place left becomes MOVED; number,
level, category, scope and a running suspension come along. Who goes to another province is recorded by ``move_out``.

跨执业地点增加注册 (医师法 第十五条; 医师执业注册管理办法 第十七条): a physician of another province is registered in Beijing too; the main
place of practice stays where it is.
"""

from typing import Any

from django import forms

from yizheng.kernel.statutes import physicians_law, registration_rules
from yizheng.licensing.catalogue import declare
from yizheng.licensing.item import Effect
from yizheng.systems.doctors.changes import arriving, rules
from yizheng.systems.doctors.changes.item import AS_REGISTERED, EMPLOYMENT_PROOF, RELEASE, ChangeItem, conditions
from yizheng.systems.doctors.checks.applicant import ASSISTANT
from yizheng.systems.doctors.checks.grounds import fit_to_practise
from yizheng.systems.doctors.checks.scope import scope_within_category
from yizheng.systems.doctors.filings.dependents import end_dependents
from yizheng.systems.doctors.models import Registration
from yizheng.systems.doctors.models.registration import line
from yizheng.systems.doctors.reading.gathering import prefilled
from yizheng.systems.doctors.registration.entering import Entry, carry, come, issued, leave, renewed
from yizheng.systems.institutions.institution_field import InstitutionField
from yizheng.systems.practitioners.amending import end_registration
from yizheng.systems.practitioners.forms.declaration import PromiseStep
from yizheng.systems.practitioners.forms.employment import EmploymentStep
from yizheng.systems.practitioners.papers import PHOTO
from yizheng.systems.practitioners.places import place_name


class NewPlaceStep(EmploymentStep):
    """The institution at the new place, which follows from it; level, category and scope come along."""

    code, title = "practice", "变更后的执业机构和地点"
    fixed = {"former": AS_REGISTERED}
    rows = (("department", "employment"), ("employed_from", "employed_until"))
    field_order = ("former",)

    former = forms.CharField(label="现在的主要执业机构", required=False)
    institution = InstitutionField(label="变更后的执业机构", help_text="输入登记名称或登记号选择；执业地点按机构确定")


class FurtherPlaceStep(EmploymentStep):
    """The institution in Beijing at which a physician of another province is registered too."""

    code, title = "practice", "在北京的执业机构"
    rows = (("department", "employment"), ("employed_from", "employed_until"))

    institution = InstitutionField(label="执业机构", help_text="输入登记名称或登记号选择；提交后由机构确认聘用")


@declare
class AddLocationRegistration(ChangeItem):
    """跨执业地点增加注册."""

    code, title, short_title, group = "doctor_add_location_registration", "跨执业地点增加注册", "增加执业地点", "注册"
    articles = (physicians_law(15), registration_rules(17))
    steps = (
        arriving.ArrivingPersonStep, arriving.OriginStep, FurtherPlaceStep, arriving.ArrivingFitnessStep, PromiseStep,
    )  # fmt: skip
    materials = (EMPLOYMENT_PROOF, PHOTO)
    checks = conditions(
        code, arriving.physicians_only, arriving.not_suspended_here, arriving.looked_up_nationwide,
        arriving.number_tells_the_same, scope_within_category, fit_to_practise,
    )  # fmt: skip

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """Who she is."""
        return {"person": prefilled(subject_id)["person"]}

    def enter(self, entry: Entry) -> Effect:
        """A registration beside the one that counts."""
        registration, identity = arriving.arrive(entry, is_primary=False)
        return issued(entry, registration, identity, f"准予增加注册，在{entry.licence.name}执业")


@declare
class ChangeLocation(ChangeItem):
    """变更执业地点."""

    code, title, short_title, group = "doctor_change_location", "变更执业地点", "变更执业地点", "变更"
    changed = "执业地点"
    articles = (physicians_law(18), registration_rules(7))
    steps = (arriving.ArrivingPersonStep, arriving.OriginStep, NewPlaceStep, arriving.ArrivingFitnessStep, PromiseStep)
    materials = (EMPLOYMENT_PROOF, PHOTO.when(arriving.unregistered_here), RELEASE.when(arriving.unregistered_here))
    checks = conditions(
        code, rules.leaves_the_place, fit_to_practise, arriving.looked_up_nationwide, arriving.number_tells_the_same,
        arriving.not_suspended_here, arriving.released, rules.suspension_travels, rules.within_the_years_of_leave,
        rules.nothing_else_under_way, scope_within_category,
    )  # fmt: skip

    def unfit(self, main: Registration | None) -> str | None:
        """A physician's place is the city; inside it only the institution changes."""
        if main is not None and main.level != ASSISTANT:
            return "执业医师的执业地点为北京市：在市内换机构办理变更主要执业机构，转到外省由转入地办理"
        return super().unfit(main)

    def prefill(self, subject_id: int) -> dict[str, dict[str, object]]:
        """Who she is, and where she is registered."""
        return {"person": prefilled(subject_id)["person"], **super().prefill(subject_id)}

    def enter(self, entry: Entry) -> Effect:
        """In from another province, or from district to district."""
        if entry.held.main is None:
            registration, identity = arriving.arrive(entry, is_primary=True)
            return issued(entry, registration, identity, f"准予转入，执业证书编码 {registration.practice_number}")
        return self._to_another_district(entry)

    def _to_another_district(self, entry: Entry) -> Effect:
        former, district = entry.former, entry.licence.district
        registration = carry(
            entry, former, line=line(former.level, district), place=district, issued_on=entry.on, **entry.post
        )
        end_registration(former, entry.change, entry.on, status="MOVED")
        end_dependents(former.subject_id, entry.change, entry.on, because="变更执业地点")
        come(entry)
        leave(entry, f"的执业地点已变更为{place_name(district)}")
        return renewed(entry, registration, self.changed, f"执业地点变更为{place_name(district)}")
