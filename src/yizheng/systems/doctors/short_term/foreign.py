"""What the permits of foreign doctors have in common: what is weighed, what a grant writes (外国医师短期行医办法).

Hosts outside Beijing are registered by their own authorities (第九条), so only institutions of the city's register are hosts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

from django.utils import timezone

from yizheng.kernel.codes import name_of
from yizheng.kernel.statutes import Article, foreign_doctor_rules, licensing_law
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.catalogue import declare
from yizheng.licensing.item import Effect, Initiator, Material, Stage, WorkingDays
from yizheng.licensing.models import Case
from yizheng.people.canonical import IdentifierKind
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as_system
from yizheng.people.scopes import organisation_of
from yizheng.registry.models import Fact
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors import levels
from yizheng.systems.doctors.by_resident_card import by_resident_card
from yizheng.systems.doctors.checks.periods import periods
from yizheng.systems.doctors.models.short_term import FOREIGN
from yizheng.systems.doctors.reading.gathering import bar_of
from yizheng.systems.doctors.reading.held import held_on
from yizheng.systems.doctors.short_term import foreign_rules as checks
from yizheng.systems.doctors.short_term import registering
from yizheng.systems.doctors.short_term.foreign_form import (
    ForeignLicenceStep,
    ForeignPersonStep,
    ForeignProofStep,
    HostsStep,
)
from yizheng.systems.doctors.short_term.foreign_rules import AskedHost, ForeignApplicant
from yizheng.systems.doctors.short_term.gathering import known_person
from yizheng.systems.doctors.short_term.item import ShortTermItem
from yizheng.systems.doctors.short_term.limits import ShortTermLimits, foreign_last_day
from yizheng.systems.institutions import licences
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.systems.practitioners.papers import PHOTO

FOREIGN_PHOTO = Material(
    PHOTO.code,
    PHOTO.title,
    PHOTO.requirement,
    PHOTO.media_types,
    PHOTO.max_bytes,
    inspect=PHOTO.inspect,
    english=("Photo", "354×472 pixels, white background, within six months"),
)
NOTARISED = "经公证认证，附中文译本"
NOTARISED_ENGLISH = "notarised and legalised or with apostille, with Chinese translation"
MATERIALS = (
    FOREIGN_PHOTO,
    Material("passport", "护照资料页", "与所填号码一致", english=("Passport", "data page")),
    Material("degree", "学位证书", NOTARISED, english=("Degree certificate", NOTARISED_ENGLISH)),
    Material(
        "home_licence", "外国行医执照或者行医权证明", NOTARISED,
        english=("Foreign medical licence", NOTARISED_ENGLISH),
    ),
    Material("health", "健康证明", "3 个月内", english=("Health certificate", "within three months")),
    Material(
        "invitation", "邀请或者聘用单位证明", "写明需要的理由和具体项目",
        english=("Letter of the host", "why the work is needed, and what it is"),
    ),
    Material(
        "agreement", "协议书或者承担民事责任的声明", "每个单位一份，可合并为一个文件",
        english=("Agreement or liability declaration", "one for each host, may be one file"),
    ),
)  # fmt: skip


class ForeignPermitItem(ShortTermItem):
    """A permit for one foreign doctor at one or several hosts, made anew each time."""

    level_rule = levels.FOREIGN_SHORT_TERM.code
    institution_step = "hosts"
    articles: ClassVar[tuple[Article, ...]] = (
        foreign_doctor_rules(3), foreign_doctor_rules(10), foreign_doctor_rules(11),
    )  # fmt: skip
    initiators = (Initiator.PERSON,)
    steps = (ForeignPersonStep, ForeignLicenceStep, HostsStep, ForeignProofStep)
    materials = MATERIALS
    checks = (
        checks.hosts_are_licensed,
        checks.agreed_or_declared,
        checks.agreements_run,
        checks.passport_is_valid,
        checks.licensed_abroad,
        checks.healthy_lately,
        checks.photographed_lately,
        checks.no_permit_there,
        checks.work_is_weighed,
        checks.not_barred,
        checks.promises_truth,
    )
    route = (Stage.CONFIRM, Stage.ACCEPT, Stage.REVIEW, Stage.DECIDE)
    statutory = WorkingDays(20, licensing_law(42))

    def chosen(self, answers: Answers, on: date) -> InstitutionLicence | None:
        """The first host, which confirms and whose place decides the authority."""
        rows = hosts_in(answers)
        return licences.named(rows[0]["institution"], on) if rows else None

    def institution_of(self, answers: Answers, on: date) -> int | None:
        """The organisation of the first host."""
        licence = self.chosen(answers, on)
        scope = None if licence is None else organisation_of(licence.subject_id)
        return None if scope is None else scope.pk

    def may_apply(self, subject_id: int, on: date) -> str | None:
        """Not for holders of a resident identity card."""
        return by_resident_card(subject_id)

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """Name and passport number of the account."""
        account = Account.objects.filter(subject_id=subject_id).first()
        return {"person": known_person(account, subject_id, IdentifierKind.PASSPORT, self.held)}

    def gather(self, answers: Answers, subject_id: int, on: date) -> ForeignApplicant:
        """What the rules weigh."""
        standing = {each.institution_id for each in self.practised(subject_id).standing(on)}
        asked = foreign_applicant(answers, standing, on)
        with acting_as_system(f"核对{self.title}"):
            bars = tuple(map(bar_of, held_on(subject_id, on).bars))
        return replace(asked, bars=bars, periods=periods(on))

    def basis(self, case: Case, on: date) -> Iterable[Fact]:
        """The identity, what stands, and the licence of every host."""
        named = (licences.named(row["institution"], on) for row in hosts_in(load(case)))
        return {(each.fact_table(), each.pk): each for each in (*super().basis(case, on), *filter(None, named))}.values()  # fmt: skip

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """One certificate, a line a host."""
        answers = load(case)
        hosts = [host_in(row, on) for row in hosts_in(answers)]
        office = Scope.objects.get(pk=case.decided_by)
        until = answers["licence"].get("home_licence_until")
        with acting_as_system("外国医师短期行医登记"):
            identity = self.enter_person(case, change, on)
            permit = registering.Permit(
                origin=FOREIGN,
                number=self.new_number("foreign_short", case, change, on),
                issued=on,
                last_day=foreign_last_day(on, max(host.contract_to for host in hosts), until, ShortTermLimits.on(on)),
                home_licence_authority=str(answers["licence"]["home_licence_authority"]),
                home_licence_until=until,
            )
            registering.enter(change, identity, permit, hosts, office=office.pk, cause=f"case:{case.pk}")
        return registering.certified(
            permit,
            identity,
            hosts,
            office,
            identity_number=str(answers["person"]["id_number"]),
            nationality=name_of("nationality", identity.nationality),
        )


@declare
class ForeignShortTermPermit(ForeignPermitItem):
    """外国医师来华短期行医许可."""

    code = "foreign_short_term_permit"
    title = "外国医师来华短期行医许可"
    short_title = "外国医师短期行医"
    english = "Short-term practice of a foreign doctor"


@declare
class ForeignShortTermRenewal(ForeignPermitItem):
    """外国医师短期行医重新注册."""

    code = "foreign_short_term_renewal"
    title = "外国医师短期行医重新注册"
    short_title = "外国医师重新注册"
    english = "New permit for a foreign doctor who stays longer"
    articles = (foreign_doctor_rules(2), foreign_doctor_rules(12))

    def may_apply(self, subject_id: int, on: date) -> str | None:
        """Only who had a permit before."""
        last = self.practised(subject_id).last(on)
        if last is None or last.origin != FOREIGN:
            return "没有办理过外国医师短期行医许可；请申请外国医师来华短期行医许可"
        return None

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """The hosts of the former permit; days and proofs are fresh."""
        today = timezone.localdate()
        versions = [each for each in self.practised(subject_id).versions if each.origin == FOREIGN]
        last = versions[-1].certificate_number if versions else ""
        rows = {each.institution_id: each for each in versions if each.certificate_number == last}
        names = licences.licences_on(rows, today)
        hosts = [{"institution": names[key].name, "work": each.specialty} for key, each in rows.items() if key in names]
        return super().prefill(subject_id) | {"hosts": {"hosts": hosts}}

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The former permit, where it still stands, gives way to the new one."""
        with acting_as_system("外国医师短期行医换新"):
            former = [each for each in self.practised(case.subject_id).standing(on) if each.origin == FOREIGN]
            registering.end(former, change, on, reason="S9")
        return super().effect(case, change, on)


def hosts_in(answers: Answers) -> list[Mapping[str, Any]]:
    """The rows of hosts that name an institution."""
    rows = answers.get("hosts", {}).get("hosts") or []
    return [row for row in rows if row.get("institution")]


def host_in(row: Mapping[str, Any], on: date) -> registering.Host:
    """A host as the permit names it. Raises LookupError where it has no licence on the day."""
    return registering.host_of(
        row["institution"], on, contract_from=row["agreement_from"], contract_to=row["agreement_to"], work=row["work"]
    )


def foreign_applicant(answers: Answers, standing: set[int], on: date) -> ForeignApplicant:
    """The value the rules are asked about; ``standing`` are the hosts at which a permit is in force."""
    person, proofs = answers.get("person", {}), answers.get("proofs", {})
    return ForeignApplicant(
        hosts=tuple(_asked(row, standing, on) for row in hosts_in(answers)),
        liability_declared=bool(answers.flag("hosts", "liability")),
        passport_until=person.get("passport_until"),
        home_licence_until=answers.get("licence", {}).get("home_licence_until"),
        health_checked_on=proofs.get("health_checked_on"),
        photo_taken_on=proofs.get("photo_taken_on"),
        truthful=proofs.get("truth"),
        limits=ShortTermLimits.on(on),
    )


def _asked(row: Mapping[str, Any], standing: set[int], on: date) -> AskedHost:
    licence = licences.named(row["institution"], on)
    return AskedHost(
        name=row["institution"],
        in_force=licence is not None and licence.may_practise,
        status="没有登记" if licence is None else licence.status_name,
        agreement_to=row.get("agreement_to"),
        agreement_number=row.get("agreement_number", ""),
        work=row.get("work", ""),
        practises_there=licence is not None and licence.subject_id in standing,
    )
