"""个人信息: identity as the platform knows it, and how to reach the applicant."""

import re

from django import forms

from yizheng.kernel.identifiers import check_resident_id
from yizheng.licensing.asking.name_field import NameField
from yizheng.licensing.fields import coded, day
from yizheng.licensing.forms import Step

_MOBILE = re.compile(r"1[3-9]\d{9}")
_AS_IDENTIFIED = "与实名账号一致，不能改"


class PersonStep(Step):
    """Who applies. Name, sex, birth date and number come from the identified account."""

    code = "person"
    title = "个人信息"
    personal = frozenset({"id_number", "mobile", "email", "address", "postcode", "political_status"})
    fixed = {
        "name": _AS_IDENTIFIED,
        "sex": _AS_IDENTIFIED,
        "birth_date": _AS_IDENTIFIED,
        "id_type": _AS_IDENTIFIED,
        "id_number": _AS_IDENTIFIED,
    }
    rows = (
        ("name", "sex"),
        ("id_type", "id_number"),
        ("birth_date", "ethnic_group"),
        ("mobile", "email"),
        ("postcode", "political_status"),
    )

    name = NameField(label="姓名", max_length=50)
    sex = coded("gender", "性别")
    id_type = coded("id_document_type", "证件类型", only=lambda code: code.flag("accepted"))
    id_number = forms.CharField(label="证件号码", max_length=30)
    birth_date = day("出生日期")
    ethnic_group = coded("ethnic_group", "民族")
    mobile = forms.CharField(
        label="手机号码",
        max_length=20,
        help_text="11 位，用于接收办理通知",
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel-national"}),
    )
    email = forms.EmailField(
        label="电子邮箱",
        required=False,
        max_length=100,
        error_messages={"invalid": "电子邮箱不完整，请按 name@example.cn 的样子填写"},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    address = forms.CharField(
        label="通信地址",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )

    postcode = forms.RegexField(
        r"^\d{6}$",
        label="邮编",
        required=False,
        error_messages={"invalid": "邮编为 6 位数字"},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "postal-code"}),
    )
    political_status = coded("political_status", "政治面貌", required=False, hint="只用于统计，可以不填")

    def clean_id_number(self) -> str:
        """A resident's number must stand up to GB 11643; other documents have no check."""
        number = str(self.cleaned_data["id_number"])
        if self.data.get(self.add_prefix("id_type")) == "01":
            read = check_resident_id(number)
            if read.problems:
                raise forms.ValidationError(list(read.problems))
            return read.number
        return number

    def clean_mobile(self) -> str:
        """Eleven digits, spaces and a country code forgiven."""
        mobile = re.sub(r"[\s-]|^(\+|00)?86(?=1\d{10}$)", "", str(self.cleaned_data["mobile"]))
        if not _MOBILE.fullmatch(mobile):
            raise forms.ValidationError("手机号码应为 11 位数字，以 1 开头，请核对")
        return mobile
