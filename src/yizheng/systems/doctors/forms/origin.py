"""外省注册: the registration in another province, as its certificate and the national platform show it.

There is no connection to the national platform: the applicant states the number of the inquiry, a clerk compares.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from yizheng.kernel.codes import table
from yizheng.kernel.identifiers import check_qualification_number
from yizheng.licensing.fields import coded, day, not_after_today
from yizheng.systems.doctors.checks.change import Changer
from yizheng.systems.doctors.forms.person import PersonStep
from yizheng.systems.doctors.forms.scopes import ScopesStep

_NUMBER = re.compile(r"[12]\d{14}")


class OriginStep(ScopesStep):
    """Where the person is registered, under which number, since when, and that she was released."""

    code = "origin"
    title = "外省注册信息"
    personal = frozenset({"qualification_number"})
    rows = (
        ("province", "authority"),
        ("level", "category"),
        ("second_scope", "third_scope"),
        ("practice_number", "first_practised_on"),
        ("qualification_number", "qualified_on"),
        ("released_on", "reference"),
    )

    province = forms.ChoiceField(label="原注册省份")
    authority = forms.CharField(label="原注册机关", max_length=100, help_text="执业证书上的发证机关")
    level = coded("practice_level", "执业级别", only=lambda code: bool(code.attributes["place_level"]))
    category = coded("practice_category", "执业类别")
    scope = coded("practice_scope", "执业范围")
    second_scope = coded("practice_scope", "第二执业范围", required=False)
    third_scope = coded("practice_scope", "第三执业范围", required=False)
    practice_number = forms.CharField(label="医师执业证书编码", max_length=15, help_text="15 位，转入后不变")
    first_practised_on = day("首次执业日期")
    qualification_number = forms.CharField(
        label="医师资格证书编码", max_length=40, help_text="27 位，早期证书 24 位，见证书内页"
    )
    qualified_on = day("资格证书签发日期")
    qualification_issuer = forms.CharField(label="资格证书发证机关", max_length=100)
    released_on = day("原注册机关同意转出日期", required=False, hint="转入的填写")
    reference = forms.CharField(
        label="国家平台查询编号", max_length=60, required=False, help_text="没有的由受理人员查询核对"
    )
    suspended_until = day("暂停执业截止日", required=False, hint="在原注册地被暂停执业的填写")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["province"]
        assert isinstance(field, forms.ChoiceField)
        rows = [
            row for row in table("province").items(timezone.localdate()) if row.flag("issues_resident_ids")
        ]
        field.choices = [("", "请选择"), *((row.code, row.name) for row in rows if row.code != "11")]

    @classmethod
    def applies(cls, applicant: Changer, on: date) -> bool:
        """Only of who is not registered in Beijing."""
        return applicant.now is None

    def clean_practice_number(self) -> str:
        """Fifteen digits, the first of them the level."""
        number = re.sub(r"[\s-]", "", str(self.cleaned_data["practice_number"]))
        if not _NUMBER.fullmatch(number):
            raise forms.ValidationError("执业证书编码应为 15 位数字，以 1 或者 2 开头，请按证书填写")
        return number

    def clean_qualification_number(self) -> str:
        """The number must be readable; whose it is a person compares."""
        read = check_qualification_number(str(self.cleaned_data["qualification_number"]))
        if read.problems:
            raise forms.ValidationError(list(read.problems))
        return read.number

    def clean_first_practised_on(self) -> date | None:
        """Nobody began tomorrow."""
        return not_after_today(self.cleaned_data["first_practised_on"], "首次执业日期")


class ArrivingPersonStep(PersonStep):
    """Who comes; of who is registered in Beijing it is known."""

    @classmethod
    def applies(cls, applicant: Changer, on: date) -> bool:
        """Only of who is not registered in Beijing."""
        return applicant.now is None
