"""Doctors from Hong Kong, Macau and Taiwan who practise for a short term (港澳台医师短期行医): the form, and the rules.

港澳医师短期行医规定 第二条至第十三条 (第六条 lists what is to be proved), 台湾医师短期行医规定 with the same articles; which of the two
is cited follows from where the person comes from.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import wraps

from django import forms

from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.codes import table
from yizheng.kernel.identifiers import check_hmt_permit
from yizheng.kernel.statutes import Article, Cited, hk_macau_rules
from yizheng.licensing.asking.name_field import NameField
from yizheng.licensing.asking.weighing import answered
from yizheng.licensing.fields import IdentifierField, coded, day
from yizheng.licensing.findings import Check, Finding, Rule, advise, check, refuse
from yizheng.licensing.forms import Step
from yizheng.systems.doctors.checks.applicant import Applicant
from yizheng.systems.doctors.forms import ScopesStep
from yizheng.systems.doctors.models.short_term import FOREIGN
from yizheng.systems.doctors.short_term.limits import (
    Declaring,
    ShortTermLimits,
    health_checked,
    licensed_until,
    not_expired,
    photographed,
    recent,
)
from yizheng.systems.institutions.institution_field import InstitutionField

CATEGORIES = frozenset({"clinical", "tcm", "tcm_integrated", "tcm_ethnic", "stomatology"})
"""第五条: one of clinical, Chinese or dental medicine; public health is not among them."""

_MOBILE = re.compile(r"\+?\d[\d -]{6,18}\d")
CONTRACT = ("contract_from", "contract_to", "协议结束日期早于开始日期，请核对")
"""The contract does not end before it begins."""


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
    id_number = IdentifierField(check_hmt_permit, label="证件号码", max_length=30)
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
    ordered = (CONTRACT,)

    institution = InstitutionField(
        label="聘用机构", help_text="须为独立法人的医疗机构；输入登记名称或登记号选择，提交后由机构确认"
    )
    category = coded("practice_category", "执业类别", only=lambda code: code.code in CATEGORIES)
    scope = coded("practice_scope", "执业范围")
    department = forms.CharField(label="科室", max_length=50, required=False)
    contract_number = forms.CharField(label="协议编号", max_length=60, required=False)
    contract_from = day("协议开始")
    contract_to = day("协议结束", hint="注册有效期与协议相同，最长三年")


class HmtProofStep(Step):
    """The days of the proofs that must be fresh."""

    code = "proofs"
    title = "证明日期"
    rows = (("health_checked_on", "photo_taken_on", "criminal_checked_on"),)
    past = ("health_checked_on", "photo_taken_on", "criminal_checked_on")

    health_checked_on = day("体检日期", hint="三个月之内")
    photo_taken_on = day("照片拍摄日期", hint="六个月之内")
    criminal_checked_on = day("无犯罪记录证明日期")


@dataclass(frozen=True, slots=True, kw_only=True)
class EndedPractice:
    """A short-term practice that was ended: why, and on which day."""

    reason: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortTermApplicant(Applicant):
    """Who asks for a short-term registration, and what the rules weigh beside the ordinary ones."""

    origin: str = answered("person", "origin", "")
    document_origin: str = ""
    """Where the travel or residence permit says its holder comes from, in words; empty while none is typed."""
    contract_from: date | None = answered("practice", "contract_from")
    contract_to: date | None = answered("practice", "contract_to")
    home_licence_until: date | None = answered("licence", "home_licence_until")
    health_checked_on: date | None = answered("proofs", "health_checked_on")
    photo_taken_on: date | None = answered("proofs", "photo_taken_on")
    host_is_legal_person: bool | None = None
    practises_there: bool = False
    practises_at: tuple[str, ...] = ()
    """The names of other hosts at which a short-term registration stands."""
    ended: tuple[EndedPractice, ...] = ()
    limits: ShortTermLimits = field(default_factory=ShortTermLimits)


def cited(origin: str, number: int) -> tuple[Article, ...]:
    """The article of the rules that hold for this origin."""
    found = table("short_term_origin").get(origin)
    rules = hk_macau_rules if found is None else Cited(found.attributes["statute"])
    return (rules(number),)


def by_origin(
    code: str, *numbers: int, also: tuple[Article, ...] = (), title: str, needs: tuple[str, ...] = (), english: str = ""
) -> Declaring:
    """Declare a rule that both texts have under the same numbers: a finding cites the last of them in the text of the origin."""

    def declaring(rule: Rule) -> Check:
        @wraps(rule)
        def asked(applicant: ShortTermApplicant, on: date) -> Iterator[Finding]:
            for found in rule(applicant, on):
                yield replace(found, articles=found.articles or cited(applicant.origin, numbers[-1]))

        return check(code, *map(hk_macau_rules, numbers), *also, title=title, needs=needs, english=english)(asked)

    return declaring


@by_origin("D-HK01", 5, title="执业类别为临床、中医或者口腔", needs=("practice",))
def category_is_open(applicant: ShortTermApplicant, on: date) -> Iterator[Finding]:
    """Public health is not open to short-term practice."""
    if applicant.category and applicant.category not in CATEGORIES:
        yield refuse("practice.category", "短期行医的执业类别只能是临床、中医、口腔之一")


@by_origin("D-HK02", 9, title="聘用协议在申请时没有到期", needs=("practice",))
def contract_runs(applicant: ShortTermApplicant, on: date) -> Iterator[Finding]:
    """The registration lasts as long as the contract, so the contract must still run."""
    ends = applicant.contract_to
    if ends is not None and ends <= on:
        yield refuse("practice.contract_to", f"聘用协议到{long_date(ends)}止，已没有可以注册的期限")


health_checked_lately = recent(
    by_origin("D-HK03", 6, title="体检在三个月之内", needs=("proofs",)),
    "proofs.health_checked_on", health_checked, "体检已超过 {months} 个月，请重新体检",
)  # fmt: skip
photographed_lately = recent(
    by_origin("D-HK04", 6, title="照片在六个月之内", needs=("proofs",)),
    "proofs.photo_taken_on", photographed, "照片拍摄已超过 {months} 个月，请重新拍摄",
)  # fmt: skip
licensed_at_home = not_expired(
    by_origin("D-HK05", 2, 6, title="当地行医执照有效", needs=("licence",)),
    "licence.home_licence_until", licensed_until, "当地行医执照",
)  # fmt: skip
"""The right to practise at home is proved on the day; a licence renewed every year need not cover the contract."""


@by_origin("D-HK06", 2, title="证件与来源地一致", needs=("person",))
def document_of_the_origin(applicant: ShortTermApplicant, on: date) -> Iterator[Finding]:
    """The permit shown belongs to somebody of the origin declared."""
    named = table("short_term_origin").get(applicant.origin)
    if named is None or not applicant.document_origin or applicant.document_origin == named.name:
        return
    sentence = f"证件为{applicant.document_origin}居民证件，与所选来源地“{named.name}”不一致"
    yield refuse("person.origin", sentence)


@by_origin("D-HK07", 13, title="没有不满二年的不予注册情形")
def no_bar_from_before(applicant: ShortTermApplicant, on: date) -> Iterator[Finding]:
    """After four of the nine grounds of ending nobody is registered again for two years."""
    for ended in applicant.ended:
        ground = table("short_term_ending_reason").get(ended.reason)
        years = 0 if ground is None else int(ground.attributes["bar_years"])
        if ground is None or not years or applicant.periods.has_run(ended.on, years, on):
            continue
        last = applicant.periods.last_day(ended.on, years)
        yield refuse("", f"曾因“{ground.name}”被注销短期行医注册，到{long_date(last)}止不予注册")


@by_origin("D-HK08", 9, title="在该机构没有有效的短期行医注册")
def not_registered_there(applicant: ShortTermApplicant, on: date) -> Iterator[Finding]:
    """One registration a host; a further host is a registration of its own, which somebody should know."""
    if applicant.practises_there:
        yield refuse("practice.institution", "在该机构已有有效的短期行医注册，期满后重新申请")
    for name in applicant.practises_at:
        sentence = f"已在{name}注册短期行医；另一机构按单独的注册办理，请核对两份协议的时间安排"
        yield advise("practice.institution", sentence, articles=cited(applicant.origin, 11))


@by_origin("D-HK09", 4, title="聘用机构为独立法人", needs=("practice",))
def host_stands_for_itself(applicant: ShortTermApplicant, on: date) -> Iterator[Finding]:
    """The host must be a legal person of its own; without a code in the register somebody must look."""
    if applicant.host_is_legal_person is False and applicant.employer is not None:
        yield advise(
            "practice.institution", f"登记簿中{applicant.employer.name}没有统一社会信用代码，须核对是否为独立法人"
        )
