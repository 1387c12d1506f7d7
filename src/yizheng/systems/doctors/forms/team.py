"""外国医疗团体短期行医 的表: the team, the agreement, and its members one a row (外国医师短期行医办法 第十七条).

The host institution fills it in, so it is in Chinese; passports of members are sealed like any number.
"""

from __future__ import annotations

from typing import Any

from django import forms

from yizheng.kernel.identifiers import check_passport
from yizheng.licensing.fields import coded, day, in_order
from yizheng.licensing.forms import Step
from yizheng.licensing.rows_field import Row, RowsField
from yizheng.systems.doctors.acts.identities import CHINA
from yizheng.systems.institutions.institution_field import InstitutionField


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

    name = forms.CharField(label="姓名（护照）")
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
