"""外国医疗团体短期行医 的表: the team, the agreement, and its members one a row (外国医师短期行医办法 第十七条).

The host institution fills it in, so it is in Chinese; passports of members are sealed like any number.

Rules for a foreign medical team (外国医疗团体, 外国医师短期行医办法 第六条、第十条、第十七条).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms

from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.identifiers import check_passport
from yizheng.kernel.statutes import foreign_doctor_rules, licensing_law, physicians_law
from yizheng.licensing.asking.name_field import NameField
from yizheng.licensing.asking.rows_field import Row, RowsField
from yizheng.licensing.fields import coded, day, in_order
from yizheng.licensing.findings import Finding, advise, check, refuse
from yizheng.licensing.forms import Step
from yizheng.systems.doctors.checks.applicant import Bar
from yizheng.systems.doctors.checks.grounds import standing_grounds
from yizheng.systems.doctors.checks.periods import Periods
from yizheng.systems.doctors.short_term.limits import ShortTermLimits, too_old
from yizheng.systems.institutions.institution_field import InstitutionField
from yizheng.systems.practitioners.employer import Employer
from yizheng.systems.practitioners.identities import CHINA


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

    institution = InstitutionField(label="邀请单位")
    team_name = forms.CharField(label="团体名称", max_length=200)
    country = forms.CharField(label="来自国家（地区）", max_length=60)
    leader = forms.CharField(label="负责人", max_length=100)
    licence_number = forms.CharField(label="团体执照号", max_length=60)
    purpose = forms.CharField(label="目的和诊疗项目", max_length=200)
    agreement_number = forms.CharField(label="协议编号", max_length=60)
    agreement_from = day("协议开始")
    agreement_to = day("协议结束")

    def clean(self) -> dict[str, Any]:
        """The agreement does not end before it begins."""
        cleaned = super().clean() or self.cleaned_data
        in_order(self, cleaned, "agreement_from", "agreement_to", "协议结束日期早于开始日期，请核对")
        return cleaned


class MemberRow(Row):
    """One member, as the passport and the licence say."""

    name = NameField(label="姓名（护照）")
    sex = coded("gender", "性别")
    birth_date = day("出生日期")
    nationality = coded("nationality", "国籍", only=lambda code: code.code != CHINA)
    passport = forms.CharField(label="护照号码")
    home_licence_number = forms.CharField(label="行医执照号")
    home_licence_until = day("执照有效期至", required=False)
    health_checked_on = day("体检日期")

    def clean_passport(self) -> str:
        """A passport number of the right shape."""
        read = check_passport(str(self.cleaned_data["passport"]))
        if read.problems:
            raise forms.ValidationError(read.problems[0])
        return read.number


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
