"""Foreign doctors who practise for a short term (外国医师短期行医): the form and the rules, in Chinese and English.

外国医师短期行医办法 第二条至第十二条; 行政许可法 第三十四条 for what somebody must look at. The Chinese of the form is the record.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django import forms

from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.identifiers import check_passport
from yizheng.kernel.statutes import foreign_doctor_rules, licensing_law, physicians_law
from yizheng.licensing.asking.name_field import NameField
from yizheng.licensing.asking.rows_field import Row, RowsField
from yizheng.licensing.asking.two_languages import Label, TwoLanguageStep, both, english_of
from yizheng.licensing.asking.weighing import answered
from yizheng.licensing.fields import Choices, coded, day
from yizheng.licensing.findings import Finding, advise, check, refuse
from yizheng.systems.doctors.checks.applicant import Bar
from yizheng.systems.doctors.checks.grounds import standing_grounds
from yizheng.systems.doctors.checks.periods import Periods
from yizheng.systems.doctors.short_term.hmt import telephone
from yizheng.systems.doctors.short_term.limits import (
    ShortTermLimits,
    health_checked,
    licensed_until,
    not_expired,
    photographed,
    recent,
)
from yizheng.systems.institutions.institution_field import InstitutionField
from yizheng.systems.practitioners.identities import CHINA


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
    choices_english = {"nationality": "nationality", "sex": "1=Male|2=Female|0=Unknown|9=Not stated"}

    name = NameField(
        label=Label("姓名（护照）", "Name as in passport"),
        max_length=100,
        help_text=both("拉丁字母", "in Latin letters"),
    )
    chinese_name = NameField(label=Label("中文姓名", "Chinese name"), max_length=50, required=False)
    sex = coded("gender", Label("性别", "Sex"))
    birth_date = day(Label("出生日期", "Date of birth"))
    nationality = coded("nationality", Label("国籍", "Nationality"), only=lambda code: code.code != CHINA)
    id_number = forms.CharField(label=Label("护照号码", "Passport number"), max_length=20)
    passport_until = day(Label("护照有效期至", "Passport valid until"))
    mobile = forms.CharField(
        label=Label("电话", "Telephone"),
        max_length=20,
        help_text=both("境外号码写国家代码", "with country code if abroad"),
    )
    email = forms.EmailField(label=Label("电子邮箱", "E-mail"), max_length=100, required=False)
    visa_type = forms.CharField(label=Label("签证或居留种类", "Visa or permit type"), max_length=20, required=False)
    visa_until = day(Label("签证或居留有效期至", "Visa or residence valid until"), required=False)

    def clean_id_number(self) -> str:
        """The number must have the shape of a passport number."""
        read = check_passport(str(self.cleaned_data["id_number"]))
        if read.problems:
            sentence = "护照号码应为 6 到 9 位字母和数字，请对照护照资料页核对"
            raise forms.ValidationError(both(sentence, "Please check the number on the data page of the passport"))
        return read.number

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

    degree = forms.CharField(label=Label("学位", "Degree"), max_length=100)
    university = forms.CharField(label=Label("授予学校", "University"), max_length=100)
    home_licence_number = forms.CharField(label=Label("行医执照号", "Medical licence number"), max_length=50)
    home_licence_authority = forms.CharField(label=Label("发照机构", "Licensing authority"), max_length=100)
    home_licence_until = day(
        Label("执照有效期至", "Licence valid until"),
        required=False,
        hint=both("长期有效的不填", "leave empty if unlimited"),
    )
    specialty = forms.CharField(label=Label("专业", "Specialty"), max_length=100)
    notarisation_number = forms.CharField(label=Label("公证认证号", "Notarisation or apostille number"), max_length=100)
    translated_by = forms.CharField(label=Label("译文机构", "Translated by"), max_length=100, required=False)


class HostRow(Row):
    """One host, what is done there, and the agreement."""

    institution = InstitutionField(
        label=Label("单位", "Institution"),
        error_messages={
            "unknown": both(
                "登记簿中没有“%(typed)s”，请输入机构登记的全名或者登记号",
                "no institution of this name is registered in Beijing",
            )
        },
    )
    work = forms.CharField(label=Label("诊疗项目", "Clinical work"))
    place = forms.CharField(label=Label("地点", "Place"), required=False)
    agreement_from = day(Label("协议开始", "From"))
    agreement_to = day(Label("协议结束", "Until"))
    agreement_number = forms.CharField(label=Label("协议编号", "Agreement no."), required=False)


class HostsStep(TwoLanguageStep):
    """With which institutions of Beijing, at what work, from when to when."""

    code = "hosts"
    title = "邀请、聘用单位"
    title_english = "Host institutions"

    hosts = RowsField(
        HostRow,
        row_word="单位 Host",
        label=Label("单位", "Hosts"),
        help_text=both("每个单位一行，第一个单位确认申请", "one host a row; the first one confirms the application"),
    )
    liability = forms.BooleanField(
        label=Label(
            "没有协议的单位已声明承担民事责任", "A host without agreement declares to bear the civil liability"
        ),
        required=False,
    )

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
    past = ("health_checked_on", "photo_taken_on")

    health_checked_on = day(Label("体检日期", "Date of health check"), hint=both("三个月之内", "within three months"))
    photo_taken_on = day(Label("照片拍摄日期", "Date of photo"), hint=both("六个月之内", "within six months"))
    truth = forms.BooleanField(
        label=Label(
            "本人承诺以上填写内容和提交材料真实、有效，愿意承担不实的法律责任",
            "I promise that all statements and documents are true and valid",
        ),
        error_messages={"required": "请作出真实性承诺"},
    )

    def future(self, name: str) -> str:
        """In both languages."""
        return both(super().future(name), f"{english_of(self.fields[name])} is in the future")


class ForeignStandingStep(TwoLanguageStep):
    """Which permit is meant, as the register has it."""

    code = "standing"
    title = "现有许可"
    title_english = "Permit in force"
    fixed = dict.fromkeys(("institution", "certificate_number"), both("登记内容，不能改", "as registered"))
    rows = (("institution", "certificate_number"),)

    institution = forms.CharField(label=Label("邀请、聘用单位", "Host institution"), max_length=200)
    certificate_number = forms.CharField(label=Label("许可证编号", "Permit number"), max_length=40)


class ForeignReissueStep(TwoLanguageStep):
    """Why the permit is made again."""

    code = "reissue"
    title = "补证原因"
    title_english = "Reason"
    choices_english = {"cause": "lost=Lost|damaged=Damaged"}

    cause = forms.ChoiceField(
        label=Label("原因", "Reason"), choices=[("lost", "遗失"), ("damaged", "损坏")], widget=Choices
    )
    explanation = forms.CharField(label=Label("经过说明", "What happened"), max_length=300)


class ForeignEndingStep(TwoLanguageStep):
    """Why the practice ends, and since when."""

    code = "ending"
    title = "注销情形"
    title_english = "Ending"
    rows = (("ground", "happened_on"),)
    choices_english = {"ground": "S1=Employment ended|S2=Health|S6=Death or missing|S9=Other"}

    ground = coded(
        "short_term_ending_reason", Label("注销原因", "Reason"), only=lambda code: code.code in {"S1", "S2", "S6", "S9"}
    )
    happened_on = day(Label("情形发生日期", "Since"))
    explanation = forms.CharField(label=Label("说明", "Explanation"), max_length=300, required=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedHost:
    """A host the applicant names: its licence as it stands, the agreement with it, and the work there."""

    name: str
    in_force: bool
    status: str
    agreement_to: date | None = None
    agreement_number: str = ""
    work: str = ""
    practises_there: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignApplicant:
    """A foreign doctor, and what is asked for."""

    hosts: tuple[AskedHost, ...] = ()
    liability_declared: bool = answered("hosts", "liability", default=False)
    """Whether a host without agreement declares to bear the civil liability (第五条)."""
    passport_until: date | None = answered("person", "passport_until")
    home_licence_until: date | None = answered("licence", "home_licence_until")
    health_checked_on: date | None = answered("proofs", "health_checked_on")
    photo_taken_on: date | None = answered("proofs", "photo_taken_on")
    truthful: bool | None = answered("proofs", "truth")
    bars: tuple[Bar, ...] = ()
    periods: Periods = field(default_factory=Periods)
    limits: ShortTermLimits = field(default_factory=ShortTermLimits)


@check(
    "D-W01", foreign_doctor_rules(4), title="邀请、聘用单位的执业许可有效", needs=("hosts",),
    english="Every host institution holds a licence in force",
)  # fmt: skip
def hosts_are_licensed(applicant: ForeignApplicant, on: date) -> Iterator[Finding]:
    """Every host practises here on the day."""
    for host in applicant.hosts:
        if not host.in_force:
            sentence = f"{host.name}现为“{host.status}”，不能作为邀请或者聘用单位"
            told = f"{host.name}: its licence is not in force, so it cannot be a host"
            yield refuse("hosts.hosts", sentence, english=told)


@check(
    "D-W02", foreign_doctor_rules(5), title="与每一单位签有协议或者由单位声明承担民事责任", needs=("hosts",),
    english="An agreement with every host, or a declaration that the host bears civil liability",
)  # fmt: skip
def agreed_or_declared(applicant: ForeignApplicant, on: date) -> Iterator[Finding]:
    """Who was invited without an agreement practises on the host's liability, which must be declared."""
    for host in applicant.hosts:
        if not host.agreement_number and not applicant.liability_declared:
            sentence = f"与{host.name}没有协议的，须由该单位声明承担民事责任"
            told = f"{host.name}: give the agreement number, or attach the host's declaration of civil liability"
            yield refuse("hosts.hosts", sentence, english=told)


@check(
    "D-W03", foreign_doctor_rules(6), title="协议在申请时没有到期", needs=("hosts",),
    english="The agreements have not ended",
)  # fmt: skip
def agreements_run(applicant: ForeignApplicant, on: date) -> Iterator[Finding]:
    """An agreement names its time, and the time is not over."""
    for host in applicant.hosts:
        if host.agreement_to is not None and host.agreement_to <= on:
            sentence = f"与{host.name}的协议到{long_date(host.agreement_to)}止，已没有可以许可的期限"
            told = f"{host.name}: the agreement ended on {host.agreement_to.isoformat()}"
            yield refuse("hosts.hosts", sentence, english=told)


passport_is_valid = not_expired(
    check("D-W04", foreign_doctor_rules(13), title="护照有效", needs=("person",), english="The passport is valid"),
    "person.passport_until", lambda asked: asked.passport_until, "护照", "The passport",
)  # fmt: skip
licensed_abroad = not_expired(
    check(
        "D-W05", foreign_doctor_rules(10), title="外国行医执照有效", needs=("licence",),
        english="The foreign medical licence is valid",
    ),
    "licence.home_licence_until", licensed_until, "外国行医执照", "The foreign medical licence",
)  # fmt: skip
healthy_lately = recent(
    check(
        "D-W06", foreign_doctor_rules(10), title="健康证明在三个月之内", needs=("proofs",),
        english="The health certificate is recent",
    ),
    "proofs.health_checked_on", health_checked, "健康证明已超过 {months} 个月，请重新体检", "The health check",
)  # fmt: skip
photographed_lately = recent(
    check(
        "D-W07", foreign_doctor_rules(10), title="照片在六个月之内", needs=("proofs",), english="The photo is recent"
    ),
    "proofs.photo_taken_on", photographed, "照片拍摄已超过 {months} 个月，请重新拍摄", "The photo",
)  # fmt: skip


@check(
    "D-W08", foreign_doctor_rules(12), title="在这些单位没有有效的短期行医许可", needs=("hosts",),
    english="No permit in force at these hosts",
)  # fmt: skip
def no_permit_there(applicant: ForeignApplicant, on: date) -> Iterator[Finding]:
    """A permit runs out before it is made anew; an overlap of days is put to a person."""
    for host in applicant.hosts:
        if host.practises_there:
            sentence = f"在{host.name}的短期行医许可仍在有效期，新许可将取代它，请核对衔接日期"
            told = f"{host.name}: a permit is still in force and will be replaced by the new one"
            yield advise("hosts.hosts", sentence, english=told)


@check(
    "D-W09", licensing_law(34), foreign_doctor_rules(11), title="诊疗项目经核查",
    english="The clinical work has been reviewed",
)  # fmt: skip
def work_is_weighed(applicant: ForeignApplicant, on: date) -> Iterator[Finding]:
    """Whether the work is safe, reliable, advanced, needed and within the host's licence is for a person to judge."""
    if applicant.hosts and all(host.work for host in applicant.hosts):
        sentence = "须核对诊疗项目安全可靠、先进必需并在单位登记的诊疗科目之内，证书经公证认证"
        told = (
            "The reviewing officer will weigh whether the work is safe, advanced, needed and within the host's licence"
        )
        yield advise("hosts.hosts", sentence, english=told)


@check(
    "D-W10", licensing_law(31), licensing_law(78), title="已承诺材料真实", needs=("proofs",),
    english="Truthfulness promised",
)  # fmt: skip
def promises_truth(applicant: ForeignApplicant, on: date) -> Iterator[Finding]:
    """The applicant answers for the truth of what was handed in."""
    if applicant.truthful is False:
        sentence = "没有作出真实性承诺，承诺后才能提交"
        yield refuse("proofs.truth", sentence, english="Please promise that everything is true")


@check(
    "D-W11", physicians_law(16), licensing_law(78), licensing_law(79), title="没有已登记的不予注册、不予受理情形",
    english="No recorded ground for refusal",
)  # fmt: skip
def not_barred(applicant: ForeignApplicant, on: date) -> Iterator[Finding]:
    """What is recorded about the person in any register of doctors keeps her out here as well."""
    told = "A ground for refusal is recorded; please ask the authority"
    for finding in standing_grounds(applicant.bars, applicant.periods, on, "foreign"):
        yield replace(finding, english=told)
