"""What is weighed at a verification: when it is applied for, what the conclusion rests on; pure.

条例 第二十一条; 细则 第三十六条 (three months before), 第三十七条 (thirty days), 第三十八条 (deferral); 校验办法 第七条、第二十四条.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from yizheng.kernel.calendar import add_months
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.statutes import institution_regulation, institution_rules, licensing_law, verification_rules
from yizheng.licensing.asking.weighing import answered
from yizheng.licensing.dated_numbers import DatedNumbers, number
from yizheng.licensing.findings import Finding, advise, check, refuse
from yizheng.systems.institutions.models.verification import DEFERRED, PASSED
from yizheng.systems.institutions.verification.clock import MONTHS_TO_APPLY
from yizheng.systems.institutions.verifying.steps import LEAST_MONTHS, MOST_MONTHS


@dataclass(frozen=True)
class VerificationNumbers(DatedNumbers, prefix="institutions.verification_"):
    """What the province lays down of verifications."""

    points: int = number("不良执业行为记分达到多少分可以暂缓校验", 12, "分", institution_rules(38), doubtful=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """An institution that is to be verified, and what the officer recorded."""

    due_on: date | None = None
    applied_on: date | None = None
    order_by: date | None = None
    deferred_to: date | None = None
    again_by: date | None = None
    penalised: bool = False
    """Whether it stands still by a penalty (停业整顿)."""
    unseen: bool = False
    """Whether it was not seen on the spot in its last two verifications, or was deferred before."""
    conclusion: str = answered("conclusion", "conclusion", "")
    months: int | None = answered("conclusion", "months")
    points: int = answered("conclusion", "points", 0)
    visited_on: date | None = answered("visit", "visited_on")
    fits: bool | None = answered("visit", "fits")
    numbers: VerificationNumbers = field(default_factory=VerificationNumbers)

    def applied(self, on: date) -> date:
        """The day of the application; while it is a draft, today."""
        return self.applied_on or on


@check("I-V-WINDOW", institution_rules(36), verification_rules(7), title="在校验期满前三个月申请")
def applied_in_its_window(verified: Verified, on: date) -> Iterator[Finding]:
    """From three months before the end; after the end it is late, after the term of an order too late."""
    due, applied = verified.due_on, verified.applied(on)
    if due is None:
        yield refuse("", "登记簿没有记载校验期，请先向登记机关更正")
    elif applied < add_months(due, -MONTHS_TO_APPLY):
        opens = long_date(add_months(due, -MONTHS_TO_APPLY))
        yield refuse("", f"校验期{long_date(due)}届满，期满前三个月（{opens}）起可以申请")
    elif verified.order_by is not None and applied > max(due, verified.order_by):
        yield refuse("", f"责令补办的期限{long_date(verified.order_by)}已经届满，仍未申请的由登记机关注销")
    elif applied > due:
        yield advise("", f"校验期{long_date(due)}已经届满，请核实逾期的原因", articles=(institution_regulation(21),))


@check("I-V-AGAIN", verification_rules(24), institution_rules(38), title="暂缓期满后五日内申请再次校验")
def applied_again_in_time(verified: Verified, on: date) -> Iterator[Finding]:
    """Within five days after the deferral; neither while it runs nor later."""
    ends, applied = verified.deferred_to, verified.applied(on)
    if ends is None:
        yield refuse("", "本机构没有在暂缓校验")
    elif applied <= ends:
        yield refuse("", f"暂缓校验{long_date(ends)}届满，期满后五日内申请再次校验")
    elif verified.again_by is not None and applied > verified.again_by:
        yield refuse("", f"再次校验的申请期限{long_date(verified.again_by)}已经届满，由登记机关注销")


@check("I-V-MONTHS", institution_rules(38), title="暂缓期为一至六个月", needs=("conclusion",))
def deferred_within_limits(verified: Verified, on: date) -> Iterator[Finding]:
    """A deferral lasts one to six months."""
    if verified.conclusion == DEFERRED and not LEAST_MONTHS <= (verified.months or 0) <= MOST_MONTHS:
        yield refuse("conclusion.months", "暂缓校验的，暂缓期为一至六个月")


@check("I-V-VISIT", licensing_law(34), title="需要现场审查的已经审查", needs=("conclusion",))
def seen_on_the_spot(verified: Verified, on: date) -> Iterator[Finding]:
    """Two officers see those who were long unseen, were deferred, or have points."""
    if verified.conclusion and verified.visited_on is None and (verified.unseen or verified.points):
        yield refuse(
            "conclusion.conclusion",
            "近两次校验没有现场审查、曾暂缓校验或者有不良执业行为记分的，须先由两名以上工作人员现场核查并记录",
        )


@check("I-V-FITS", institution_rules(38), title="符合医疗机构基本标准", needs=("conclusion",))
def fits_its_standard(verified: Verified, on: date) -> Iterator[Finding]:
    """What was found not to fit, or stands still by a penalty, is deferred and does not pass."""
    if verified.conclusion != PASSED:
        return
    if verified.fits is False:
        yield refuse("conclusion.conclusion", "现场核查不符合要求的，不能作出校验合格的结论")
    if verified.penalised:
        yield refuse("conclusion.conclusion", "停业整顿期间的，不能作出校验合格的结论")


@check("I-V-POINTS", institution_rules(38), title="不良执业行为记分未达到暂缓校验的标准", needs=("conclusion",))
def few_points(verified: Verified, on: date) -> Iterator[Finding]:
    """From so many points on a pass is weighed."""
    limit = verified.numbers.points
    if verified.conclusion == PASSED and verified.points >= limit:
        yield advise("conclusion.points", f"校验期内记 {verified.points} 分，达到 {limit} 分，可以暂缓校验")


CONCLUDED = (deferred_within_limits, seen_on_the_spot, fits_its_standard, few_points)
