"""Rules that every register of people asks of who applies; each register declares them under its own code and articles."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from yizheng.kernel.calendar import add_months, add_years, full_months
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.statutes import institution_regulation, licensing_law
from yizheng.licensing.findings import Finding, advise, refuse, shared
from yizheng.systems.practitioners.employer import Employer
from yizheng.systems.practitioners.permitted import UNREGISTERED

SUSPENDED = "SUSP"
"""How the statuses begin under which the registration itself says that practice is stopped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Concerned:
    """A person in a register: the status that counts, and whether another authority keeps her entry by now."""

    register_status: str = UNREGISTERED
    moved: bool = False


@shared("由保存注册的主管部门办理")
def kept_here(person: Concerned, on: date) -> Iterator[Finding]:
    """Who moved to another authority while the case was a draft begins anew there."""
    if person.moved:
        yield refuse("", "注册已转由另一主管部门保存，请放弃这份申请，重新申请")


class AnApplicant(Protocol):
    """What these rules weigh; nothing where it was not filled in."""

    @property
    def birth_date(self) -> date | None:
        """The day of birth."""

    @property
    def employer(self) -> Employer | None:
        """The institution she wants to work in."""

    @property
    def fit(self) -> bool | None:
        """Whether she declares to be healthy enough."""

    @property
    def truthful(self) -> bool | None:
        """Whether she promised that what she hands in is true."""


class InRegisters(Protocol):
    """Somebody who may stand in another register too."""

    @property
    def elsewhere(self) -> str:
        """What she is registered as in other registers; empty where in none."""


@shared("没有同时在另一登记簿在册")
def in_one_register(applicant: InRegisters, on: date) -> Iterator[Finding]:
    """Whether one person may practise under two registers at once no text settles: a person weighs it."""
    if applicant.elsewhere:
        yield advise("", f"申请人同时是在册{applicant.elsewhere}，能否同时在两个登记簿在册没有明文规定，请核实")


@shared("具有完全民事行为能力")
def of_full_capacity(applicant: AnApplicant, on: date) -> Iterator[Finding]:
    """Under sixteen nobody is of full capacity; at sixteen and seventeen only who lives on own work (民法典 第十八条)."""
    born = applicant.birth_date
    if born is None or on >= add_years(born, 18):
        return
    if on < add_years(born, 16):
        yield refuse("person.birth_date", "申请人未满十六周岁，不具有完全民事行为能力")
    else:
        yield advise("person.birth_date", "申请人未满十八周岁，须核实是否以自己的劳动收入为主要生活来源")


class Stopped(Protocol):
    """Somebody whom an order may stop from practising."""

    @property
    def register_status(self) -> str:
        """The status of the registration that counts."""

    @property
    def suspended_until(self) -> date | None:
        """The last day of the order to stop that runs, whether a registration stands or not."""


@shared("没有正在执行的暂停执业")
def suspension_over(applicant: Stopped, on: date) -> Iterator[Finding]:
    """An order to stop outlives the registration: nobody is registered anew while it runs."""
    if applicant.suspended_until is not None and not applicant.register_status.startswith(SUSPENDED):
        yield refuse("", f"暂停执业到{long_date(applicant.suspended_until)}止，期满前不能再次注册")


@shared("拟执业机构的执业许可有效", institution_regulation(23), needs=("practice",))
def licence_in_force(applicant: AnApplicant, on: date) -> Iterator[Finding]:
    """The licence of the institution allows practice on the day."""
    employer = applicant.employer
    if employer is not None and not employer.in_force:
        yield refuse("practice.institution", f"{employer.name}现为“{employer.status}”，不能作为执业机构")


@shared("健康状况适宜执业", needs=("declaration",))
def fit_to_practise(applicant: AnApplicant, on: date) -> Iterator[Finding]:
    """Who declares to be unfit cannot be registered while that lasts."""
    if applicant.fit is False:
        yield refuse("declaration.health", "申请人声明健康状况不适宜执业，情形消失后再申请")


@shared("已承诺材料真实", licensing_law(31), licensing_law(78), needs=("declaration",))
def promises_truth(applicant: AnApplicant, on: date) -> Iterator[Finding]:
    """The applicant answers for the truth of what was handed in."""
    if applicant.truthful is False:
        yield refuse("declaration.truth", "没有作出真实性承诺，承诺后才能提交")


@dataclass(frozen=True, slots=True, kw_only=True)
class Training:
    """Continuous training before registering (连续培训), as stated and proved."""

    institution: str = ""
    started_on: date | None = None
    ended_on: date | None = None
    passed: bool | None = None


def trained(training: Training, needed: int, on: date, why: str, evidence: str = "") -> Iterator[Finding]:
    """What is wrong with the proof of training of ``needed`` months that is asked for, and why it is."""
    if training.started_on is None or training.ended_on is None or training.passed is None:
        sentence = f"{why}，须提交连续 {needed} 个月以上的培训考核合格证明"
        yield refuse("training.ended_on", sentence, evidence=evidence)
        return
    yield from too_short(training.started_on, training.ended_on, needed, on)
    if not training.passed:
        yield refuse("training.result", "培训考核结果为不合格，须考核合格后再申请")


class TrainedFor(Protocol):
    """Somebody whose training is counted in months."""

    @property
    def training_months(self) -> float | None:
        """How many full months it lasted."""

    @property
    def training_passed(self) -> bool:
        """Whether it was passed."""


def trained_for(person: TrainedFor, needed: int, training: str, why: str, evidence: str = "") -> Iterator[Finding]:
    """What is wrong where training of ``needed`` months is asked for, and why it is."""
    if not person.training_passed or (person.training_months or 0) < needed:
        yield refuse("training.months", f"{why}，须接受 {needed} 个月{training}并考核合格", evidence=evidence)


def too_short(started_on: date, ended_on: date, needed: int, on: date) -> Iterator[Finding]:
    """What is wrong with a training of these days, which must have lasted `needed` months and be over."""
    earliest = add_months(started_on, needed) - timedelta(days=1)
    if ended_on < started_on:
        yield refuse("training.ended_on", "培训结束日期早于开始日期，按证明核对后改正")
    elif ended_on < earliest:
        months = full_months(started_on, ended_on)
        days = (ended_on - add_months(started_on, months)).days + 1
        yield refuse(
            "training.ended_on",
            f"培训只有 {months} 个月 {days} 天。连续培训须满 {needed} 个月，结束日期不能早于{long_date(earliest)}",
        )
    elif ended_on > on:
        yield refuse("training.ended_on", f"培训到{long_date(ended_on)}才结束，结束并考核合格后再申请")
