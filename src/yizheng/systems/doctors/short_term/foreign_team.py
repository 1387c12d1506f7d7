"""外国医疗团体来华短期行医许可: a host invites a team; every member is a person of the register with a practice of her own.

外国医师短期行医办法 第六条、第十条、第十七条. The host fills in the form, so it is in Chinese;
passports of members are sealed like any number.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms

from yizheng.disclosure.publishing import refresh
from yizheng.documents.authorities import authority
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.identifiers import check_passport
from yizheng.kernel.statutes import foreign_doctor_rules, licensing_law, physicians_law
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.asking.name_field import NameField
from yizheng.licensing.asking.rows_field import Row, RowsField
from yizheng.licensing.asking.weighing import answered
from yizheng.licensing.catalogue import declare
from yizheng.licensing.fields import IdentifierField, coded, day
from yizheng.licensing.findings import Finding, advise, check, refuse
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Candidate, Effect, Initiator, Material, Stage, WorkingDays
from yizheng.licensing.models import Case
from yizheng.people import vault
from yizheng.people.canonical import IdentifierKind
from yizheng.people.models import Scope
from yizheng.people.scope import acting_as_system
from yizheng.registry.models import Fact
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.checks.applicant import Bar
from yizheng.systems.doctors.checks.grounds import standing_grounds
from yizheng.systems.doctors.checks.periods import Periods, periods
from yizheng.systems.doctors.models import ShortTermPractice, TeamPermit
from yizheng.systems.doctors.models.short_term import FOREIGN
from yizheng.systems.doctors.models.team_permit import line
from yizheng.systems.doctors.reading.gathering import bar_of
from yizheng.systems.doctors.reading.held import bars_of
from yizheng.systems.doctors.short_term.item import ShortTermItem, host
from yizheng.systems.doctors.short_term.limits import FOREIGN_LEVEL, ShortTermLimits, foreign_last_day, too_old
from yizheng.systems.institutions.institution_field import InstitutionField
from yizheng.systems.practitioners.employer import Employer
from yizheng.systems.practitioners.identities import CHINA, enter_identity
from yizheng.systems.practitioners.item import institution_in, office
from yizheng.systems.practitioners.models import PersonIdentity


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamMember:
    """One member as the rules see her."""

    name: str
    home_licence_until: date | None = None
    health_checked_on: date | None = None
    bars: tuple[Bar, ...] = ()
    """What is recorded about her, where the register knows her passport."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamApplicant:
    """A host that invites a team."""

    employer: Employer | None = None
    agreement_to: date | None = answered("team", "agreement_to")
    members: tuple[TeamMember, ...] = ()
    purpose: str = answered("team", "purpose", "")
    periods: Periods = field(default_factory=Periods)
    limits: ShortTermLimits = field(default_factory=ShortTermLimits)


@check("D-TM01", foreign_doctor_rules(4), title="邀请单位的执业许可有效", needs=("team",))
def host_is_licensed(applicant: TeamApplicant, on: date) -> Iterator[Finding]:
    """The host practises on the day."""
    host = applicant.employer
    if host is not None and not host.in_force:
        yield refuse("team.institution", f"{host.name}现为“{host.status}”，不能邀请外国医疗团体")


@check("D-TM02", foreign_doctor_rules(6), title="协议在申请时没有到期", needs=("team",))
def agreement_runs(applicant: TeamApplicant, on: date) -> Iterator[Finding]:
    """The agreement is not over."""
    if applicant.agreement_to is not None and applicant.agreement_to <= on:
        yield refuse("team.agreement_to", f"协议到{long_date(applicant.agreement_to)}止，已没有可以许可的期限")


@check("D-TM03", foreign_doctor_rules(10), title="每名成员的行医执照有效", needs=("members",))
def members_are_licensed(applicant: TeamApplicant, on: date) -> Iterator[Finding]:
    """Every member is entitled to practise abroad."""
    for member in applicant.members:
        if member.home_licence_until is not None and member.home_licence_until < on:
            sentence = f"{member.name}的行医执照已于{long_date(member.home_licence_until)}到期"
            yield refuse("members.members", sentence)


@check("D-TM04", foreign_doctor_rules(10), title="每名成员的健康证明在三个月之内", needs=("members",))
def members_are_healthy(applicant: TeamApplicant, on: date) -> Iterator[Finding]:
    """Every member's health certificate is recent."""
    months = applicant.limits.health_months
    for member in applicant.members:
        if too_old(member.health_checked_on, months, on):
            yield refuse("members.members", f"{member.name}的健康证明已超过 {months} 个月，请重新体检")


@check(
    "D-TM06", physicians_law(16), licensing_law(78), licensing_law(79), title="每名成员没有已登记的不予注册、不予受理情形",
    needs=("members",),
)  # fmt: skip
def members_are_not_barred(applicant: TeamApplicant, on: date) -> Iterator[Finding]:
    """What is recorded about a member in any register of doctors keeps her out of the team as well.

    The host that types a passport is not told which ground it is: that is between the member and the authority.
    """
    for member in applicant.members:
        if any(standing_grounds(member.bars, applicant.periods, on, "foreign")):
            yield refuse(
                "members.members",
                f"{member.name}有登记在案的不予注册或者不予受理情形，具体情形由受理机关核实并告知本人；请更换成员或者请本人向受理机关查询",
            )


@check("D-TM05", licensing_law(34), foreign_doctor_rules(11), title="诊疗项目经核查", needs=("team",))
def work_is_weighed(applicant: TeamApplicant, on: date) -> Iterator[Finding]:
    """Whether the work is safe, reliable, advanced, needed and within the host's licence is for a person to judge."""
    if applicant.purpose:
        yield advise("team.purpose", "须核对诊疗项目安全可靠、先进必需并在单位登记的诊疗科目之内，证书经公证认证")


class TeamStep(Step):
    """Which team comes to which institution, what for, until when."""

    code = "team"
    title = "团体和协议"
    fixed = {"institution": "由本机构申请，不能改"}
    rows = (("team_name", "country"), ("leader", "licence_number"), ("agreement_from", "agreement_to"))
    ordered = (("agreement_from", "agreement_to", "协议结束日期早于开始日期，请核对"),)

    institution = InstitutionField(label="邀请单位")
    team_name = forms.CharField(label="团体名称", max_length=200)
    country = forms.CharField(label="来自国家（地区）", max_length=60)
    leader = forms.CharField(label="负责人", max_length=100)
    licence_number = forms.CharField(label="团体执照号", max_length=60)
    purpose = forms.CharField(label="目的和诊疗项目", max_length=200)
    agreement_number = forms.CharField(label="协议编号", max_length=60)
    agreement_from = day("协议开始")
    agreement_to = day("协议结束")


class MemberRow(Row):
    """One member, as the passport and the licence say."""

    name = NameField(label="姓名（护照）")
    sex = coded("gender", "性别")
    birth_date = day("出生日期")
    nationality = coded("nationality", "国籍", only=lambda code: code.code != CHINA)
    passport = IdentifierField(check_passport, label="护照号码")
    home_licence_number = forms.CharField(label="行医执照号")
    home_licence_until = day("执照有效期至", required=False)
    health_checked_on = day("体检日期")


class MembersStep(Step):
    """The members, one a row."""

    code = "members"
    title = "成员"
    personal = frozenset({"members"})

    members = RowsField(MemberRow, row_word="成员", label="成员", least=4, help_text="每名成员一行")

    def clean_members(self) -> list[dict[str, Any]]:
        """Nobody is named twice."""
        rows: list[dict[str, Any]] = self.cleaned_data["members"]
        passports = [row["passport"] for row in rows]
        if len(passports) != len(set(passports)):
            raise forms.ValidationError("同一护照号码填写了两次，请核对")
        return rows

    @classmethod
    def masked(cls, name: str, value: object) -> str:
        """The names; numbers are looked at one by one with a reason."""
        rows = value if isinstance(value, list) else []
        return f"{len(rows)} 名：" + "、".join(str(row.get("name", "")) for row in rows)


MATERIALS = (
    Material("application", "邀请单位申请", "写明需要的理由、具体项目和高级职称医师的推荐意见"),
    Material("team_licence", "团体执照或者登记证明", "经公证认证，附中文译本"),
    Material("degrees", "成员学位证书和行医执照", "逐人排列，经公证认证，附中文译本"),
    Material("health", "成员健康证明", "3 个月内，逐人排列"),
    Material("passports", "成员护照和签证", "逐人排列"),
    Material("agreement", "与邀请单位的协议书", "写明目的、项目、地点、时间和责任"),
)


@declare
class ForeignTeamPermit(ShortTermItem):
    """外国医疗团体来华短期行医许可."""

    code = "foreign_team_short_term_permit"
    title = "外国医疗团体来华短期行医许可"
    level_rule = FOREIGN_LEVEL
    weighs = TeamApplicant
    short_title = "外国医疗团体"
    articles = (foreign_doctor_rules(17),)
    institution_step = "team"
    initiators = (Initiator.INSTITUTION,)
    steps = (TeamStep, MembersStep)
    materials = MATERIALS
    checks = (
        host_is_licensed,
        agreement_runs,
        members_are_licensed,
        members_are_healthy,
        members_are_not_barred,
        work_is_weighed,
    )
    route = (Stage.CONFIRM, Stage.ACCEPT, Stage.REVIEW, Stage.DECIDE)
    statutory = WorkingDays(20, licensing_law(42))

    def staff(self, institution_scope: int, on: date) -> Iterable[Candidate]:
        """The institution applies in its own name."""
        own = Scope.objects.filter(pk=institution_scope, subject_id__isnull=False)
        return [Candidate(*named) for named in own.values_list("subject_id", "name")]

    def may_initiate(self, subject_id: int, institution_scope: int, on: date) -> str | None:
        """Only for itself."""
        return None if subject_id == institution_in(institution_scope) else "医疗团体许可由邀请单位以自己的名义申请"

    def prefill_for(self, subject_id: int, institution_scope: int) -> dict[str, dict[str, Any]]:
        """The host is the institution itself."""
        return {"team": {"institution": Scope.objects.get(pk=institution_scope).name}}

    def known(self, answers: Answers, subject_id: int, on: date) -> dict[str, Any]:
        """The host, and the members with what is recorded about those whose passport the register knows."""
        rows = _members(answers)
        found = vault.find_many(IdentifierKind.PASSPORT, [row["passport"] for row in rows if row.get("passport")])
        recorded = bars_of(found.values(), on)
        bars = {number: tuple(map(bar_of, recorded[subject])) for number, subject in found.items()}
        return {
            "employer": self.weighed_employer(answers, on),
            "members": tuple(
                TeamMember(
                    name=row["name"],
                    home_licence_until=row.get("home_licence_until"),
                    health_checked_on=row.get("health_checked_on"),
                    bars=bars.get(row.get("passport", ""), ()),
                )
                for row in rows
            ),
            "periods": periods(on),
            "limits": ShortTermLimits.on(on),
        }

    def basis(self, case: Case, on: date) -> Iterable[Fact]:
        """The licence of the host."""
        licence = self.chosen(load(case), on)
        return [] if licence is None else [licence]

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The permit at the host, and a practice for every member."""
        answers, deciding, limits = load(case), office(case.decided_by), ShortTermLimits.on(on)
        typed, rows = answers["team"], _members(answers)
        licence, agreed = host(typed["institution"], on), typed["agreement_to"]
        last, number = foreign_last_day(on, agreed, None, limits), self.new_number("foreign_team", case, change, on)
        team = {name: typed[name] for name in ("team_name", "country", "leader", "purpose", "agreement_from")}
        with acting_as_system("外国医疗团体登记"):
            change.state(
                TeamPermit, licence.subject_id, line(number),
                {
                    **team, "agreement_to": agreed, "certificate_number": number, "members": len(rows),
                    "issued_on": on, "valid_until": last,
                },
                valid_from=on, authority_scope=deciding.pk,
            )  # fmt: skip
            at = {
                "institution": licence.subject_id,
                "specialty": typed["purpose"],
                "contract_from": typed["agreement_from"],
                "contract_to": agreed,
            }
            for row in rows:
                until = row.get("home_licence_until")
                said = {
                    "origin": FOREIGN,
                    "certificate_number": number,
                    "issued_on": on,
                    "valid_until": foreign_last_day(on, agreed, until, limits),
                    "home_licence_until": until,
                    "team": number,
                }
                self.enter_at([at], said, _person(change, row, deciding.pk, on), case, change)
        return Effect(
            summary=f"准予外国医疗团体短期行医，许可编号 {number}，有效期至{long_date(last)}",
            certificate_kind="foreign_team",
            certificate_fields={
                "number": number,
                "issuer": authority(deciding.code).name,
                "name": typed["team_name"],
                "country": typed["country"],
                "leader": typed["leader"],
                "work": typed["purpose"],
                "institution": licence.name,
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


def _members(answers: Answers) -> list[Mapping[str, Any]]:
    """The rows of members that name somebody."""
    rows = answers.get("members", {}).get("members") or []
    return [row for row in rows if row.get("name")]


def _person(change: ChangeInProgress, row: Mapping[str, Any], office: int, on: date) -> PersonIdentity:
    """A member as a person of the register, known before or new."""
    known = vault.resolve(IdentifierKind.PASSPORT, row["passport"], None, "外国医疗团体成员登记")
    subject_id = known or int(change.subject("person").pk)
    if known is None:
        vault.store(subject_id, IdentifierKind.PASSPORT, row["passport"])
    person = {name: row[name] for name in ("name", "sex", "birth_date", "nationality")}
    return enter_identity(change, subject_id, person, office=office, photo="", on=on, known=None)
