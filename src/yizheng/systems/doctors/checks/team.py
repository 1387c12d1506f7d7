"""Rules for a foreign medical team (外国医疗团体, 外国医师短期行医办法 第六条、第十条、第十七条)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.statutes import foreign_doctor_rules, licensing_law, physicians_law
from yizheng.licensing.findings import Finding, advise, check, refuse
from yizheng.systems.doctors.checks.applicant import Bar, Employer
from yizheng.systems.doctors.checks.grounds import standing_grounds
from yizheng.systems.doctors.checks.periods import Periods
from yizheng.systems.doctors.checks.short_term_limits import ShortTermLimits, too_old


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
    agreement_to: date | None = None
    members: tuple[TeamMember, ...] = ()
    purpose: str = ""
    periods: Periods = field(default_factory=Periods)
    limits: ShortTermLimits = field(default_factory=ShortTermLimits)


@check("G01", foreign_doctor_rules(4), title="邀请单位的执业许可有效", needs=("team",))
def host_is_licensed(applicant: TeamApplicant, on: date) -> Iterator[Finding]:
    """The host practises on the day."""
    host = applicant.employer
    if host is not None and not host.in_force:
        yield refuse("team.institution", f"{host.name}现为“{host.status}”，不能邀请外国医疗团体")


@check("G02", foreign_doctor_rules(6), title="协议在申请时没有到期", needs=("team",))
def agreement_runs(applicant: TeamApplicant, on: date) -> Iterator[Finding]:
    """The agreement is not over."""
    if applicant.agreement_to is not None and applicant.agreement_to <= on:
        yield refuse(
            "team.agreement_to", f"协议到{long_date(applicant.agreement_to)}止，已没有可以许可的期限"
        )


@check("G03", foreign_doctor_rules(10), title="每名成员的行医执照有效", needs=("members",))
def members_are_licensed(applicant: TeamApplicant, on: date) -> Iterator[Finding]:
    """Every member is entitled to practise abroad."""
    for member in applicant.members:
        if member.home_licence_until is not None and member.home_licence_until < on:
            sentence = f"{member.name}的行医执照已于{long_date(member.home_licence_until)}到期"
            yield refuse("members.members", sentence)


@check("G04", foreign_doctor_rules(10), title="每名成员的健康证明在三个月之内", needs=("members",))
def members_are_healthy(applicant: TeamApplicant, on: date) -> Iterator[Finding]:
    """Every member's health certificate is recent."""
    months = applicant.limits.health_months
    for member in applicant.members:
        if too_old(member.health_checked_on, months, on):
            yield refuse("members.members", f"{member.name}的健康证明已超过 {months} 个月，请重新体检")


@check(
    "G06", physicians_law(16), licensing_law(78), licensing_law(79), title="每名成员没有已登记的不予注册、不予受理情形",
    needs=("members",),
)  # fmt: skip
def members_are_not_barred(applicant: TeamApplicant, on: date) -> Iterator[Finding]:
    """What is recorded about a member in any register of doctors keeps her out of the team as well.

    The host that types a passport is not told which ground it is: that is between the member and the authority.
    """
    for member in applicant.members:
        if any(standing_grounds(member.bars, applicant.periods, on)):
            yield refuse(
                "members.members",
                f"{member.name}有登记在案的不予注册或者不予受理情形，具体情形由受理机关核实并告知本人；请更换成员或者请本人向受理机关查询",
            )


@check("G05", licensing_law(34), foreign_doctor_rules(6), title="诊疗项目经核查", needs=("team",))
def work_is_weighed(applicant: TeamApplicant, on: date) -> Iterator[Finding]:
    """Whether the work is safe, reliable, advanced, needed and within the host's licence is for a person to judge."""
    if applicant.purpose:
        yield advise(
            "team.purpose", "须核对诊疗项目安全可靠、先进必需并在单位登记的诊疗科目之内，证书经公证认证"
        )
