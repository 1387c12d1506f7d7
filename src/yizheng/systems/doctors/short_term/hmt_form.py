"""港澳台医师短期行医 的表: who comes from where, licensed at home by whom, hired by which institution until when.

港澳医师短期行医规定 第六条 lists what is to be proved.
"""

import re
from datetime import date
from typing import Any

from django import forms

from yizheng.kernel.identifiers import check_hmt_permit
from yizheng.licensing.asking.name_field import NameField
from yizheng.licensing.fields import coded, day, in_order, not_after_today
from yizheng.licensing.forms import Step
from yizheng.systems.doctors.forms.scopes import ScopesStep
from yizheng.systems.doctors.models.short_term import FOREIGN
from yizheng.systems.doctors.short_term.hmt_rules import CATEGORIES
from yizheng.systems.institutions.institution_field import InstitutionField

_MOBILE = re.compile(r"\+?\d[\d -]{6,18}\d")


class HmtPersonStep(Step):
    """Who applies, by the permit with which residents of Hong Kong, Macau and Taiwan travel or reside."""

    code = "person"
    title = "个人信息"
    personal = frozenset({"id_number", "permanent_resident_number", "mobile", "email"})
    rows = (
        ("name", "foreign_name"),
        ("sex", "birth_date"),
        ("origin", "id_type"),
        ("id_number", "permanent_resident_number"),
        ("mobile", "email"),
    )

    name = NameField(label="姓名", max_length=50)
    foreign_name = NameField(label="外文姓名或拼音", max_length=100)
    sex = coded("gender", "性别")
    birth_date = day("出生日期")
    origin = coded("short_term_origin", "来源地", only=lambda code: code.code != FOREIGN)
    id_type = coded("id_document_type", "证件类型", only=lambda code: code.attributes["number_kind"] == "hmt_permit")
    id_number = forms.CharField(label="证件号码", max_length=30)
    permanent_resident_number = forms.CharField(label="永久居民身份证明号码", max_length=30)
    mobile = forms.CharField(
        label="手机号码", max_length=20, help_text="境外号码写区号", widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    email = forms.EmailField(
        label="电子邮箱",
        required=False,
        max_length=100,
        error_messages={"invalid": "电子邮箱不完整，请按 name@example.cn 的样子填写"},
    )

    def clean_id_number(self) -> str:
        """The number must have the shape of such a permit."""
        read = check_hmt_permit(str(self.cleaned_data["id_number"]))
        if read.problems:
            raise forms.ValidationError(list(read.problems))
        return read.number

    def clean_mobile(self) -> str:
        """A telephone number, with its country or area in front where it is not of the mainland."""
        return telephone(str(self.cleaned_data["mobile"]))


def telephone(typed: str) -> str:
    """A telephone number of any country. Raises ValidationError."""
    if not _MOBILE.fullmatch(typed.strip()):
        raise forms.ValidationError("手机号码应为 8 到 20 位数字，境外号码前写加号和区号")
    return typed.strip()


class HmtLicenceStep(Step):
    """The right to practise at home, and the education behind it."""

    code = "licence"
    title = "当地行医资格"
    personal = frozenset({"home_licence_number"})
    rows = (("home_licence_number", "home_licence_until"), ("medical_degree", "specialty"))

    home_licence_number = forms.CharField(label="行医执照号", max_length=50)
    home_licence_authority = forms.CharField(label="发照机构", max_length=100)
    home_licence_until = day("执照有效期至", required=False, hint="长期有效的不填")
    medical_degree = forms.CharField(label="医学最高学历", max_length=100)
    specialty = forms.CharField(label="专业", max_length=100, required=False)
    notarisation_number = forms.CharField(
        label="公证书号", max_length=100, help_text="学历、行医执照和无犯罪记录证明须经公证"
    )


class HmtPracticeStep(ScopesStep):
    """Where, at what, under which contract."""

    code = "practice"
    title = "拟执业信息"
    rows = (("category", "scope"), ("department", "contract_number"), ("contract_from", "contract_to"))

    institution = InstitutionField(
        label="聘用机构", help_text="须为独立法人的医疗机构；输入登记名称或登记号选择，提交后由机构确认"
    )
    category = coded("practice_category", "执业类别", only=lambda code: code.code in CATEGORIES)
    scope = coded("practice_scope", "执业范围")
    department = forms.CharField(label="科室", max_length=50, required=False)
    contract_number = forms.CharField(label="协议编号", max_length=60, required=False)
    contract_from = day("协议开始")
    contract_to = day("协议结束", hint="注册有效期与协议相同，最长三年")

    def clean(self) -> dict[str, Any]:
        """The contract does not end before it begins."""
        cleaned = super().clean() or self.cleaned_data
        in_order(self, cleaned, "contract_from", "contract_to", "协议结束日期早于开始日期，请核对")
        return cleaned


class HmtProofStep(Step):
    """The days of the proofs that must be fresh."""

    code = "proofs"
    title = "证明日期"
    rows = (("health_checked_on", "photo_taken_on", "criminal_checked_on"),)

    health_checked_on = day("体检日期", hint="三个月之内")
    photo_taken_on = day("照片拍摄日期", hint="六个月之内")
    criminal_checked_on = day("无犯罪记录证明日期")

    def clean_health_checked_on(self) -> date | None:
        """Nobody is examined tomorrow."""
        return not_after_today(self.cleaned_data["health_checked_on"], "体检日期")

    def clean_photo_taken_on(self) -> date | None:
        """Nor photographed."""
        return not_after_today(self.cleaned_data["photo_taken_on"], "照片拍摄日期")

    def clean_criminal_checked_on(self) -> date | None:
        """Nor certified."""
        return not_after_today(self.cleaned_data["criminal_checked_on"], "无犯罪记录证明日期")
