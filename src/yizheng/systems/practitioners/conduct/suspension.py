"""Stopping practice and taking it up again: a suspension by penalty runs from day to day, one without a last day until it is ended.

A suspension is laid over what the line of a registration says in its period; what the line says after the period stands again by
itself, so a penalty that has run ends without anybody's act. Two orders may overlap: the end of one ends that one alone. The act
of this module enters an early end, and the end of every suspension that has no last day of its own.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet

from yizheng.kernel.chinese_dates import long_date
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.asking.weighing import answered
from yizheng.licensing.fields import radio
from yizheng.licensing.findings import Finding, refuse, shared
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect
from yizheng.licensing.models import Case
from yizheng.registry import FOREVER
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.practitioners.amending import coming, say
from yizheng.systems.practitioners.checks import Concerned
from yizheng.systems.practitioners.models import PenaltyRecord
from yizheng.systems.practitioners.registered_item import RecordedAct

ONE_DAY = timedelta(days=1)
Order = tuple[str, date, date]
"""Status, first day, and the first day after."""
LIFTED = "lifted"
"""The order was taken back, or an appeal annulled it."""
GROUNDS = (("over", "暂停期满"), (LIFTED, "原决定被撤销、变更或者停止执行"))


def suspend(
    standing: Any,
    change: ChangeInProgress,
    first: date,
    last: date | None,
    *,
    alive: Callable[[str], bool],
    **altered: Any,
) -> None:
    """From the first to the last day the line says that practice is suspended; without a last day until it is ended.

    ``alive`` says under which statuses there is something to suspend.
    """
    until = after(last)
    for version in coming(standing, first, until):
        if alive(version.status):
            say(version, change, first, until, **altered)


def resume(
    standing: Any,
    change: ChangeInProgress,
    on: date,
    *,
    ended: str,
    before: dict[str, Any],
    orders: Sequence[Order] = (),
) -> str:
    """From ``on`` the suspension of this status is over: the line says what it said ``before``, or what another order says.

    Returns the status it has then.
    """
    now = ""
    for version in coming(standing, on):
        if version.status != ended:
            continue
        for first, until, ordered in _pieces(max(on, version.valid_from), version.valid_to, orders):
            said: dict[str, Any] = {"status": ordered, "reason": ""} if ordered else before
            say(version, change, first, until, **said)
            now = now or said["status"]
    return now or str(standing.status)


def after(last: date | None) -> date:
    """The first day after an order; one without a last day has none."""
    return FOREVER if last is None else last + ONE_DAY


def _pieces(first: date, until: date, orders: Sequence[Order]) -> Iterator[tuple[date, date, str]]:
    """The period cut where an order begins or ends, each part with the status of the order that covers it."""
    inside = {day for _, begins, ends in orders for day in (begins, ends) if first < day < until}
    for begins, ends in pairwise(sorted({first, until, *inside})):
        covering = (status for status, start, end in orders if start <= begins < end)
        yield begins, ends, next(covering, "")


def running(subject_id: int, of: str, on: date) -> QuerySet[PenaltyRecord]:
    """The penalties under the law of a register that stop practice on the day; call it as the system."""
    known: QuerySet[PenaltyRecord] = PenaltyRecord.objects.as_of(on).filter(subject_id=subject_id, of_register=of)
    return known.filter(suspended_from__lte=on, suspended_to__gte=on)


def last_ordered(subject_id: int, of: str, on: date) -> date | None:
    """The last day of the penalties that stop practice on the day; call it as the system."""
    orders = running(subject_id, of, on).order_by("-suspended_to")
    return orders.values_list("suspended_to", flat=True).first()


def suspended_until(registration: Any, on: date, suspended: Iterable[str]) -> date | None:
    """The first day after the suspension that runs on ``on``; `FOREVER` for one without a last day; else nothing.

    Also of somebody whose registration does not say so, because she left meanwhile. Call it as the system: the penalty of
    another authority counts too.
    """
    if registration is None or registration.status in suspended:
        return None if registration is None else registration.valid_to
    last = last_ordered(registration.subject_id, registration.register.code, on)
    return None if last is None else last + ONE_DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspended(Concerned):
    """Somebody whose practice is suspended, and why it may go on."""

    ground: str = answered("resuming", "ground", "")
    ordered_until: date | None = None
    """The last day of the suspension as the order names it."""
    lifting_document: str = answered("resuming", "document_number", "")


@shared("暂停执业期满", needs=("resuming",))
def period_is_over(person: Suspended, on: date) -> Iterator[Finding]:
    """Before its last day has gone, a suspension ends only because the order was taken back."""
    if person.ground == LIFTED or person.ordered_until is None:
        return
    if on <= person.ordered_until:
        yield refuse("resuming.ground", f"暂停执业到{long_date(person.ordered_until)}止，期满后才能恢复执业")


@shared("提前恢复有撤销或者变更决定的文书", needs=("resuming",))
def lifted_by_a_decision(person: Suspended, on: date) -> Iterator[Finding]:
    """An early end rests on the decision that took the order back."""
    if person.ground == LIFTED and not person.lifting_document:
        yield refuse("resuming.document_number", "请填写撤销、变更原决定的文书号")


class ResumingStep(Step):
    """The ground, and for an early end the document it rests on."""

    code, title = "resuming", "恢复执业"

    ground = radio("恢复执业的理由", GROUNDS)
    document_number = forms.CharField(
        label="文书号", max_length=60, required=False, help_text="提前恢复的，填写撤销、变更原决定的文书"
    )


class SuspensionEnd(RecordedAct):
    """恢复执业 of somebody in a register whose practice a penalty stopped; a register adds what else stops practice."""

    short_title, group = "恢复执业", "考核与行为"
    steps: ClassVar[tuple[type[Step], ...]] = (ResumingStep,)
    weighs: ClassVar[type[Suspended]] = Suspended
    by_penalty: ClassVar[tuple[str, ...]]
    """The written statuses under which a penalty that is taken back stops practice no longer."""

    def known(self, answers: Answers, subject_id: int, on: date) -> dict[str, Any]:
        """How practice is suspended, and until when."""
        known = super().known(answers, subject_id, on)
        last = self.orders(known["register_status"], subject_id, on).order_by("-suspended_from").first()
        return {**known, "ordered_until": None if last is None else last.suspended_to}

    def orders(self, status: str, subject_id: int, on: date) -> QuerySet[Any]:
        """The orders known by which practice is suspended under this status."""
        known: QuerySet[Any] = PenaltyRecord.objects.as_of(on).filter(subject_id=subject_id, of_register=self.of.code)
        return known.filter(suspended_from__isnull=False)

    def resumed(self, registration: Any, change: ChangeInProgress, on: date) -> str:
        """The status of the registration once the suspension it says is over."""
        return resume(registration, change, on, ended=registration.status, before={"status": "REG", "reason": ""})

    def told(self, statuses: Sequence[str]) -> str:
        """What the end of the suspension came to, by the statuses the registrations have now."""
        return "恢复执业"

    def enter(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The suspension that runs ends on every line. A penalty taken back is so from today."""
        held = self.held(case.subject_id, on)
        status = held.status if held.main is None else held.main.status
        if status in self.by_penalty and load(case).text(ResumingStep.code, "ground") == LIFTED:
            self._lift(case.subject_id, change, on)
        stopped = [each for each in held.registrations if each.stands and each.status == status]
        return Effect(self.told([self.resumed(each, change, on) for each in stopped]))

    def _lift(self, subject_id: int, change: ChangeInProgress, on: date) -> None:
        """The penalties that stop practice on the day stop it no longer, as the decision on them says."""
        for record in running(subject_id, self.of.code, on):
            last, first = on - ONE_DAY, record.suspended_from
            kept = (first, last) if first is not None and first <= last else (None, None)
            change.correct_event(record, {**record.values(), "suspended_from": kept[0], "suspended_to": kept[1]})
