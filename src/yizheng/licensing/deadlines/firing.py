"""What happens on the day: an end is recorded as a change of its own, a proposal is put to the authority, or people are told.

A deadline fires once; one whose facts are gone by then is marked so. Call as the system.
"""

from datetime import date

from django.db import transaction

from yizheng.licensing.deadlines.clocks import Clock, Firing, Recipient, clocks
from yizheng.licensing.deadlines.warning import names_for, tell_people
from yizheng.licensing.models import Deadline, Expiry, Proposal
from yizheng.registry import ChangeKind, changing
from yizheng.registry.writer.rows import Known, insert_many

PROPOSED = "已提出拟办"
TOLD = "已提醒"
ENDED = "已自动终止"
GONE = "登记已变，不再适用"
_WHAT_CAME = {
    Firing.TELL: "请按提示办理",
    Firing.PROPOSE: "登记机关将核实，注销等决定作出前会先告知您",
    Firing.END: "登记已记载到期终止",
}


def fire(on: date) -> int:
    """Everything whose day has come; returns how many deadlines fired."""
    return sum(_fire(each, on) for each in clocks())


def _fire(clock: Clock, on: date) -> int:
    rows = Deadline.objects.all().pending().filter(clock=clock.code, fires_on__lte=on)
    due = list(rows.order_by("fires_on", "id"))
    if not due:
        return 0
    if clock.firing is Firing.END:
        for each in due:
            _end(clock, each, on)
    elif clock.firing is Firing.PROPOSE:
        _propose(clock, due, on)
    else:
        with transaction.atomic():
            _tell(clock, due)
            _mark(due, on, TOLD)
    return len(due)


def _end(clock: Clock, due: Deadline, on: date) -> None:
    """One change a deadline, so that one can be undone without the others."""
    with transaction.atomic():
        if not Deadline.objects.all().filter(pk=due.pk, fired_on=None).update(fired_on=on, outcome=ENDED):
            return
        try:
            with transaction.atomic():
                _record_end(clock, due)
        except LookupError:
            Deadline.objects.all().filter(pk=due.pk).update(outcome=GONE)
            return
        _tell(clock, [due])


def _record_end(clock: Clock, due: Deadline) -> None:
    with changing(
        kind=ChangeKind.CONSEQUENCE, actor=None, cause=f"clock:{clock.code}:{due.pk}", reason=clock.title,
        subjects=[due.subject_id],
    ) as change:  # fmt: skip
        what = clock.ends(due, change) if clock.ends else clock.ended(due) if clock.ended else clock.title
        change.event(
            Expiry,
            due.subject_id,
            f"expiry:{due.line}"[:80],
            {"clock": clock.code, "ended_line": due.line, "what": what[:200]},
            happened_on=due.fires_on,
            authority_scope=due.authority_scope,
        )
        clock.of.after_end([due.subject_id])


def _propose(clock: Clock, due: list[Deadline], on: date) -> None:
    names = names_for(due)
    rows = [
        Proposal(
            consequence=clock.proposal,
            register=clock.of.register.code,
            subject_id=each.subject_id,
            authority_scope=each.authority_scope,
            title=f"{names.subject(each)}：{names.sentence(clock, each)}（{clock.told_day(each.fires_on)}）"[:200],
            article=str(clock.cited(each.about)),
            cause=each.cause,
            due_on=None,
        )
        for each in due
    ]
    with transaction.atomic():
        insert_many(rows, Known.KEPT)
        _tell(clock, due)
        _mark(due, on, PROPOSED)


def _tell(clock: Clock, due: list[Deadline]) -> None:
    """The person learns what came of it; desks and institutions see it in their lists."""
    if Recipient.PERSON in clock.recipients:
        came = _WHAT_CAME[clock.firing]
        tell_people(
            clock, due, "{day}起：{says}", lambda each: f"{came}（依据{clock.cited(each.about)}）", lambda on: on
        )


def _mark(due: list[Deadline], on: date, outcome: str) -> None:
    Deadline.objects.all().filter(pk__in=[each.pk for each in due]).update(fired_on=on, outcome=outcome)
