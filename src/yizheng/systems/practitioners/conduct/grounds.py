"""不予注册情形: acts that enter a ground for not registering somebody, and that end one which has ceased or was taken back.

Grounds that follow from a penalty, a deregistration, an annulment or a false application are entered by those acts; what other
authorities found (a sentence, a ban of a court, loss of capacity, illness, cheating, a borrowed qualification) is entered here, of
anybody the register knows. Grounds that are read from what the register says anyway (training, interruption, category, five years
of practice) are not recorded.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from yizheng.kernel.codes import Code, name_of, table
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.asking.weighing import answered
from yizheng.licensing.fields import coded, day, radio
from yizheng.licensing.findings import Finding, refuse, shared
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.practitioners.bars import LASTS, Lasts, enter_bar, open_bars
from yizheng.systems.practitioners.checks import Concerned
from yizheng.systems.practitioners.models import RegistrationBar
from yizheng.systems.practitioners.registered_item import RecordedAct

CEASED, TAKEN_BACK = "ceased", "taken_back"
WHY = ((CEASED, "情形已经消失"), (TAKEN_BACK, "认定被撤销、变更或者登记有误"))


def recorded(code: Code) -> bool:
    """Whether the ground is recorded, and not read from what the register says anyway."""
    return code.attributes["bar_from"] in LASTS


def _lasts(ground: str) -> Lasts | None:
    row = table("doctor_refusal_reason").get(ground)
    return None if row is None else LASTS.get(row.attributes["bar_from"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered(Concerned):
    """Somebody, and a ground that is to be entered."""

    ground: str = answered("ground", "ground", "")
    since: date | None = answered("ground", "since")
    until: date | None = answered("ground", "until")
    for_life: bool = answered("ground", "for_life", False)
    recorded_already: bool = False
    """Whether the ground stands on record on the same paper already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended(Concerned):
    """Somebody, and a ground that is to be ended."""

    ground: str = answered("ground_end", "ground", "")
    standing_since: date | None = None
    """Since when the ground stands; nothing where none does."""
    why: str = answered("ground_end", "why", "")
    ended_on: date | None = answered("ground_end", "ended_on")


@shared("情形已经发生，没有重复登记", needs=("ground",))
def has_come_about(person: Entered, on: date) -> Iterator[Finding]:
    """A ground counts from a day that has been, and is entered once for a paper."""
    if person.since is not None and person.since > on:
        yield refuse("ground.since", "起算日期晚于今天，请核对文书")
    if person.recorded_already:
        yield refuse("ground.document_number", "这份文书认定的同一情形已经登记")


@shared("期限与情形一致", needs=("ground",))
def ends_as_the_ground_does(person: Entered, on: date) -> Iterator[Finding]:
    """A ban names its last day or is for life; no other ground has a last day of its own."""
    if person.ground and _lasts(person.ground) is Lasts.TO_NAMED_DAY:
        if person.until is None and not person.for_life:
            yield refuse("ground.until", "请填写文书载明的截止日期，或者选择没有截止日期")
        elif person.until is not None and person.for_life:
            yield refuse("ground.until", "选择没有截止日期的，不填写截止日期")
        elif person.until is not None and person.since is not None and person.until < person.since:
            yield refuse("ground.until", "截止日期早于起算日期，请核对文书")
    elif person.ground and (person.until is not None or person.for_life):
        yield refuse("ground.until", "这一情形的期限由法律规定或者至情形消失，不填写截止日期")


@shared("有登记的不予注册情形", needs=("ground_end",))
def stands_on_record(person: Ended, on: date) -> Iterator[Finding]:
    """Only a ground that stands on record can end."""
    if person.ground and person.standing_since is None:
        yield refuse("ground_end.ground", "没有这一情形的登记，或者已经终止")


@shared("终止日期在情形发生之后", needs=("ground_end",))
def ceases_after_it_began(person: Ended, on: date) -> Iterator[Finding]:
    """A ground ceases after it began and not in the future; one the law measures in years ends only with what it rests on."""
    if person.ended_on is None or person.why != CEASED:
        return
    if person.ended_on > on:
        yield refuse("ground_end.ended_on", "消失日期晚于今天，消失后再登记")
    if person.standing_since is not None and person.ended_on <= person.standing_since:
        yield refuse("ground_end.ended_on", "消失日期应在情形起算之后")
    if _lasts(person.ground) is Lasts.YEARS:
        yield refuse("ground_end.why", "法律规定了年限的情形期满自行终止；提前终止的，须原认定被撤销或者变更")


class GroundStep(Step):
    """Which ground, since when, on whose decision."""

    code, title = "ground", "不予注册情形"
    rows = (("ground", "since"), ("until", "for_life"), ("authority_name", "document_number"))

    ground = coded("doctor_refusal_reason", "情形", only=recorded)
    since = day("起算日期", hint="刑罚执行完毕、处罚决定、诊断或者裁判生效之日")
    until = day("载明的截止日期", required=False, hint="禁止从业的最后一天")
    for_life = forms.BooleanField(label="终身或者没有载明截止日期", required=False)
    authority_name = forms.CharField(label="认定机关", max_length=100)
    document_number = forms.CharField(label="文书号", max_length=60)


class GroundEndStep(Step):
    """Which ground ends, and why."""

    code, title = "ground_end", "情形终止"
    rows = (("ground", "why"), ("ended_on", "document_number"))

    ground = coded("doctor_refusal_reason", "情形", only=recorded)
    why = radio("终止的原因", WHY)
    ended_on = day("消失日期", hint="不再有这一情形的第一天；认定被撤销的，填写撤销之日")
    document_number = forms.CharField(label="依据的文书号", max_length=60)


class GroundRecord(RecordedAct):
    """不予注册情形登记."""

    title, short_title, group = "不予注册情形登记", "不予注册情形", "考核与行为"
    steps = (GroundStep,)
    weighs = Entered

    def known(self, answers: Answers, subject_id: int, on: date) -> dict[str, Any]:
        """How the person stands, and whether the ground is on record."""
        ground, number = (answers.text(GroundStep.code, name) for name in ("ground", "document_number"))
        papers = {each.document_number for each in open_bars(subject_id, ground, self.of.code)} - {""}
        return {**super().known(answers, subject_id, on), "recorded_already": number in papers}

    def enter(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The ground, from the day it counts from."""
        answers, step = load(case), GroundStep.code
        bar = enter_bar(
            change,
            case.subject_id,
            answers.text(step, "ground"),
            answers.day(step, "since") or on,
            authority_scope=case.decided_by,
            authority_name=answers.text(step, "authority_name"),
            document_number=answers.text(step, "document_number"),
            until=answers.day(step, "until"),
            of=self.of.code,
        )
        return Effect(summary=f"登记不予注册情形：{name_of('doctor_refusal_reason', bar.ground)}")


class GroundEnd(RecordedAct):
    """不予注册情形终止."""

    title, short_title, group = "不予注册情形终止登记", "情形终止", "考核与行为"
    steps = (GroundEndStep,)
    weighs = Ended

    def may_apply(self, subject_id: int, on: date) -> str | None:
        """A ground must stand on record."""
        with acting_as_system("查询可以登记的事项"):
            known = any(open_bars(subject_id, of=self.of.code))
        return super().may_apply(subject_id, on) if known else "没有登记的不予注册情形"

    def known(self, answers: Answers, subject_id: int, on: date) -> dict[str, Any]:
        """How the person stands, and since when the ground named does."""
        bar = self.meant(answers, subject_id)
        return {**super().known(answers, subject_id, on), "standing_since": None if bar is None else bar.valid_from}

    def enter(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The ground ends with the day before; one that should never have been recorded is struck out."""
        answers, step = load(case), GroundEndStep.code
        bar = self.meant(answers, case.subject_id)
        assert bar is not None
        if answers.text(step, "why") == TAKEN_BACK:
            change.retract(bar)
        else:
            change.end(RegistrationBar, bar.subject_id, bar.line, on=answers.day(step, "ended_on") or on)
        name, paper = name_of("doctor_refusal_reason", bar.ground), answers.text(step, "document_number")
        return Effect(summary=f"不予注册情形终止：{name}（{paper}）")

    def meant(self, answers: Answers, subject_id: int) -> RegistrationBar | None:
        """The last record of the ground named that stands; called as the system."""
        return next(iter(open_bars(subject_id, answers.text(GroundEndStep.code, "ground"), self.of.code)), None)
