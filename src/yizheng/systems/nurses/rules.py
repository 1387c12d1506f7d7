"""What the law asks of a nurse who applies (护士条例 第七条至第十条、第三十一条、第三十二条): one rule a function, pure.

Nothing of the physicians' law is among them: a sentence is no bar, and no assessment is asked for.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from yizheng.kernel.calendar.periods import add_years
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.statutes import licensing_law, nurse_regulation, organ_regulation, physicians_law  # fmt: skip
from yizheng.licensing.asking.weighing import answered
from yizheng.licensing.dated_numbers import DatedNumbers, number
from yizheng.licensing.findings import Finding, advise, check, refuse
from yizheng.systems.nurses.terms import Course
from yizheng.systems.practitioners import checks
from yizheng.systems.practitioners.applying import Applying, Bar, against, known_bars, latest

_BANS = (organ_regulation(36), organ_regulation(37), physicians_law(58))
TRAINING = "临床护理培训"
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
    deceit_years: int = number("以欺骗手段取得注册被撤销后多久内不得再申请", 3, "年", licensing_law(79))


@dataclass(frozen=True, slots=True, kw_only=True)
class NurseApplicant(Applying):
    """What is known of a nurse who applies; nothing where the cell was left empty."""

    course: Course = field(default_factory=Course)
    exam_known: bool | None = None
    """Whether the national results held here have this pass; nothing where they were not asked."""
    passed_on: date | None = answered("exam", "passed_on")
    course_years: Decimal | float | None = answered("education", "years")
    full_time: bool | None = answered("education", "full_time")
    internship_months: float | None = None
    training_months: float | None = None
    training_passed: bool = answered("training", "result", False)
    limits: Limits = field(default_factory=Limits)


def trains_before_first(applicant: NurseApplicant, on: date) -> bool:
    """Whether the application comes more than three years after the pass."""
    passed = applicant.passed_on
    return passed is not None and (applicant.applied_on or on) > add_years(passed, applicant.limits.fresh_years)


def bars(applicant: NurseApplicant, on: date) -> list[Bar]:
    """Every bar known on the day: two years from a revocation, one from concealment, three from deceit."""
    limits, course = applicant.limits, applicant.course
    revoked, deceit = latest(applicant.revoked_on, course.revoked), latest(applicant.deceit_on, course.annulled)
    return known_bars(
        on,
        Bar(revoked, limits.revoked_years, "被吊销护士执业证书", nurse_regulation(32)),
        Bar(applicant.concealed_on, limits.concealed_years, "隐瞒情况或者提供虚假材料申请", licensing_law(78)),
        Bar(deceit, limits.deceit_years, "以欺骗手段取得注册被撤销", licensing_law(79)),
    )


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
    passed, years = applicant.passed_on, applicant.limits.fresh_years
    if passed is not None and trains_before_first(applicant, on):
        ended = f"{years} 年于{long_date(add_years(passed, years))}届满"
        why = f"考试合格之日起超过 {years} 年申请"
        yield from checks.trained_for(applicant, applicant.limits.training_months, TRAINING, why, ended)


@check("N-BAR", nurse_regulation(32), licensing_law(78), licensing_law(79), title="不在不予受理的期限内")
def not_barred(applicant: NurseApplicant, on: date) -> Iterator[Finding]:
    """No bar runs, and no ground keeps her out of every register."""
    return against(bars(applicant, on), applicant.kept_out, KEPT_OUT, on)


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

FIRST = (
    not_registered_before, passed_the_exam, studied_full_time, trained_on_wards, trained_when_late, not_barred,
    healthy, of_full_capacity, employer_may_practise, in_one_register, truthful,
)  # fmt: skip
