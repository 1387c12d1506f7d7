"""What the law asks of a nurse who applies (护士条例 第七条至第十条、第三十一条、第三十二条): one rule a function, pure.

Nothing of the physicians' law is among them: a sentence is no bar, and no assessment is asked for.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from yizheng.kernel.calendar.periods import add_years, bar_lifted_on
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.codes import name_of
from yizheng.kernel.statutes import (
    Article,
    licensing_law,
    nurse_regulation,
    nurse_rules,
    organ_regulation,
    physicians_law,
)  # fmt: skip
from yizheng.licensing.asking.weighing import answered
from yizheng.licensing.dated_numbers import DatedNumbers, number
from yizheng.licensing.findings import Finding, advise, check, refuse
from yizheng.systems.nurses.terms import Course, Standing
from yizheng.systems.practitioners import checks
from yizheng.systems.practitioners.employer import Employer

_BANS = (organ_regulation(36), organ_regulation(37), physicians_law(58))
KEPT_OUT = {"R01": (nurse_regulation(7),), "R06": _BANS, "R12": _BANS}
"""What keeps somebody out of every register, nursing among them, by ground."""


@dataclass(frozen=True)
class Limits(DatedNumbers, prefix="nurses."):
    """The numbers of the rules, as they stand on the day asked about."""

    course_years: int = number("护理、助产专业课程最短年限", 3, "年", nurse_regulation(7))
    internship_months: int = number("护理临床实习最短时间", 8, "个月", nurse_regulation(7))
    fresh_years: int = number("考试合格或者中断护理后多久申请须先培训", 3, "年", nurse_regulation(7))
    training_months: int = number("临床护理培训最短时间", 3, "个月", nurse_regulation(7))
    revoked_years: int = number("被吊销护士执业证书后多久内不得申请", 2, "年", nurse_regulation(32))
    concealed_years: int = number("隐瞒情况或者提供虚假材料后多久内不得再申请", 1, "年", licensing_law(78))
    number_kept: bool = number(
        "重新注册沿用原护士执业证书编号（1 是，0 新编）", True, "", nurse_rules(16), doubtful=True
    )
    suspension_bars: bool = number(
        "暂停执业期满前不得重新注册（1 是，0 可以注册，暂停执行到期满）", True, "", nurse_regulation(31), doubtful=True
    )
    deceit_years: int = number("以欺骗手段取得注册被撤销后多久内不得再申请", 3, "年", licensing_law(79))


@dataclass(frozen=True, slots=True)
class NurseApplicant:
    """What is known of a nurse who applies; nothing where the cell was left empty."""

    course: Course = field(default_factory=Course)
    applied_on: date | None = None
    """The day the application was handed in; the day asked about while it was not."""
    birth_date: date | None = answered("person", "birth_date")
    exam_known: bool | None = None
    """Whether the national results held here have this pass; nothing where they were not asked."""
    passed_on: date | None = answered("exam", "passed_on")
    course_years: Decimal | float | None = answered("education", "years")
    full_time: bool | None = answered("education", "full_time")
    internship_months: float | None = None
    training_months: float | None = None
    training_passed: bool = answered("training", "result", False)
    concealed_on: date | None = None
    deceit_on: date | None = None
    last_worked: date | None = None
    """The last day she worked as a nurse under a registration."""
    register_status: str = Standing.UNREGISTERED
    ordered_until: date | None = None
    """The last day of the order to stop that runs."""
    kept_out: tuple[str, ...] = ()
    """The grounds that keep her out of every register."""
    fit: bool | None = answered("declaration", "health")
    truthful: bool | None = answered("declaration", "truth")
    employer: Employer | None = None
    elsewhere: str = ""
    """What she is registered as in other registers."""
    limits: Limits = field(default_factory=Limits)

    @property
    def suspended_until(self) -> date | None:
        """The last day of the order to stop that runs, where the rule of the day lets it stand in the way."""
        return self.ordered_until if self.limits.suspension_bars else None


def trains_before_first(applicant: NurseApplicant, on: date) -> bool:
    """Whether the application comes more than three years after the pass."""
    passed = applicant.passed_on
    return passed is not None and (applicant.applied_on or on) > add_years(passed, applicant.limits.fresh_years)


def trains_before_return(applicant: NurseApplicant, on: date) -> bool:
    """Whether she has not worked as a nurse for more than three years."""
    last = applicant.last_worked
    return last is not None and (applicant.applied_on or on) > add_years(last, applicant.limits.fresh_years)


def bars(applicant: NurseApplicant, on: date) -> Iterator[tuple[date, str, Article]]:
    """Every bar known on the day: the first day on which one may apply again, what it is, and its article."""
    limits = applicant.limits
    for day, years, words, article in (
        (applicant.course.revoked, limits.revoked_years, "被吊销护士执业证书", nurse_regulation(32)),
        (applicant.concealed_on, limits.concealed_years, "隐瞒情况或者提供虚假材料申请", licensing_law(78)),
        (applicant.deceit_on, limits.deceit_years, "以欺骗手段取得注册被撤销", licensing_law(79)),
    ):
        if day is not None and day <= on:
            yield bar_lifted_on(day, years), words, article


@check("N-EXAM", nurse_regulation(7), title="护士执业资格考试合格", needs=("exam",))
def passed_the_exam(applicant: NurseApplicant, on: date) -> Iterator[Finding]:
    """The national examination is passed by the day."""
    if applicant.passed_on is None or applicant.passed_on > on:
        yield refuse("exam.passed_on", "没有护士执业资格考试合格的记录，考试合格后再申请")
    elif applicant.exam_known is False:
        yield advise("exam.passed_on", "考试成绩记录中没有此人这一天合格的成绩，请核对成绩合格证明")


@check("N-COURSE", nurse_regulation(7), title="全日制护理、助产专业课程满三年", needs=("education",))
def studied_full_time(applicant: NurseApplicant, on: date) -> Iterator[Finding]:
    """A full-time course of nursing or midwifery of at least three years."""
    needed = applicant.limits.course_years
    if applicant.course_years is not None and applicant.course_years < needed:
        yield refuse("education.years", f"护理、助产专业课程须满 {needed} 年")
    if applicant.full_time is False:
        yield refuse("education.full_time", "须为普通全日制护理、助产专业学习，业余、自学、远程的首个学历不符合")


@check("N-PRACTICE", nurse_regulation(7), title="护理临床实习满八个月", needs=("education",))
def trained_on_wards(applicant: NurseApplicant, on: date) -> Iterator[Finding]:
    """Eight months of clinical practice in a teaching or general hospital."""
    needed = applicant.limits.internship_months
    if applicant.internship_months is not None and applicant.internship_months < needed:
        yield refuse("education.internship_months", f"在教学、综合医院的护理临床实习须满 {needed} 个月")


@check("N-TRAINING", nurse_regulation(7), title="逾期申请的，已接受临床护理培训并考核合格", needs=("training",))
def trained_when_late(applicant: NurseApplicant, on: date) -> Iterator[Finding]:
    """Who applies more than three years after the pass has trained for three months and passed."""
    if trains_before_first(applicant, on) and not _trained(applicant):
        assert applicant.passed_on is not None
        years = applicant.limits.fresh_years
        until = long_date(add_years(applicant.passed_on, years))
        months = applicant.limits.training_months
        sentence = f"考试合格之日起超过 {years} 年申请，须接受 {months} 个月临床护理培训并考核合格"
        yield refuse("training.months", sentence, evidence=f"{years} 年于{until}届满")


@check("N-RETURN", nurse_rules(16), title="中断护理超过三年的，已接受培训并考核合格", needs=("training",))
def trained_before_return(applicant: NurseApplicant, on: date) -> Iterator[Finding]:
    """Who has not worked for more than three years has trained for three months and passed."""
    if trains_before_return(applicant, on) and not _trained(applicant):
        years, months = applicant.limits.fresh_years, applicant.limits.training_months
        sentence = f"中断护理执业超过 {years} 年，须接受 {months} 个月临床护理培训并考核合格"
        yield refuse("training.months", sentence)


def _trained(applicant: NurseApplicant) -> bool:
    return applicant.training_passed and (applicant.training_months or 0) >= applicant.limits.training_months


@check("N-BAR", nurse_regulation(32), licensing_law(78), licensing_law(79), title="不在不予受理的期限内")
def not_barred(applicant: NurseApplicant, on: date) -> Iterator[Finding]:
    """Two years from a revocation, one from concealment, three from deceit; the anniversary is still inside."""
    for ground in applicant.kept_out:
        yield refuse("", f"{name_of('doctor_refusal_reason', ground)}，不予注册", articles=KEPT_OUT[ground])
    for open_day, words, article in bars(applicant, on):
        if on < open_day:
            yield refuse("", f"{words}，{long_date(open_day)}起才能再申请", articles=(article,))


@check("N-FIRST", nurse_regulation(8), title="没有护士执业注册")
def not_registered_before(applicant: NurseApplicant, on: date) -> Iterator[Finding]:
    """Who was ever registered applies for renewal, change or registration again, not for a first one."""
    if applicant.course.registered is not None and applicant.course.registered <= on:
        yield refuse("", "已经办理过护士执业注册，请按现在的注册状态办理延续、变更或者重新注册")


healthy = checks.fit_to_practise("N-HEALTH", nurse_regulation(7))
of_full_capacity = checks.of_full_capacity("N-CAPACITY", nurse_regulation(7))
employer_may_practise = checks.licence_in_force("N-EMPLOYER", nurse_regulation(8))
truthful = checks.promises_truth("N-TRUTH")
in_one_register = checks.in_one_register("N-TWO", nurse_regulation(8))
suspension_over = checks.suspension_over("N-SUSPENDED", nurse_regulation(31))

STANDING_REASONS = {
    Standing.UNREGISTERED: "not_registered",
    Standing.EXPIRED: "expired",
    Standing.REVOKED: "revoked",
    Standing.ANNULLED: "annulled",
    Standing.SUSPENDED: "suspended",
}
"""Why a registration that stands so is not renewed; nor changed, but for a suspension."""
FIRST = (
    not_registered_before, passed_the_exam, studied_full_time, trained_on_wards, trained_when_late, not_barred,
    healthy, of_full_capacity, employer_may_practise, in_one_register, truthful,
)  # fmt: skip
AGAIN = (
    trained_before_return, not_barred, suspension_over, healthy, of_full_capacity, employer_may_practise, in_one_register,
    truthful,
)  # fmt: skip
