"""Rules for foreign doctors who practise for a short term, told in Chinese and English.

外国医师短期行医办法 第二条至第十二条; 行政许可法 第三十四条 for what somebody must look at.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.statutes import foreign_doctor_rules, licensing_law, physicians_law
from yizheng.licensing.findings import Check, Finding, advise, check, refuse
from yizheng.systems.doctors.checks.applicant import Bar
from yizheng.systems.doctors.checks.grounds import standing_grounds
from yizheng.systems.doctors.checks.periods import Periods
from yizheng.systems.doctors.short_term.limits import ShortTermLimits, too_old


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
    """A foreign doctor, or one member of a team, and what is asked for."""

    hosts: tuple[AskedHost, ...] = ()
    liability_declared: bool = False
    """Whether a host without agreement declares to bear the civil liability (第五条)."""
    passport_until: date | None = None
    home_licence_until: date | None = None
    health_checked_on: date | None = None
    photo_taken_on: date | None = None
    truthful: bool | None = None
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


def _not_expired(code: str, article: int, titles: tuple[str, str], field: str, what: tuple[str, str]) -> Check:
    """A document that has not run out; its last day still counts."""
    step, name = field.split(".")

    @check(code, foreign_doctor_rules(article), title=titles[0], needs=(step,), english=titles[1])
    def rule(applicant: ForeignApplicant, on: date) -> Iterator[Finding]:
        until: date | None = getattr(applicant, name)
        if until is not None and until < on:
            told = f"{what[1]} expired on {until.isoformat()}"
            yield refuse(field, f"{what[0]}已于{long_date(until)}到期", english=told)

    return rule


def _recent(code: str, titles: tuple[str, str], name: str, months: str, words: tuple[str, str]) -> Check:
    """A proof that is not older than so many months."""

    @check(code, foreign_doctor_rules(10), title=titles[0], needs=("proofs",), english=titles[1])
    def rule(applicant: ForeignApplicant, on: date) -> Iterator[Finding]:
        most: int = getattr(applicant.limits, months)
        if too_old(getattr(applicant, name), most, on):
            told = f"{words[1]} is older than {most} months"
            yield refuse(f"proofs.{name}", words[0].format(months=most), english=told)

    return rule


passport_is_valid = _not_expired(
    "D-W04", 13, ("护照有效", "The passport is valid"), "person.passport_until", ("护照", "The passport")
)
licensed_abroad = _not_expired(
    "D-W05", 10, ("外国行医执照有效", "The foreign medical licence is valid"), "licence.home_licence_until",
    ("外国行医执照", "The foreign medical licence"),
)  # fmt: skip
healthy_lately = _recent(
    "D-W06", ("健康证明在三个月之内", "The health certificate is recent"), "health_checked_on", "health_months",
    ("健康证明已超过 {months} 个月，请重新体检", "The health check"),
)  # fmt: skip
photographed_lately = _recent(
    "D-W07", ("照片在六个月之内", "The photo is recent"), "photo_taken_on", "photo_months",
    ("照片拍摄已超过 {months} 个月，请重新拍摄", "The photo"),
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
