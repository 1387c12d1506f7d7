"""The business items of foreign doctors: a permit for one or several hosts, made anew each time (外国医师短期行医办法).

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
from yizheng.licensing.item import Effect, Material, WorkingDays
from yizheng.licensing.models import Case
from yizheng.people.canonical import IdentifierKind
from yizheng.people.scope import acting_as_system
from yizheng.registry.models import Fact
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.checks.periods import periods
from yizheng.systems.doctors.models.short_term import FOREIGN
from yizheng.systems.doctors.reading.gathering import bar_of
from yizheng.systems.doctors.short_term import foreign
from yizheng.systems.doctors.short_term.foreign import AskedHost, ForeignApplicant
from yizheng.systems.doctors.short_term.item import AskedItem, host
from yizheng.systems.doctors.short_term.limits import FOREIGN_LEVEL, ShortTermLimits, foreign_last_day
from yizheng.systems.institutions import licences
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.systems.practitioners.models.permit import VALID
from yizheng.systems.practitioners.papers import PHOTO

FOREIGN_PHOTO = replace(PHOTO, english=("Photo", "354×472 pixels, white background, within six months"))
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


class ForeignPermitItem(AskedItem):
    """A permit for one foreign doctor at one or several hosts, made anew each time."""

    level_rule = FOREIGN_LEVEL
    institution_step = "hosts"
    articles: ClassVar[tuple[Article, ...]] = tuple(map(foreign_doctor_rules, (3, 10, 11)))
    document = IdentifierKind.PASSPORT
    weighs = ForeignApplicant
    steps = (foreign.ForeignPersonStep, foreign.ForeignLicenceStep, foreign.HostsStep, foreign.ForeignProofStep)
    materials = MATERIALS
    checks = (
        foreign.hosts_are_licensed,
        foreign.agreed_or_declared,
        foreign.agreements_run,
        foreign.passport_is_valid,
        foreign.licensed_abroad,
        foreign.healthy_lately,
        foreign.photographed_lately,
        foreign.no_permit_there,
        foreign.work_is_weighed,
        foreign.not_barred,
        foreign.promises_truth,
    )
    statutory = WorkingDays(20, licensing_law(42))

    def chosen(self, answers: Answers, on: date) -> InstitutionLicence | None:
        """The first host, which confirms and whose place decides the authority."""
        rows = _hosts(answers)
        return licences.named(rows[0]["institution"], on) if rows else None

    def known(self, answers: Answers, subject_id: int, on: date) -> dict[str, Any]:
        """The hosts, and what is recorded about the person."""
        standing = {each.institution_id for each in self.about(subject_id, on)}
        return {
            "hosts": tuple(_asked(row, standing, on) for row in _hosts(answers)),
            "bars": tuple(map(bar_of, self.held(subject_id, on).bars)),
            "periods": periods(on),
            "limits": ShortTermLimits.on(on),
        }

    def basis(self, case: Case, on: date) -> Iterable[Fact]:
        """The identity, what stands, and the licence of every host."""
        others = (licences.named(row["institution"], on) for row in _hosts(load(case))[1:])
        return [*super().basis(case, on), *filter(None, others)]

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """One certificate, a line a host."""
        answers = load(case)
        until = answers.day("licence", "home_licence_until")
        hosts = [
            {
                "institution": host(row["institution"], on).subject_id,
                "specialty": row["work"],
                "contract_from": row["agreement_from"],
                "contract_to": row["agreement_to"],
            }
            for row in _hosts(answers)
        ]
        agreed = max(each["contract_to"] for each in hosts)
        with acting_as_system("外国医师短期行医登记"):
            identity = self.enter_person(case, change, on)
            said = {
                "origin": FOREIGN,
                "certificate_number": self.new_number("foreign_short", case, change, on),
                "issued_on": on,
                "valid_until": foreign_last_day(on, agreed, until, ShortTermLimits.on(on)),
                "home_licence_authority": answers.text("licence", "home_licence_authority"),
                "home_licence_until": until,
            }
            practices = self.enter_at(hosts, said, identity, case, change)
        return self.certified(
            practices,
            identity,
            case,
            identity_number=answers.text("person", "id_number"),
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
        held = [each for each in self.versions(subject_id) if each.valid_from <= on and each.status == VALID]
        if not held or held[-1].origin != FOREIGN:
            return "没有办理过外国医师短期行医许可；请申请外国医师来华短期行医许可"
        return None

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """The hosts of the former permit; days and proofs are fresh."""
        versions = [each for each in self.versions(subject_id) if each.origin == FOREIGN]
        last = versions[-1].certificate_number if versions else ""
        rows = {each.institution_id: each for each in versions if each.certificate_number == last}
        names = licences.licences_on(rows, timezone.localdate())
        hosts = [{"institution": names[key].name, "work": each.specialty} for key, each in rows.items() if key in names]
        return super().prefill(subject_id) | {"hosts": {"hosts": hosts}}

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The former permit, where it still stands, gives way to the new one."""
        with acting_as_system("外国医师短期行医换新"):
            former = [each for each in self.about(case.subject_id, on) if each.origin == FOREIGN]
            self.end(former, change, on, "S9")
        return super().effect(case, change, on)


def _hosts(answers: Answers) -> list[Mapping[str, Any]]:
    """The rows of hosts that name an institution."""
    rows = answers.get("hosts", {}).get("hosts") or []
    return [row for row in rows if row.get("institution")]


def _asked(row: Mapping[str, Any], standing: set[int], on: date) -> AskedHost:
    """A host as the rules see it; ``standing`` are those at which a permit is in force."""
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
