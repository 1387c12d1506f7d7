"""The business items of village doctors: registration for five years, change of institution, renewal, examination, ending.

乡村医生从业管理条例 第十条至第十八条、第三十四条至第三十六条.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, ClassVar

from django.utils import timezone

from yizheng.documents.authorities import authority
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.codes import name_of
from yizheng.kernel.statutes import village_doctor_regulation
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.catalogue import declare
from yizheng.licensing.item import Effect, Initiator, Material, Shape, Stage
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case
from yizheng.people import vault
from yizheng.people.canonical import IdentifierKind
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors import permits
from yizheng.systems.doctors.forms import DeclarationStep, EducationStep, PersonStep
from yizheng.systems.doctors.forms.ex_officio import VillageGroundStep
from yizheng.systems.doctors.models import VillageAssessment, VillageRegistration
from yizheng.systems.doctors.models.village import ASSESSMENT_LINE, LINE
from yizheng.systems.doctors.reading.prefilling import prefilled
from yizheng.systems.doctors.short_term.limits import longest
from yizheng.systems.doctors.village import rules as checks
from yizheng.systems.doctors.village.form import (
    VillageAssessmentStep,
    VillageMoveStep,
    VillagePracticeStep,
    VillageRenewalStep,
    VillageStandingStep,
)
from yizheng.systems.doctors.village.item import VillageHeld, VillageItem
from yizheng.systems.doctors.village.rules import FORMER, VillageLimits
from yizheng.systems.practitioners.identities import show_to
from yizheng.systems.practitioners.models import PersonIdentity
from yizheng.systems.practitioners.papers import PHOTO

CERTIFICATE = "rural_doctor"
EMPLOYMENT = Material("employment_proof", "拟聘用证明", "由村医疗卫生机构出具")


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
        standing, licence = self.village(case.subject_id).standing(on), self.chosen(answers, on)
        if licence is None or (standing is None and self.standing_needed):
            raise NotPossibleError("没有有效的乡村医生注册，或者村医疗卫生机构的许可已不存在")
        office = Scope.objects.get(pk=case.decided_by)
        with acting_as_system(f"{self.title}登记"):
            if known is None or "person" in answers:
                known = self.enter_person(case, change, on)
            said = {"institution": licence.subject_id, **self.said(answers, standing, on)}
            if standing is None:
                said["certificate_number"] = self.new_number(CERTIFICATE, case, change, on)
            registration = change.state(
                VillageRegistration, case.subject_id, LINE,
                {**({} if standing is None else standing.values()), **said},
                valid_from=on, authority_scope=office.pk,
            )  # fmt: skip
            show_to(change, known, licence.subject_id, office.pk, f"case:{case.pk}")
        return self.certified(registration, known, licence.name, office, answers)

    def certified(
        self,
        registration: VillageRegistration,
        identity: PersonIdentity,
        institution: str,
        office: Scope,
        answers: Mapping[str, Any],
    ) -> Effect:
        """What the grant says and what its certificate prints."""
        number, until = registration.certificate_number, long_date(registration.valid_until)
        fields = permits.printed(
            identity,
            number=number,
            issuer=authority(office.code).name,
            identity_number=answers.get("person", {}).get("id_number") or _kept(identity.subject_id),
            institution=institution,
            services=registration.services,
            valid_from=long_date(registration.issued_on),
            valid_until=until,
        )
        return Effect(f"{self.granted}，证书编号 {number}，有效期至{until}", CERTIFICATE, fields)


@declare
class VillageChange(VillageGrant):
    """乡村医生变更注册: another village institution, by the procedure of registering (第十七条)."""

    code = "rural_doctor_change"
    title = "乡村医生变更注册"
    short_title = "乡村医生变更"
    granted = "准予变更执业机构"
    articles = (village_doctor_regulation(17),)
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

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """The registration as it stands, and its services."""
        standing = self.village(subject_id).standing(timezone.localdate())
        services = {} if standing is None else {"practice": {"services": standing.services}}
        return super().prefill(subject_id) | services

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

    def counts(self, village: VillageHeld, on: date) -> VillageRegistration | None:
        """One that is suspended can be ended as well."""
        return village.registered(on)

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The registration ends today. Raises NotPossibleError where nothing stands."""
        standing = self.counts(self.village(case.subject_id), on)
        if standing is None:
            raise NotPossibleError("没有有效的乡村医生注册，不需要注销")
        reason = str(load(case).get("ending", {}).get("ground") or "V3")
        with acting_as_system("乡村医生注销登记"):
            permits.end([standing], change, on, reason=reason)
        words = name_of("village_ending_reason", reason)
        return Effect(summary=f"注销乡村医生注册（{words}），收回执业证书")


@declare
class VillageFirstRegistration(VillageGrant):
    """乡村医生执业注册: five years at the village institution that employs (第十条至第十六条)."""

    code = "rural_doctor_registration"
    title = "乡村医生执业注册"
    short_title = "乡村医生注册"
    granted = "准予乡村医生注册"
    articles = (
        village_doctor_regulation(10),
        village_doctor_regulation(12),
        village_doctor_regulation(13),
        village_doctor_regulation(14),
    )
    standing_needed = False
    steps = (PersonStep, EducationStep, VillagePracticeStep, DeclarationStep)
    materials = (
        PHOTO,
        EMPLOYMENT,
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

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """Identity and education as the platform knows them."""
        known = prefilled(subject_id)
        return {step: known[step] for step in ("person", "education") if step in known}

    def said(self, answers: Answers, standing: VillageRegistration | None, on: date) -> dict[str, Any]:
        """Five years from today under a new number."""
        practice = answers["practice"]
        return {
            "services": practice["services"],
            "drug_list": practice.get("drug_list", ""),
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

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """The registration as it stands, and its services."""
        standing = self.village(subject_id).standing(timezone.localdate())
        if standing is None:
            return {}
        going_on = {"services": standing.services, "drug_list": standing.drug_list}
        return super().prefill(subject_id) | {"renewal": going_on}

    def said(self, answers: Answers, standing: VillageRegistration | None, on: date) -> dict[str, Any]:
        """Five years more from the day after the last."""
        assert standing is not None
        typed, begins = answers["renewal"], standing.valid_until + timedelta(days=1)
        return {
            "services": typed["services"],
            "drug_list": typed.get("drug_list", ""),
            "issued_on": on,
            "valid_until": longest(begins, VillageLimits.on(on).valid_years),
        }


def _kept(subject_id: int) -> str:
    """The resident number as the certificate prints it; empty where none is kept."""
    account = Account.objects.filter(subject_id=subject_id).first()
    if account is None:
        return ""
    try:
        return vault.reveal(subject_id, IdentifierKind.RESIDENT_ID, account, "打印乡村医生执业证书")
    except vault.NotHeld:
        return ""
