"""Periodic assessment (定期考核, 医师法 第四十二条; 医师定期考核管理办法): which procedure, what makes it failed, when it is done again.

The short procedure is open after five years with a good record in the cycle or after twelve years, never with a bad one.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from yizheng.kernel.calendar import full_years
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.statutes import assessment_rules, physicians_law
from yizheng.licensing.asking.weighing import answered
from yizheng.licensing.dated_numbers import DatedNumbers, number
from yizheng.licensing.findings import Finding, advise, check, refuse
from yizheng.systems.practitioners.checks import Concerned

SIMPLE = "simple"
GENERAL = "general"
_LAW = physicians_law(42)


@dataclass(frozen=True)
class Assessing(DatedNumbers, prefix="doctors.assessment_"):
    """The dated numbers of assessing."""

    simple_years_with_good_record: int = number("有良好行为记录适用简易程序的执业年限", 5, "年", _LAW)
    simple_years: int = number("无不良行为记录适用简易程序的执业年限", 12, "年", _LAW)
    opinion_days: int = number("机构评定意见须在测评多少日前提出", 30, "日", _LAW, doubtful=True)
    review_days: int = number("收到考核结果后多少日内可以申请复核", 30, "日", _LAW, doubtful=True)
    pass_mark: int = number("业务水平测评合格分数", 60, "分", _LAW, doubtful=True, limits=(0, 100))
    least_months: int = number("考核不合格责令暂停执业最短时间", 3, "个月", _LAW)
    most_months: int = number("考核不合格责令暂停执业最长时间", 6, "个月", _LAW)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed(Concerned):
    """A doctor, her record in the cycle, and the result to be entered."""

    cycle: str = ""
    cycle_from: date | None = None
    cycle_to: date | None = None
    procedure: str = answered("assessment", "procedure", "")
    first_practised_on: date | None = None
    good_records: int = 0
    bad_records: int = 0
    """Bad conduct and penalties in the cycle."""
    known: bool = False
    """Whether a result of this cycle is on record already."""
    again: bool = answered("assessment", "again", False)
    failed_before: bool = False
    """Whether the first assessment of the cycle was failed."""
    suspended_to: date | None = None
    """The last day of the suspension ordered for it; nothing where none was."""
    attended: bool = answered("assessment", "attended", True)
    exempt_by: str = answered("assessment", "exempt_by", "")
    """What stands for the test: standardised training, or the examination for a higher post."""
    exempt_on: date | None = answered("assessment", "exempt_on")
    score: Decimal | None = answered("assessment", "score")
    performance: str = answered("assessment", "performance", "")
    ethics: str = answered("assessment", "ethics", "")
    failing: str = answered("assessment", "failing", "")
    passed: bool | None = answered("assessment", "result")
    opinion_on: date | None = answered("assessment", "opinion_on")
    tested_on: date | None = answered("assessment", "tested_on")
    result_on: date | None = answered("assessment", "result_on")
    training_proof: str = answered("assessment", "training_proof", "")
    numbers: Assessing = field(default_factory=Assessing)

    def may_be_short(self, on: date) -> bool:
        """Whether years and conduct allow the short procedure."""
        if self.bad_records or self.first_practised_on is None:
            return False
        years = full_years(self.first_practised_on, on)
        with_record = self.good_records > 0 and years >= self.numbers.simple_years_with_good_record
        return with_record or years >= self.numbers.simple_years


@check("D-K01", physicians_law(42), title="在考核周期内，结果没有登记过", needs=("assessment",))
def once_a_cycle(doctor: Assessed, on: date) -> Iterator[Finding]:
    """A cycle has one result, and one more where the first was failed; neither lies in the future."""
    if doctor.result_on is not None and doctor.result_on > on:
        yield refuse("assessment.result_on", "结果日期晚于今天，请核对")
    if doctor.known and not doctor.again:
        yield refuse("assessment.cycle", f"{doctor.cycle}周期的考核结果已经登记")
    if doctor.cycle_from is not None and doctor.result_on is not None and doctor.result_on < doctor.cycle_from:
        yield refuse("assessment.result_on", "结果日期早于考核周期开始")


@check("D-K02", physicians_law(42), assessment_rules(18), title="考核程序符合年限和行为记录", needs=("assessment",))
def right_procedure(doctor: Assessed, on: date) -> Iterator[Finding]:
    """The short procedure asks for years of practice and a clean record; the general one is always open."""
    day = doctor.result_on or on
    if doctor.procedure != SIMPLE or doctor.may_be_short(day):
        return
    if doctor.bad_records:
        why = "考核周期内有不良行为记录或者行政处罚"
    else:
        why = (
            f"执业未满{doctor.numbers.simple_years}年，"
            f"也不是执业满{doctor.numbers.simple_years_with_good_record}年并在周期内有良好行为记录"
        )
    yield refuse("assessment.procedure", f"{why}，应当适用一般程序")


@check("D-K03", physicians_law(42), title="机构意见在测评三十日前提出", needs=("assessment",))
def opinion_in_time(doctor: Assessed, on: date) -> Iterator[Finding]:
    """The institution tells the assessing body what it thinks of conduct and work before the test."""
    if doctor.procedure != GENERAL or not doctor.attended or doctor.tested_on is None:
        return
    last = doctor.tested_on - timedelta(days=doctor.numbers.opinion_days)
    if doctor.opinion_on is None:
        yield refuse("assessment.opinion_on", "请填写机构提出评定意见的日期")
    elif doctor.opinion_on > last:
        yield advise("assessment.opinion_on", f"机构的评定意见应在{long_date(last)}以前送考核机构")


@check("D-K04", physicians_law(42), title="有不合格情形的认定为不合格", needs=("assessment",))
def failed_where_it_must_be(doctor: Assessed, on: date) -> Iterator[Finding]:
    """Grounds that fail a doctor whatever the test says; and a result of failing names its ground."""
    if doctor.passed is None:
        return
    reason = _failing(doctor)
    if doctor.passed and reason:
        yield refuse("assessment.result", f"{reason}，应当认定为考核不合格")
    if not doctor.passed and not doctor.failing:
        yield refuse("assessment.failing", "考核不合格的，请选择不合格情形")


def _failing(doctor: Assessed) -> str:
    if not doctor.attended:
        return "没有参加考核"
    if doctor.failing:
        return "有不合格情形"
    if doctor.ethics == "fail" or doctor.performance == "fail":
        return "职业道德或者工作业绩评定不合格"
    tested = doctor.procedure == GENERAL and doctor.score is not None and not doctor.exempt_by
    return "业务水平测评不合格" if tested and (doctor.score or 0) < doctor.numbers.pass_mark else ""


@check("D-K05", physicians_law(42), title="一般程序有业务水平测评成绩", needs=("assessment",))
def tested_in_general_procedure(doctor: Assessed, on: date) -> Iterator[Finding]:
    """The general procedure has a test with a score, unless the doctor did not come or passed what stands for it."""
    tested = doctor.score is not None and doctor.tested_on is not None
    if doctor.procedure == GENERAL and doctor.attended and not (tested or doctor.exempt_by):
        yield refuse("assessment.score", "一般程序须填写业务水平测评日期和成绩")


@check("D-K08", physicians_law(42), title="免予业务水平测评的培训、考试在考核周期内通过", needs=("assessment",))
def exempt_within_the_cycle(doctor: Assessed, on: date) -> Iterator[Finding]:
    """Standardised training or the examination for a higher post stands for the test of the cycle in which it was passed."""
    if not doctor.exempt_by:
        return
    day, first, last = doctor.exempt_on, doctor.cycle_from, doctor.cycle_to
    if day is None:
        yield refuse("assessment.exempt_on", "请填写培训、考试通过日期")
    elif day > on or (first is not None and last is not None and not first <= day <= last):
        yield refuse("assessment.exempt_on", "培训、考试不是在这一考核周期内通过的，不能免予业务水平测评")


@check("D-K06", physicians_law(42), title="再次考核在暂停期满并接受培训之后", needs=("assessment",))
def again_after_the_suspension(doctor: Assessed, on: date) -> Iterator[Finding]:
    """Assessed again is who failed, was stopped, was trained, and whose suspension has run."""
    if not doctor.again:
        return
    if not doctor.failed_before:
        yield refuse("assessment.again", "这一周期没有考核不合格的记录，不能再次考核")
        return
    if doctor.suspended_to is None:
        yield refuse("assessment.again", "还没有责令暂停执业活动的决定，不能再次考核")
    elif doctor.result_on is not None and doctor.result_on <= doctor.suspended_to:
        yield refuse("assessment.result_on", f"暂停执业到{long_date(doctor.suspended_to)}止，期满后再次考核")
    if not doctor.training_proof:
        yield refuse("assessment.training_proof", "请填写暂停期间接受培训的证明")


@check("D-K07", physicians_law(42), title="周期内注册的医师", needs=("assessment",))
def registered_within_the_cycle(doctor: Assessed, on: date) -> Iterator[Finding]:
    """Who was registered after the cycle began joins the next one, or is assessed on a shorter record."""
    first = doctor.first_practised_on
    if first is not None and doctor.cycle_from is not None and first > doctor.cycle_from:
        yield advise("assessment.cycle", "医师在考核周期开始后注册，可以参加下一周期，或者按较短的记录考核")
