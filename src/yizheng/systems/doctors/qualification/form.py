"""Forms about a qualification that is held: which one, what is to be corrected, why it is printed again or annulled."""

from __future__ import annotations

from django import forms

from yizheng.kernel.identifiers import check_qualification_number, check_resident_id
from yizheng.licensing.fields import coded, day, radio
from yizheng.licensing.forms import Step
from yizheng.licensing.name_field import NameField

REASONS = (("lost", "遗失"), ("damaged", "损毁"), ("layout", "版式更换"))
GROUNDS = (
    ("original", "资格数据与参加考试时的证件、学历不一致"),
    ("police", "公安机关已变更姓名、性别、证件号码等"),
    ("entry", "录入错误，发证机关发现"),
    ("later_degree", "取得资格后又取得学历"),
)


def _resident(number: str) -> str:
    number = number.strip()
    if not number:
        return ""
    read = check_resident_id(number)
    if read.problems:
        raise forms.ValidationError(list(read.problems))
    return read.number


def _certificate(number: str) -> str:
    number = number.strip()
    if not number:
        return ""
    read = check_qualification_number(number)
    if read.problems:
        raise forms.ValidationError(list(read.problems))
    return read.number


class CurrentStep(Step):
    """Which qualification is meant, and the numbers as they are now."""

    code = "current"
    title = "现有资格"
    personal = frozenset({"identity_number", "qualification_number"})
    rows = (("level", "identity_number"),)

    level = coded("practice_level", "资格级别")
    identity_number = forms.CharField(label="现证件号码", max_length=30)
    qualification_number = forms.CharField(label="现医师资格证书编码", max_length=40)

    def clean_qualification_number(self) -> str:
        """The number must be readable."""
        return _certificate(str(self.cleaned_data["qualification_number"]))


class CorrectionStep(Step):
    """The eight fields that may be corrected; what is left empty stays."""

    code = "correction"
    title = "修改内容"
    personal = frozenset({"identity_number", "certificate_number"})
    rows = (("name", "sex"), ("birth_date", "identity_number"), ("education", "school"), ("major",))

    ground = radio("修改原因", GROUNDS)
    name = NameField(label="姓名", max_length=50, required=False)
    sex = coded("gender", "性别", required=False)
    birth_date = day("出生日期", required=False)
    identity_number = forms.CharField(label="身份证号", max_length=30, required=False)
    education = coded("education_level", "学历", only=lambda code: code.flag("usable_as_credential"), required=False)
    school = forms.CharField(label="毕业学校", max_length=100, required=False)
    major = forms.CharField(label="专业", max_length=100, required=False)
    certificate_number = forms.CharField(
        label="证书编码", max_length=40, required=False, help_text="身份证号修改的，证书编码随之改变"
    )

    def clean_identity_number(self) -> str:
        """A number that is given must stand up to GB 11643."""
        return _resident(str(self.cleaned_data["identity_number"]))

    def clean_certificate_number(self) -> str:
        """A number that is given must be readable."""
        return _certificate(str(self.cleaned_data["certificate_number"]))


class QualificationReissueStep(Step):
    """Why the certificate is printed again."""

    code = "reissue"
    title = "补发换发"
    rows = (("ground", "lost_on"),)

    ground = radio("补发换发的原因", REASONS)
    lost_on = day("遗失日期", required=False)
    statement = forms.CharField(label="经过", max_length=500, required=False)


class ExtractStep(Step):
    """What the extract is for."""

    code = "extract"
    title = "查询用途"

    purpose = forms.CharField(label="用途", max_length=200)


class AnnulmentStep(Step):
    """Which qualification was obtained by improper means, and how that was found."""

    code = "annulment"
    title = "撤销医师资格"

    level = coded("practice_level", "资格级别")
    means = radio(
        "不正当手段",
        (
            ("forged", "伪造学历、身份等材料"),
            ("cheating", "考试作弊取得"),
            ("impostor", "冒名顶替"),
            ("bribe", "贿赂"),
            ("other", "其他"),
        ),
    )
    facts = forms.CharField(label="查明的事实", max_length=500, widget=forms.Textarea(attrs={"rows": 4}))
    document_number = forms.CharField(label="撤销决定文号", max_length=60)
