"""外国医疗团体短期行医 的表: the team, the agreement, and its members one a row (外国医师短期行医办法 第十七条).

The host institution fills it in, so it is in Chinese; passports of members are sealed like any number.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from yizheng.kernel.codes import table
from yizheng.kernel.identifiers import check_passport
from yizheng.licensing.rows_field import Column, FaultyCell, RowsField, day_cell
from yizheng.systems.doctors.acts.identities import CHINA
from yizheng.systems.doctors.forms.fields import DoctorStep, day, in_order
from yizheng.systems.doctors.forms.institution_field import InstitutionField


class TeamStep(DoctorStep):
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


def _foreign() -> list[tuple[str, str]]:
    nations = table("nationality").items(timezone.localdate())
    return [(each.code, each.name) for each in nations if each.code != CHINA]


def _sexes() -> list[tuple[str, str]]:
    return [(each.code, each.name) for each in table("gender").items(timezone.localdate())]


def passport_cell(text: str) -> str:
    """A passport number of the right shape."""
    read = check_passport(text)
    if read.problems:
        raise FaultyCell(read.problems[0])
    return read.number


MEMBERS = (
    Column("name", "姓名（护照）"),
    Column("sex", "性别", choices=_sexes),
    Column("birth_date", "出生日期", kind="date", clean=day_cell),
    Column("nationality", "国籍", choices=_foreign),
    Column("passport", "护照号码", clean=passport_cell),
    Column("home_licence_number", "行医执照号"),
    Column("home_licence_until", "执照有效期至", required=False, kind="date", clean=day_cell),
    Column("health_checked_on", "体检日期", kind="date", clean=day_cell),
)  # fmt: skip


class MembersStep(DoctorStep):
    """The members, one a row."""

    code = "members"
    title = "成员"
    personal = frozenset({"members"})

    members = RowsField(MEMBERS, row_word="成员", label="成员", least=4, help_text="每名成员一行")

    def clean_members(self) -> list[dict[str, str]]:
        """Nobody is named twice."""
        rows: list[dict[str, str]] = self.cleaned_data["members"]
        passports = [row["passport"] for row in rows]
        if len(passports) != len(set(passports)):
            raise forms.ValidationError("同一护照号码填写了两次，请核对")
        return rows

    @classmethod
    def masked(cls, name: str, value: object) -> str:
        """The names; numbers are looked at one by one with a reason."""
        rows = value if isinstance(value, list) else []
        return f"{len(rows)} 名：" + "、".join(str(row.get("name", "")) for row in rows)
