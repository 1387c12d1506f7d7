"""外国医师短期行医 的表, in Chinese and English: passport, licence abroad, hosts, proofs (外国医师短期行医办法 第十条)."""

from typing import Any

from django import forms
from django.utils import timezone

from yizheng.kernel.identifiers import check_passport
from yizheng.licensing.asking.name_field import NameField
from yizheng.licensing.asking.rows_field import Row, RowsField
from yizheng.licensing.asking.two_languages import TwoLanguageStep, both
from yizheng.licensing.fields import Choices, coded, day
from yizheng.systems.doctors.short_term.hmt_form import telephone
from yizheng.systems.institutions.institution_field import InstitutionField
from yizheng.systems.practitioners.identities import CHINA


def passport(typed: str) -> str:
    """A passport number. Raises ValidationError."""
    read = check_passport(typed)
    if read.problems:
        sentence = "护照号码应为 6 到 9 位字母和数字，请对照护照资料页核对"
        raise forms.ValidationError(both(sentence, "Please check the number on the data page of the passport"))
    return read.number


class ForeignPersonStep(TwoLanguageStep):
    """Who applies, as the passport says."""

    code = "person"
    title = "个人信息"
    title_english = "Applicant"
    personal = frozenset({"id_number", "mobile", "email"})
    rows = (
        ("name", "chinese_name"),
        ("sex", "birth_date"),
        ("nationality", "id_number"),
        ("passport_until", "mobile"),
        ("visa_type", "visa_until"),
    )
    english = {
        "name": "Name as in passport",
        "chinese_name": "Chinese name",
        "sex": "Sex",
        "birth_date": "Date of birth",
        "nationality": "Nationality",
        "id_number": "Passport number",
        "passport_until": "Passport valid until",
        "mobile": "Telephone",
        "email": "E-mail",
        "visa_type": "Visa or permit type",
        "visa_until": "Visa or residence valid until",
    }
    choices_english = {"nationality": "nationality", "sex": "1=Male|2=Female|0=Unknown|9=Not stated"}

    name = NameField(label="姓名（护照）", max_length=100, help_text=both("拉丁字母", "in Latin letters"))
    chinese_name = NameField(label="中文姓名", max_length=50, required=False)
    sex = coded("gender", "性别")
    birth_date = day("出生日期")
    nationality = coded("nationality", "国籍", only=lambda code: code.code != CHINA)
    id_number = forms.CharField(label="护照号码", max_length=20)
    passport_until = day("护照有效期至")
    mobile = forms.CharField(
        label="电话", max_length=20, help_text=both("境外号码写国家代码", "with country code if abroad")
    )
    email = forms.EmailField(label="电子邮箱", max_length=100, required=False)
    visa_type = forms.CharField(label="签证或居留种类", max_length=20, required=False)
    visa_until = day("签证或居留有效期至", required=False)

    def clean_id_number(self) -> str:
        """The number must have the shape of a passport number."""
        return passport(str(self.cleaned_data["id_number"]))

    def clean_mobile(self) -> str:
        """A telephone number of any country."""
        try:
            return telephone(str(self.cleaned_data["mobile"]))
        except forms.ValidationError as fault:
            told = "Please enter 8 to 20 digits, with + and the country code"
            raise forms.ValidationError(both(str(fault.message), told)) from fault


class ForeignLicenceStep(TwoLanguageStep):
    """Degree and right to practise abroad."""

    code = "licence"
    title = "学位和行医执照"
    title_english = "Degree and licence"
    personal = frozenset({"home_licence_number"})
    rows = (("degree", "university"), ("home_licence_number", "home_licence_until"))
    english = {
        "degree": "Degree",
        "university": "University",
        "home_licence_number": "Medical licence number",
        "home_licence_authority": "Licensing authority",
        "home_licence_until": "Licence valid until",
        "specialty": "Specialty",
        "notarisation_number": "Notarisation or apostille number",
        "translated_by": "Translated by",
    }

    degree = forms.CharField(label="学位", max_length=100)
    university = forms.CharField(label="授予学校", max_length=100)
    home_licence_number = forms.CharField(label="行医执照号", max_length=50)
    home_licence_authority = forms.CharField(label="发照机构", max_length=100)
    home_licence_until = day("执照有效期至", required=False, hint=both("长期有效的不填", "leave empty if unlimited"))
    specialty = forms.CharField(label="专业", max_length=100)
    notarisation_number = forms.CharField(label="公证认证号", max_length=100)
    translated_by = forms.CharField(label="译文机构", max_length=100, required=False)


class HostRow(Row):
    """One host, what is done there, and the agreement."""

    english = {
        "institution": "Institution",
        "work": "Clinical work",
        "place": "Place",
        "agreement_from": "From",
        "agreement_to": "Until",
        "agreement_number": "Agreement no.",
    }

    institution = InstitutionField(
        label="单位",
        error_messages={
            "unknown": both(
                "登记簿中没有“%(typed)s”，请输入机构登记的全名或者登记号",
                "no institution of this name is registered in Beijing",
            )
        },
    )
    work = forms.CharField(label="诊疗项目")
    place = forms.CharField(label="地点", required=False)
    agreement_from = day("协议开始")
    agreement_to = day("协议结束")
    agreement_number = forms.CharField(label="协议编号", required=False)


class HostsStep(TwoLanguageStep):
    """With which institutions of Beijing, at what work, from when to when."""

    code = "hosts"
    title = "邀请、聘用单位"
    title_english = "Host institutions"
    english = {"hosts": "Hosts", "liability": "A host without agreement declares to bear the civil liability"}

    hosts = RowsField(
        HostRow,
        row_word="单位 Host",
        label="单位",
        help_text=both("每个单位一行，第一个单位确认申请", "one host a row; the first one confirms the application"),
    )
    liability = forms.BooleanField(label="没有协议的单位已声明承担民事责任", required=False)

    def clean_hosts(self) -> list[dict[str, Any]]:
        """Agreements end after they begin, and no host is named twice."""
        rows: list[dict[str, Any]] = self.cleaned_data["hosts"]
        names = [row["institution"] for row in rows]
        if len(names) != len(set(names)):
            raise forms.ValidationError(both("同一单位填写了两次，请合并为一行", "one host stands there twice"))
        if any(row["agreement_to"] < row["agreement_from"] for row in rows):
            told = "an agreement ends before it begins"
            raise forms.ValidationError(both("协议结束日期早于开始日期，请核对", told))
        return rows


class ForeignProofStep(TwoLanguageStep):
    """The days of the proofs that must be fresh, and the promise of truth."""

    code = "proofs"
    title = "证明日期和承诺"
    title_english = "Proofs and promise"
    rows = (("health_checked_on", "photo_taken_on"),)
    english = {
        "health_checked_on": "Date of health check",
        "photo_taken_on": "Date of photo",
        "truth": "I promise that all statements and documents are true and valid",
    }

    health_checked_on = day("体检日期", hint=both("三个月之内", "within three months"))
    photo_taken_on = day("照片拍摄日期", hint=both("六个月之内", "within six months"))
    truth = forms.BooleanField(
        label="本人承诺以上填写内容和提交材料真实、有效，愿意承担不实的法律责任",
        error_messages={"required": "请作出真实性承诺"},
    )

    def clean(self) -> dict[str, Any]:
        """Nobody is examined or photographed tomorrow."""
        cleaned = super().clean() or self.cleaned_data
        for name in ("health_checked_on", "photo_taken_on"):
            if cleaned.get(name) and cleaned[name] > timezone.localdate():
                label = str(self.fields[name].label)
                self.add_error(name, both(f"{label}不能晚于今天", f"{self.english[name]} is in the future"))
        return cleaned


class ForeignStandingStep(TwoLanguageStep):
    """Which permit is meant, as the register has it."""

    code = "standing"
    title = "现有许可"
    title_english = "Permit in force"
    fixed = {
        "institution": both("登记内容，不能改", "as registered"),
        "certificate_number": both("登记内容，不能改", "as registered"),
    }
    rows = (("institution", "certificate_number"),)
    english = {"institution": "Host institution", "certificate_number": "Permit number"}

    institution = forms.CharField(label="邀请、聘用单位", max_length=200)
    certificate_number = forms.CharField(label="许可证编号", max_length=40)


class ForeignReissueStep(TwoLanguageStep):
    """Why the permit is made again."""

    code = "reissue"
    title = "补证原因"
    title_english = "Reason"
    english = {"cause": "Reason", "explanation": "What happened"}
    choices_english = {"cause": "lost=Lost|damaged=Damaged"}

    cause = forms.ChoiceField(label="原因", choices=[("lost", "遗失"), ("damaged", "损坏")], widget=Choices)
    explanation = forms.CharField(label="经过说明", max_length=300)


class ForeignEndingStep(TwoLanguageStep):
    """Why the practice ends, and since when."""

    code = "ending"
    title = "注销情形"
    title_english = "Ending"
    rows = (("ground", "happened_on"),)
    english = {"ground": "Reason", "happened_on": "Since", "explanation": "Explanation"}
    choices_english = {"ground": "S1=Employment ended|S2=Health|S6=Death or missing|S9=Other"}

    ground = coded("short_term_ending_reason", "注销原因", only=lambda code: code.code in {"S1", "S2", "S6", "S9"})
    happened_on = day("情形发生日期")
    explanation = forms.CharField(label="说明", max_length=300, required=False)
