"""港澳台医师短期行医注册: somebody entitled to practise in Hong Kong, Macau or Taiwan practises here for up to three years.

港澳医师短期行医规定 第二条至第九条, 台湾医师短期行医规定 with the same articles. The certificate lasts as long as the
contract; when it ends there is no renewal but a registration anew.
"""

from datetime import date
from typing import Any

from yizheng.kernel.statutes import hk_macau_rules, taiwan_rules
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.catalogue import declare
from yizheng.licensing.item import Effect, Initiator, Material, Stage
from yizheng.licensing.models import Case
from yizheng.people.canonical import IdentifierKind
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.by_resident_card import by_resident_card
from yizheng.systems.doctors.checks.declarations import fit_to_practise, promises_truth
from yizheng.systems.doctors.checks.employer import licence_in_force
from yizheng.systems.doctors.checks.grounds import no_refusal_ground, of_full_capacity
from yizheng.systems.doctors.checks.scope import scope_fits_subjects, scope_within_category
from yizheng.systems.doctors.forms import DeclarationStep
from yizheng.systems.doctors.short_term import registering
from yizheng.systems.doctors.short_term.gathering import known_person, short_term_applicant
from yizheng.systems.doctors.short_term.hmt_form import HmtLicenceStep, HmtPersonStep, HmtPracticeStep, HmtProofStep
from yizheng.systems.doctors.short_term.hmt_rules import (
    ShortTermApplicant,
    category_is_open,
    contract_runs,
    document_of_the_origin,
    health_checked_lately,
    host_stands_for_itself,
    licensed_at_home,
    no_bar_from_before,
    not_registered_there,
    photographed_lately,
)
from yizheng.systems.doctors.short_term.item import ShortTermItem
from yizheng.systems.doctors.short_term.limits import ShortTermLimits, hmt_last_day
from yizheng.systems.practitioners.papers import PHOTO

NOTARISED = "经公证；外文或者当地文字的附简体中文译本"
MATERIALS = (
    PHOTO,
    Material("residence", "永久居民身份证明", "与所填号码一致"),
    Material("education", "医学专业最高学历证明", f"与拟执业范围相应，{NOTARISED}"),
    Material("home_licence", "行医执照或者行医权证明", NOTARISED),
    Material("health", "体检证明", "3 个月内"),
    Material("no_crime", "无刑事犯罪记录证明", NOTARISED),
    Material("contract", "聘用协议", "与聘用机构签订，写明期限"),
)


@declare
class HmtRegistration(ShortTermItem):
    """港澳台医师短期行医注册."""

    code = "hmt_short_term_registration"
    title = "港澳台医师短期行医注册"
    short_title = "港澳台短期行医"
    articles = (hk_macau_rules(5), hk_macau_rules(6), taiwan_rules(5), taiwan_rules(6))
    initiators = (Initiator.PERSON,)
    steps = (HmtPersonStep, HmtLicenceStep, HmtPracticeStep, HmtProofStep, DeclarationStep)
    materials = MATERIALS
    checks = (
        document_of_the_origin,
        category_is_open,
        scope_within_category,
        licence_in_force,
        host_stands_for_itself,
        scope_fits_subjects,
        contract_runs,
        licensed_at_home,
        health_checked_lately,
        photographed_lately,
        no_refusal_ground,
        no_bar_from_before,
        not_registered_there,
        of_full_capacity,
        fit_to_practise,
        promises_truth,
    )
    route = (Stage.CONFIRM, Stage.ACCEPT, Stage.REVIEW, Stage.DECIDE)

    def may_apply(self, subject_id: int, on: date) -> str | None:
        """Not for holders of a resident identity card."""
        return by_resident_card(subject_id)

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """Name and permit number of the account."""
        account = Account.objects.filter(subject_id=subject_id).first()
        return {"person": known_person(account, subject_id, IdentifierKind.HMT_PERMIT, self.held)}

    def gather(self, answers: Answers, subject_id: int, on: date) -> ShortTermApplicant:
        """What the rules weigh."""
        return short_term_applicant(answers, subject_id, on)

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """Open the practice until the contract or the third year ends, and say what the certificate prints."""
        answers = load(case)
        practice, at_home = answers["practice"], answers["licence"]
        host = registering.host_of(
            str(practice["institution"]),
            on,
            contract_from=practice.get("contract_from"),
            contract_to=practice.get("contract_to"),
            work=str(at_home.get("specialty", "")),
            department=str(practice.get("department", "")),
        )
        origin = str(answers["person"]["origin"])
        kind = registering.certificate_kind(origin)
        office = Scope.objects.get(pk=case.decided_by)
        with acting_as_system("短期行医登记"):
            identity = self.enter_person(case, change, on)
            permit = registering.Permit(
                origin=origin,
                number=self.new_number(kind, case, change, on),
                issued=on,
                last_day=hmt_last_day(on, host.contract_to, ShortTermLimits.on(on)),
                category=str(practice["category"]),
                scopes=(str(practice["scope"]),),
                home_licence_authority=str(at_home["home_licence_authority"]),
                home_licence_until=at_home.get("home_licence_until"),
            )
            registering.enter(change, identity, permit, [host], office=office.pk, cause=f"case:{case.pk}")
        return registering.certified(
            permit, identity, [host], office, identity_number=str(answers["person"]["id_number"])
        )
