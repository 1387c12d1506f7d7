"""外国医疗团体来华短期行医许可: a host invites a team; every member is a person of the register with a practice of her own.

外国医师短期行医办法 第十七条; the members' documents are those of 第十条.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from yizheng.disclosure.publishing import refresh
from yizheng.documents.authorities import authority
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.statutes import foreign_doctor_rules, licensing_law
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.catalogue import declare
from yizheng.licensing.item import Candidate, Effect, Initiator, Material, Stage, WorkingDays
from yizheng.licensing.models import Case
from yizheng.people import vault
from yizheng.people.canonical import IdentifierKind
from yizheng.people.models import Scope
from yizheng.people.scope import acting_as_system
from yizheng.registry.models import Fact
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors import levels
from yizheng.systems.doctors.checks.applicant import Bar
from yizheng.systems.doctors.checks.periods import periods
from yizheng.systems.doctors.item import DoctorItem
from yizheng.systems.doctors.models import ShortTermPractice, TeamPermit
from yizheng.systems.doctors.models.short_term import FOREIGN
from yizheng.systems.doctors.models.team_permit import line
from yizheng.systems.doctors.reading.gathering import bar_of
from yizheng.systems.doctors.reading.held import bars_of
from yizheng.systems.doctors.short_term import registering
from yizheng.systems.doctors.short_term import team_rules as checks
from yizheng.systems.doctors.short_term.limits import ShortTermLimits, foreign_last_day
from yizheng.systems.doctors.short_term.team_rules import MembersStep, TeamApplicant, TeamMember, TeamStep
from yizheng.systems.practitioners.employer import employer_of
from yizheng.systems.practitioners.identities import enter_identity

MATERIALS = (
    Material("application", "邀请单位申请", "写明需要的理由、具体项目和高级职称医师的推荐意见"),
    Material("team_licence", "团体执照或者登记证明", "经公证认证，附中文译本"),
    Material("degrees", "成员学位证书和行医执照", "逐人排列，经公证认证，附中文译本"),
    Material("health", "成员健康证明", "3 个月内，逐人排列"),
    Material("passports", "成员护照和签证", "逐人排列"),
    Material("agreement", "与邀请单位的协议书", "写明目的、项目、地点、时间和责任"),
)


@declare
class ForeignTeamPermit(DoctorItem):
    """外国医疗团体来华短期行医许可."""

    code = "foreign_team_short_term_permit"
    title = "外国医疗团体来华短期行医许可"
    group = "短期行医"
    short_title = "外国医疗团体"
    articles = (foreign_doctor_rules(17),)
    institution_step = "team"
    initiators = (Initiator.INSTITUTION,)
    steps = (TeamStep, MembersStep)
    materials = MATERIALS
    checks = (
        checks.host_is_licensed,
        checks.agreement_runs,
        checks.members_are_licensed,
        checks.members_are_healthy,
        checks.members_are_not_barred,
        checks.work_is_weighed,
    )
    route = (Stage.CONFIRM, Stage.ACCEPT, Stage.REVIEW, Stage.DECIDE)
    statutory = WorkingDays(20, licensing_law(42))

    def authority_of(self, answers: Answers, on: date) -> int | None:
        """The authority of the level that decides on foreign doctors."""
        licence = self.chosen(answers, on)
        at = levels.level(levels.FOREIGN_SHORT_TERM.code, on)
        return None if licence is None else levels.authority(at, licence)

    def staff(self, institution_scope: int, on: date) -> Iterable[Candidate]:
        """The institution applies in its own name."""
        return [
            Candidate(scope.subject_id, scope.name)
            for scope in Scope.objects.filter(pk=institution_scope)
            if scope.subject_id is not None
        ]

    def may_initiate(self, subject_id: int, institution_scope: int, on: date) -> str | None:
        """Only for itself."""
        own = any(each.subject_id == subject_id for each in self.staff(institution_scope, on))
        return None if own else "医疗团体许可由邀请单位以自己的名义申请"

    def prefill_for(self, subject_id: int, institution_scope: int) -> dict[str, dict[str, Any]]:
        """The host is the institution itself."""
        return {"team": {"institution": Scope.objects.get(pk=institution_scope).name}}

    def gather(self, answers: Answers, subject_id: int, on: date) -> TeamApplicant:
        """The host, the agreement and the members."""
        licence, typed = self.chosen(answers, on), answers.get("team", {})
        bars = self._bars(answers, on)
        return TeamApplicant(
            employer=None if licence is None else employer_of(licence),
            agreement_to=typed.get("agreement_to"),
            purpose=str(typed.get("purpose", "")),
            members=tuple(
                TeamMember(
                    name=row.get("name", ""),
                    home_licence_until=row.get("home_licence_until"),
                    health_checked_on=row.get("health_checked_on"),
                    bars=bars.get(row.get("passport", ""), ()),
                )
                for row in members_in(answers)
            ),
            periods=periods(on),
            limits=ShortTermLimits.on(on),
        )

    def _bars(self, answers: Answers, on: date) -> dict[str, tuple[Bar, ...]]:
        """What is recorded about the members the register knows already, by passport."""
        with acting_as_system(f"核对{self.title}"):
            passports = [row["passport"] for row in members_in(answers) if row.get("passport")]
            known = vault.find_many(IdentifierKind.PASSPORT, passports)
            recorded = bars_of(known.values(), on)
            return {number: tuple(map(bar_of, recorded[subject])) for number, subject in known.items()}

    def basis(self, case: Case, on: date) -> Iterable[Fact]:
        """The licence of the host."""
        licence = self.chosen(load(case), on)
        return [] if licence is None else [licence]

    def history(self, subject_id: int) -> list[tuple[date, str]]:
        """The teams the host invited before."""
        with acting_as_system("办件中的邀请单位历史"):
            found = TeamPermit.objects.current().filter(subject_id=subject_id).order_by("-valid_from")
            return [(each.valid_from, f"外国医疗团体　{each.team_name}") for each in found]

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The permit at the host, and a practice for every member."""
        answers = load(case)
        typed, rows = answers["team"], members_in(answers)
        host = registering.host_of(
            str(typed["institution"]),
            on,
            contract_from=typed["agreement_from"],
            contract_to=typed["agreement_to"],
            work=str(typed["purpose"]),
        )
        office = Scope.objects.get(pk=case.decided_by)
        last = foreign_last_day(on, host.contract_to, None, ShortTermLimits.on(on))
        number = self.new_number("foreign_team", case, change, on)
        with acting_as_system("外国医疗团体登记"):
            change.state(
                TeamPermit,
                host.institution,
                line(number),
                {
                    "certificate_number": number,
                    "team_name": typed["team_name"],
                    "country": typed["country"],
                    "leader": typed["leader"],
                    "purpose": host.work,
                    "members": len(rows),
                    "agreement_from": host.contract_from,
                    "agreement_to": host.contract_to,
                    "issued_on": on,
                    "valid_until": last,
                },
                valid_from=on,
                authority_scope=office.pk,
            )
            for row in rows:
                _member(change, row, host, number, office.pk, on, cause=f"case:{case.pk}")
        return Effect(
            summary=f"准予外国医疗团体短期行医，许可编号 {number}，有效期至{long_date(last)}",
            certificate_kind="foreign_team",
            certificate_fields={
                "number": number,
                "issuer": authority(office.code).name,
                "name": typed["team_name"],
                "country": typed["country"],
                "leader": typed["leader"],
                "work": host.work,
                "institution": host.name,
                "members": "、".join(row["name"] for row in rows),
                "valid_from": long_date(on),
                "valid_until": long_date(last),
            },
        )

    def after(self, cases: Sequence[Case]) -> None:
        """Every member is published."""
        with acting_as_system("公示外国医疗团体成员"):
            members = ShortTermPractice.objects.all().filter(opened__in=[case.change_id for case in cases])
            refresh("doctor", list(members.values_list("subject_id", flat=True)))


def members_in(answers: Answers) -> list[Mapping[str, Any]]:
    """The rows of members that name somebody."""
    rows = answers.get("members", {}).get("members") or []
    return [row for row in rows if row.get("name")]


def _member(
    change: ChangeInProgress,
    row: Mapping[str, Any],
    host: registering.Host,
    team: str,
    office: int,
    on: date,
    *,
    cause: str,
) -> None:
    """A person of the register, known before or new, with her practice as one of the team."""
    known = vault.resolve(IdentifierKind.PASSPORT, row["passport"], None, "外国医疗团体成员登记")
    subject_id = known or int(change.subject("person").pk)
    if known is None:
        vault.store(subject_id, IdentifierKind.PASSPORT, row["passport"])
    person = {
        "name": row["name"],
        "sex": row["sex"],
        "birth_date": row["birth_date"],
        "nationality": row["nationality"],
    }
    identity = enter_identity(change, subject_id, person, office=office, photo="", on=on, known=None)
    until = row.get("home_licence_until")
    permit = registering.Permit(
        origin=FOREIGN,
        number=team,
        issued=on,
        last_day=foreign_last_day(on, host.contract_to, until, ShortTermLimits.on(on)),
        home_licence_until=until,
        team=team,
    )
    registering.enter(change, identity, permit, [host], office=office, cause=cause)
