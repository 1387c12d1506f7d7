"""The business items of village doctors: registration for five years, change of institution, renewal, examination, ending.

乡村医生从业管理条例 第九条 (the district registers), 第十条至第十八条、第三十四条至第三十六条.
"""

from datetime import date, timedelta
from typing import Any, ClassVar

from yizheng.documents.authorities import authority
from yizheng.kernel.calendar import Period, Unit
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.codes import name_of
from yizheng.kernel.statutes import village_doctor_regulation
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.case_clock.calendars import working_calendar
from yizheng.licensing.catalogue import declare
from yizheng.licensing.item import Effect, Initiator, Material, Shape, Stage, WorkingDays
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case
from yizheng.people.canonical import IdentifierKind
from yizheng.people.models import Account
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.forms import DeclarationStep
from yizheng.systems.doctors.models import VillageAssessment, VillageRegistration
from yizheng.systems.doctors.models.village import ASSESSMENT_LINE, LINE
from yizheng.systems.doctors.permit_item import PermitItem
from yizheng.systems.doctors.reading.gathering import known_of, prefilled
from yizheng.systems.doctors.short_term.limits import longest
from yizheng.systems.doctors.village import rules as checks
from yizheng.systems.doctors.village.rules import (
    FORMER,
    VillageAssessmentStep,
    VillageGroundStep,
    VillageLimits,
    VillageMoveStep,
    VillageParty,
    VillagePracticeStep,
    VillageRenewalStep,
    VillageStandingStep,
)
from yizheng.systems.practitioners import permits
from yizheng.systems.practitioners.forms.education import EducationStep
from yizheng.systems.practitioners.forms.person import PersonStep
from yizheng.systems.practitioners.identities import show_to
from yizheng.systems.practitioners.item import office
from yizheng.systems.practitioners.levels import Level
from yizheng.systems.practitioners.models.permit import REVOKED
from yizheng.systems.practitioners.papers import PHOTO
from yizheng.systems.practitioners.prefilling import own_number

CERTIFICATE = "rural_doctor"
STANDING = ("institution", "certificate_number", "valid_until")
"""What a form says of the registration as it stands."""


class VillageItem(PermitItem[VillageRegistration]):
    """An item about a village doctor, decided by the district where the institution is."""

    register = group = "乡村医生"
    permit = VillageRegistration
    nothing: ClassVar[str] = "没有有效的乡村医生注册"
    weighs = VillageParty
    begins_with = {"standing": STANDING}
    level = Level.DISTRICT
    route: ClassVar[tuple[Stage, ...]] = (Stage.CONFIRM, Stage.ACCEPT, Stage.REVIEW, Stage.DECIDE)
    statutory = WorkingDays(15, village_doctor_regulation(13))

    def known(self, answers: Answers, subject_id: int, on: date) -> dict[str, Any]:
        """The person, the registration, and the last examination where it was not passed."""
        held, licence, limits = self.held(subject_id, on), self.chosen(answers, on), VillageLimits.on(on)
        standing = next(iter(self.about(subject_id, on)), None)
        failed = self.failed(subject_id)
        repeat = Period(limits.repeat_months, Unit.MONTH)
        return {
            **known_of(answers, subject_id, on, held),
            "employer": self.weighed_employer(answers, on),
            "fit": answers.flag("renewal", "health"),
            "qualified": bool(held.qualifications),
            "stands": standing is not None,
            "valid_until": None if standing is None else standing.valid_until,
            "practises_there": bool(standing and licence and standing.institution_id == licence.subject_id),
            "revoked_on": max((e.valid_from for e in self.versions(subject_id) if e.status == REVOKED), default=None),
            "trained_on": answers.day("renewal", "trained_on") or answers.day("practice", "trained_on"),
            "failed_on": None if failed is None else failed.happened_on,
            "failed_again": failed is not None and failed.repeated,
            "repeat_by": None if failed is None else working_calendar().due(failed.happened_on, repeat).last,
            "limits": limits,
        }

    def failed(self, subject_id: int) -> VillageAssessment | None:
        """The last examination while it was not passed; call it as the system."""
        examined = VillageAssessment.objects.current().filter(subject_id=subject_id)
        last = examined.order_by("valid_from").last()
        return None if last is None or last.passed else last


@declare
class VillageAssessmentItem(VillageItem):
    """乡村医生考核: the institution reports the conclusion of the two-yearly examination, the district records it."""

    code = "rural_doctor_assessment"
    title = short_title = "乡村医生考核"
    articles = (village_doctor_regulation(34), village_doctor_regulation(36))
    shape = Shape.FILING
    institution_step = "standing"
    initiators = (Initiator.INSTITUTION,)
    steps = (VillageStandingStep, VillageAssessmentStep)
    materials = (Material("record", "考核记录", "附村民委员会意见"),)
    checks = (checks.registration_stands, checks.assessed_already, checks.repeated_in_time)
    route = (Stage.CONFIRM, Stage.ACCEPT)

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The conclusion on its day."""
        typed = load(case)["assessment"]
        said = {"cycle": typed["cycle"], "repeated": typed["kind"], "passed": typed["result"]}
        with acting_as_system("乡村医生考核登记"):
            change.event(
                VillageAssessment, case.subject_id, ASSESSMENT_LINE, said,
                happened_on=typed["assessed_on"], authority_scope=case.decided_by,
            )  # fmt: skip
        words = "合格" if said["passed"] else "不合格，6 个月内可以申请再次考核"
        return Effect(summary=f"{said['cycle']}考核{words}")


class VillageGrant(VillageItem):
    """An item that ends in a certificate: the registration says this from the day on."""

    granted: ClassVar[str]

    def said(self, answers: Answers, standing: VillageRegistration | None, on: date) -> dict[str, Any]:
        """What the registration says after the grant and did not say before."""
        raise NotImplementedError

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """Write and certify. Raises NotPossibleError where the institution, or what is changed, is gone."""
        answers, known = load(case), self.held(case.subject_id, on).identity
        standing, licence = next(iter(self.about(case.subject_id, on)), None), self.chosen(answers, on)
        if licence is None or (standing is None and self.nothing):
            raise NotPossibleError("没有有效的乡村医生注册，或者村医疗卫生机构的许可已不存在")
        deciding = office(case.decided_by)
        with acting_as_system(f"{self.title}登记"):
            if known is None or "person" in answers:
                known = self.enter_person(case, change, on)
            said = {"institution": licence.subject_id, **self.said(answers, standing, on)}
            if standing is None:
                said["certificate_number"] = self.new_number(CERTIFICATE, case, change, on)
            registration = change.state(
                VillageRegistration, case.subject_id, LINE,
                {**({} if standing is None else standing.values()), **said},
                valid_from=on, authority_scope=deciding.pk,
            )  # fmt: skip
            show_to(change, known, licence.subject_id, deciding.pk, f"case:{case.pk}")
        number, until = registration.certificate_number, registration.valid_until
        return permits.certified(
            f"{self.granted}，证书编号 {number}，有效期至{long_date(until)}",
            CERTIFICATE,
            known,
            number=number,
            issuer=authority(deciding.code).name,
            identity_number=answers.text("person", "id_number") or _kept(case.subject_id),
            institution=licence.name,
            services=registration.services,
            valid_from=registration.issued_on,
            valid_until=until,
        )


@declare
class VillageChange(VillageGrant):
    """乡村医生变更注册: another village institution, by the procedure of registering (第十七条)."""

    code = "rural_doctor_change"
    title = "乡村医生变更注册"
    short_title = "乡村医生变更"
    granted = "准予变更执业机构"
    articles = (village_doctor_regulation(17),)
    begins_with = {"standing": STANDING, "practice": ("services",)}
    steps = (VillageStandingStep, VillageMoveStep)
    materials = (Material("employment_proof", "拟聘用证明", "由新的村医疗卫生机构出具"),)
    checks = (
        checks.registration_stands,
        checks.in_a_village,
        checks.no_physician,
        checks.another_institution,
        checks.not_barred,
        checks.passed_lately,
    )

    def said(self, answers: Answers, standing: VillageRegistration | None, on: date) -> dict[str, Any]:
        """The new institution, until the same last day."""
        return {"services": answers["practice"]["services"]}


@declare
class VillageDeregistration(VillageItem):
    """乡村医生注销注册: the authority that registered ends it on one of four grounds (第十八条、第三十六条)."""

    code = "rural_doctor_deregistration"
    title = "乡村医生注销注册"
    short_title = "乡村医生注销"
    articles = (village_doctor_regulation(18), village_doctor_regulation(36))
    shape = Shape.AUTHORITY_ACT
    initiators = (Initiator.AUTHORITY,)
    steps = (VillageGroundStep,)
    checks = (checks.registration_stands, checks.ground_has_come)
    route = (Stage.REVIEW, Stage.DECIDE)

    def about(self, subject_id: int, on: date) -> list[VillageRegistration]:
        """One that is suspended can be ended as well."""
        return permits.live(self.versions(subject_id), on)

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The registration ends today. Raises NotPossibleError where nothing stands."""
        standing = self.about(case.subject_id, on)
        if not standing:
            raise NotPossibleError("没有有效的乡村医生注册，不需要注销")
        reason = load(case).text("ending", "ground") or "V3"
        with acting_as_system("乡村医生注销登记"):
            permits.end(standing, change, on, reason=reason)
        return Effect(f"注销乡村医生注册（{name_of('village_ending_reason', reason)}），收回执业证书")


@declare
class VillageFirstRegistration(VillageGrant):
    """乡村医生执业注册: five years at the village institution that employs (第十条至第十六条)."""

    code = "rural_doctor_registration"
    title = "乡村医生执业注册"
    short_title = "乡村医生注册"
    granted = "准予乡村医生注册"
    nothing = ""
    articles = tuple(map(village_doctor_regulation, (10, 12, 13, 14)))
    steps = (PersonStep, EducationStep, VillagePracticeStep, DeclarationStep)
    materials = (
        PHOTO,
        Material("employment_proof", "拟聘用证明", "由村医疗卫生机构出具"),
        Material("education_proof", "学历证明、证书或者培训合格证书", "与申请依据一致"),
        Material("village_certificate", "乡村医生证书", "县级以上卫生行政部门颁发").when(
            lambda party, on: party.entry in FORMER
        ),
    )
    checks = (
        checks.in_a_village,
        checks.no_physician,
        checks.not_registered_yet,
        checks.of_full_capacity,
        checks.may_enter,
        checks.not_revoked_lately,
        checks.not_barred,
        checks.passed_lately,
        checks.trained_every_two_years,
        checks.promises_truth,
    )

    def may_apply(self, subject_id: int, on: date) -> str | None:
        """Who is registered renews or changes."""
        return "已有有效的乡村医生注册" if self.about(subject_id, on) else None

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """Identity and education as the platform knows them."""
        known = prefilled(subject_id)
        return {step: known[step] for step in ("person", "education") if step in known}

    def said(self, answers: Answers, standing: VillageRegistration | None, on: date) -> dict[str, Any]:
        """Five years from today under a new number."""
        return {
            "services": answers["practice"]["services"],
            "drug_list": answers.text("practice", "drug_list"),
            "first_registered_on": on,
            "issued_on": on,
            "valid_until": longest(on, VillageLimits.on(on).valid_years),
        }


@declare
class VillageRenewal(VillageGrant):
    """乡村医生再注册: asked for three months before the five years end, for five years more (第十六条)."""

    code = "rural_doctor_renewal"
    title = short_title = "乡村医生再注册"
    granted = "准予再注册"
    articles = (village_doctor_regulation(16),)
    institution_step = "standing"
    begins_with = {"standing": STANDING, "renewal": ("services", "drug_list")}
    steps = (VillageStandingStep, VillageRenewalStep)
    materials = (Material("employment_proof", "聘用证明", "由村医疗卫生机构出具"),)
    checks = (
        checks.registration_stands,
        checks.no_physician,
        checks.in_time_to_renew,
        checks.not_barred,
        checks.passed_lately,
        checks.trained_every_two_years,
        checks.fit_to_go_on,
    )

    def said(self, answers: Answers, standing: VillageRegistration | None, on: date) -> dict[str, Any]:
        """Five years more from the day after the last."""
        assert standing is not None
        begins = standing.valid_until + timedelta(days=1)
        return {
            "services": answers["renewal"]["services"],
            "drug_list": answers.text("renewal", "drug_list"),
            "issued_on": on,
            "valid_until": longest(begins, VillageLimits.on(on).valid_years),
        }


def _kept(subject_id: int) -> str:
    """The resident number as the certificate prints it; empty where none is kept."""
    account = Account.objects.filter(subject_id=subject_id).first()
    return own_number(subject_id, IdentifierKind.RESIDENT_ID, account, "打印乡村医生执业证书")
