"""The business items of doctors from Hong Kong, Macau and Taiwan: a practice of up to three years is registered, and changed.

港澳医师短期行医规定 第二条至第九条、第十一条, 台湾医师短期行医规定 with the same articles. The certificate lasts as long as the
contract; when it ends there is no renewal but a registration anew, as there is for a longer contract or another host.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.identifiers import check_hmt_permit
from yizheng.kernel.statutes import hk_macau_rules, taiwan_rules
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.catalogue import declare
from yizheng.licensing.fields import coded, day
from yizheng.licensing.findings import Finding, advise
from yizheng.licensing.item import Effect, Material, Stage
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case
from yizheng.people.canonical import IdentifierKind
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.checks.employer import licence_in_force
from yizheng.systems.doctors.checks.grounds import fit_to_practise, no_refusal_ground, of_full_capacity, promises_truth
from yizheng.systems.doctors.checks.scope import scope_fits_subjects, scope_within_category
from yizheng.systems.doctors.forms import DeclarationStep, ScopesStep
from yizheng.systems.doctors.reading.gathering import known_of
from yizheng.systems.doctors.short_term import hmt
from yizheng.systems.doctors.short_term.hmt import EndedPractice, ShortTermApplicant, by_origin
from yizheng.systems.doctors.short_term.item import AskedItem, certificate_kind, host
from yizheng.systems.doctors.short_term.limits import ShortTermLimits, hmt_last_day
from yizheng.systems.doctors.short_term.standing import StandingItem, StandingParty, StandingStep, practice_stands
from yizheng.systems.institutions import licences
from yizheng.systems.practitioners import permits
from yizheng.systems.practitioners.certificates import printed_anew, unsealed
from yizheng.systems.practitioners.item import office
from yizheng.systems.practitioners.papers import PHOTO


class AmendedPracticeStep(ScopesStep):
    """What becomes of the practice within its days; another host is a registration of its own."""

    code = "amended"
    title = "变更内容"
    rows = (("scope", "department"), ("contract_from", "contract_to"))
    ordered = (hmt.CONTRACT,)

    scope = coded("practice_scope", "执业范围")
    department = forms.CharField(label="科室", max_length=50, required=False)
    contract_from = day("协议开始")
    contract_to = day("协议结束", hint="有效期不因此延长；更早的结束日期同时缩短有效期")
    purpose = forms.CharField(label="变更理由", max_length=200)


@by_origin("D-HK21", 9, title="变更不延长有效期", needs=("amended",))
def nothing_is_prolonged(party: StandingParty, on: date) -> Iterator[Finding]:
    """A longer contract is a new registration and no change."""
    if party.valid_until and party.contract_to and party.contract_to > party.valid_until:
        sentence = f"协议延长到有效期（{long_date(party.valid_until)}）之后的，期满前重新申请注册，变更不延长有效期"
        yield advise("amended.contract_to", sentence)


@declare
class HmtChange(StandingItem):
    """港澳台医师短期行医变更: practice keeps to what is registered."""

    code = "hmt_short_term_change"
    title = "港澳台医师短期行医变更"
    short_title = "短期行医变更"
    articles = (hk_macau_rules(9), hk_macau_rules(11), taiwan_rules(9), taiwan_rules(11))
    steps = (StandingStep, AmendedPracticeStep)
    materials = (Material("contract", "变更后的聘用协议", "与聘用机构签订，写明变更内容"),)
    checks = (practice_stands, licence_in_force, scope_within_category, scope_fits_subjects, nothing_is_prolonged)
    route = (Stage.CONFIRM, Stage.ACCEPT, Stage.REVIEW, Stage.DECIDE)
    begins_with = {**StandingItem.begins_with, "amended": ("department", "contract_from", "contract_to")}

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """The practice as it stands, and its scope."""
        begun, standing = super().prefill(subject_id), self.about(subject_id, timezone.localdate())
        if standing:
            begun["amended"]["scope"] = next(iter(standing[0].scopes), "")
        return begun

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The practice says so from today; the certificate is renewed. Raises NotPossibleError where none stands."""
        answers = load(case)
        meant = self.meant(answers, case.subject_id, on)
        if not meant:
            raise NotPossibleError("没有这家机构的有效短期行医注册")
        standing, typed = meant[0], answers["amended"]
        ends = typed.get("contract_to") or standing.contract_to
        with acting_as_system("短期行医变更登记"):
            amended = permits.restate(
                standing, change, on, scopes=[typed["scope"]], department=typed.get("department", ""),
                contract_from=typed.get("contract_from") or standing.contract_from, contract_to=ends,
                valid_until=min(standing.valid_until, ends),
            )  # fmt: skip
            until = long_date(amended.valid_until)
            summary, former = f"变更短期行医注册，有效期至{until}", permits.certificates_of([amended]).first()
            if former is None:
                return Effect(summary)
            fields = printed_anew(
                unsealed(former), on, "变更执业范围、聘用协议", office(standing.authority_scope),
                scope=amended.work, valid_until=until,
            )  # fmt: skip
        return Effect(summary, former.kind, fields)


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
class HmtRegistration(AskedItem):
    """港澳台医师短期行医注册."""

    code = "hmt_short_term_registration"
    title = "港澳台医师短期行医注册"
    short_title = "港澳台短期行医"
    articles = (hk_macau_rules(5), hk_macau_rules(6), taiwan_rules(5), taiwan_rules(6))
    document = IdentifierKind.HMT_PERMIT
    weighs = ShortTermApplicant
    steps = (hmt.HmtPersonStep, hmt.HmtLicenceStep, hmt.HmtPracticeStep, hmt.HmtProofStep, DeclarationStep)
    materials = MATERIALS
    checks = (
        hmt.document_of_the_origin,
        hmt.category_is_open,
        scope_within_category,
        licence_in_force,
        hmt.host_stands_for_itself,
        scope_fits_subjects,
        hmt.contract_runs,
        hmt.licensed_at_home,
        hmt.health_checked_lately,
        hmt.photographed_lately,
        no_refusal_ground,
        hmt.no_bar_from_before,
        hmt.not_registered_there,
        of_full_capacity,
        fit_to_practise,
        promises_truth,
    )

    def known(self, answers: Answers, subject_id: int, on: date) -> dict[str, Any]:
        """The person, the host, and what she held and holds of short-term practice."""
        named, standing = self.chosen(answers, on), self.about(subject_id, on)
        elsewhere = [each.institution_id for each in standing if named and each.institution_id != named.subject_id]
        ended = [each for each in self.versions(subject_id) if each.reason]
        number = answers.text("person", "id_number")
        return {
            **known_of(answers, subject_id, on),
            "licence": "hmt",
            "document_origin": check_hmt_permit(number).parts.get("origin", "") if number else "",
            "host_is_legal_person": None if named is None else bool(named.uscc),
            "practises_there": any(named and each.institution_id == named.subject_id for each in standing),
            "practises_at": tuple(each.name for each in licences.licences_on(elsewhere, on).values()),
            "ended": tuple(EndedPractice(reason=each.reason, on=each.valid_from) for each in ended),
            "limits": ShortTermLimits.on(on),
        }

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """Open the practice until the contract or the third year ends, and say what the certificate prints."""
        answers = load(case)
        practice, origin = answers["practice"], answers.text("person", "origin")
        hosts = [
            {
                "institution": host(practice["institution"], on).subject_id,
                "department": practice.get("department", ""),
                "specialty": answers.text("licence", "specialty"),
                "contract_from": practice["contract_from"],
                "contract_to": practice["contract_to"],
            }
        ]
        with acting_as_system("短期行医登记"):
            identity = self.enter_person(case, change, on)
            said = {
                "origin": origin,
                "certificate_number": self.new_number(certificate_kind(origin), case, change, on),
                "issued_on": on,
                "valid_until": hmt_last_day(on, practice["contract_to"], ShortTermLimits.on(on)),
                "category": practice["category"],
                "scopes": [practice["scope"]],
                "home_licence_authority": answers.text("licence", "home_licence_authority"),
                "home_licence_until": answers.day("licence", "home_licence_until"),
            }
            practices = self.enter_at(hosts, said, identity, case, change)
        return self.certified(practices, identity, case, identity_number=answers.text("person", "id_number"))
