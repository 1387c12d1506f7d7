"""Rules for doctors from Hong Kong, Macau and Taiwan who practise for a short term.

港澳医师短期行医规定 第二条至第十三条, 台湾医师短期行医规定 with the same articles; which of the two is cited follows from
where the person comes from.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.codes import table
from yizheng.kernel.statutes import Article, Cited, hk_macau_rules
from yizheng.licensing.findings import Finding, advise, check, refuse
from yizheng.systems.doctors.checks.applicant import Applicant
from yizheng.systems.doctors.short_term.limits import ShortTermLimits, too_old

CATEGORIES = frozenset({"clinical", "tcm", "tcm_integrated", "tcm_ethnic", "stomatology"})
"""第五条: one of clinical, Chinese or dental medicine; public health is not among them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndedPractice:
    """A short-term practice that was ended: why, and on which day."""

    reason: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortTermApplicant(Applicant):
    """Who asks for a short-term registration, and what the rules weigh beside the ordinary ones."""

    origin: str = ""
    document_origin: str = ""
    """Where the travel or residence permit says its holder comes from, in words; empty while none is typed."""
    contract_from: date | None = None
    contract_to: date | None = None
    home_licence_until: date | None = None
    health_checked_on: date | None = None
    photo_taken_on: date | None = None
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


@check("D-HK01", hk_macau_rules(5), title="执业类别为临床、中医或者口腔", needs=("practice",))
def category_is_open(applicant: ShortTermApplicant, on: date) -> Iterator[Finding]:
    """Public health is not open to short-term practice."""
    if applicant.category and applicant.category not in CATEGORIES:
        sentence = "短期行医的执业类别只能是临床、中医、口腔之一"
        yield refuse("practice.category", sentence, articles=cited(applicant.origin, 5))


@check("D-HK02", hk_macau_rules(9), title="聘用协议在申请时没有到期", needs=("practice",))
def contract_runs(applicant: ShortTermApplicant, on: date) -> Iterator[Finding]:
    """The registration lasts as long as the contract, so the contract must still run."""
    ends = applicant.contract_to
    if ends is not None and ends <= on:
        sentence = f"聘用协议到{long_date(ends)}止，已没有可以注册的期限"
        yield refuse("practice.contract_to", sentence, articles=cited(applicant.origin, 9))


@check("D-HK03", hk_macau_rules(6), title="体检在三个月之内", needs=("proofs",))
def health_checked_lately(applicant: ShortTermApplicant, on: date) -> Iterator[Finding]:
    """The health certificate is not older than three months."""
    if too_old(applicant.health_checked_on, applicant.limits.health_months, on):
        sentence = f"体检已超过 {applicant.limits.health_months} 个月，请重新体检"
        yield refuse("proofs.health_checked_on", sentence, articles=cited(applicant.origin, 6))


@check("D-HK04", hk_macau_rules(6), title="照片在六个月之内", needs=("proofs",))
def photographed_lately(applicant: ShortTermApplicant, on: date) -> Iterator[Finding]:
    """The photo is not older than six months."""
    if too_old(applicant.photo_taken_on, applicant.limits.photo_months, on):
        sentence = f"照片拍摄已超过 {applicant.limits.photo_months} 个月，请重新拍摄"
        yield refuse("proofs.photo_taken_on", sentence, articles=cited(applicant.origin, 6))


@check("D-HK05", hk_macau_rules(2), hk_macau_rules(6), title="当地行医执照有效", needs=("licence",))
def licensed_at_home(applicant: ShortTermApplicant, on: date) -> Iterator[Finding]:
    """The right to practise at home is proved on the day; a licence renewed every year need not cover the contract."""
    until = applicant.home_licence_until
    if until is not None and until < on:
        sentence = f"当地行医执照已于{long_date(until)}到期"
        yield refuse("licence.home_licence_until", sentence, articles=cited(applicant.origin, 6))


@check("D-HK06", hk_macau_rules(2), title="证件与来源地一致", needs=("person",))
def document_of_the_origin(applicant: ShortTermApplicant, on: date) -> Iterator[Finding]:
    """The permit shown belongs to somebody of the origin declared."""
    named = table("short_term_origin").get(applicant.origin)
    if named is None or not applicant.document_origin or applicant.document_origin == named.name:
        return
    sentence = f"证件为{applicant.document_origin}居民证件，与所选来源地“{named.name}”不一致"
    yield refuse("person.origin", sentence, articles=cited(applicant.origin, 2))


@check("D-HK07", hk_macau_rules(13), title="没有不满二年的不予注册情形")
def no_bar_from_before(applicant: ShortTermApplicant, on: date) -> Iterator[Finding]:
    """After four of the nine grounds of ending nobody is registered again for two years."""
    for ended in applicant.ended:
        ground = table("short_term_ending_reason").get(ended.reason)
        years = 0 if ground is None else int(ground.attributes["bar_years"])
        if ground is None or not years or applicant.periods.has_run(ended.on, years, on):
            continue
        last = applicant.periods.last_day(ended.on, years)
        sentence = f"曾因“{ground.name}”被注销短期行医注册，到{long_date(last)}止不予注册"
        yield refuse("", sentence, articles=cited(applicant.origin, 13))


@check("D-HK08", hk_macau_rules(9), title="在该机构没有有效的短期行医注册")
def not_registered_there(applicant: ShortTermApplicant, on: date) -> Iterator[Finding]:
    """One registration a host; a further host is a registration of its own, which somebody should know."""
    if applicant.practises_there:
        sentence = "在该机构已有有效的短期行医注册，期满后重新申请"
        yield refuse("practice.institution", sentence, articles=cited(applicant.origin, 9))
    for name in applicant.practises_at:
        sentence = f"已在{name}注册短期行医；另一机构按单独的注册办理，请核对两份协议的时间安排"
        yield advise("practice.institution", sentence, articles=cited(applicant.origin, 11))


@check("D-HK09", hk_macau_rules(4), title="聘用机构为独立法人", needs=("practice",))
def host_stands_for_itself(applicant: ShortTermApplicant, on: date) -> Iterator[Finding]:
    """The host must be a legal person of its own; without a code in the register somebody must look."""
    if applicant.host_is_legal_person is False and applicant.employer is not None:
        sentence = f"登记簿中{applicant.employer.name}没有统一社会信用代码，须核对是否为独立法人"
        yield advise("practice.institution", sentence, articles=cited(applicant.origin, 4))
