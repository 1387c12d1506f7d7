"""What happens on the day: an end is recorded as a change of its own, a proposal is put to the authority, or people are told.

A deadline fires once; one whose facts are gone by then is marked so. Call as the system.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.urls import reverse

from yizheng.disclosure.publishing import refresh
from yizheng.kernel.chinese_dates import long_date
from yizheng.licensing.models import Proposal
from yizheng.registry import ChangeKind, changing
from yizheng.registry.writing import Known, insert_many
from yizheng.systems.doctors.clocks.declaring import Clock, Firing, Told, clocks
from yizheng.systems.doctors.clocks.warning import KIND, accounts_of
from yizheng.systems.doctors.clocks.words import concerned
from yizheng.systems.doctors.models import Deadline, Expiry
from yizheng.systems.doctors.models.expiry import line as expiry_line
from yizheng.work import inbox

PROPOSED = "已提出拟办"
TOLD = "已提醒"
ENDED = "已自动终止"
GONE = "登记已变，不再适用"


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
    assert clock.ends is not None
    with transaction.atomic():
        if not Deadline.objects.all().filter(pk=due.pk, fired_on=None).update(fired_on=on, outcome=ENDED):
            return
        try:
            with transaction.atomic():
                _record_end(clock, due)
        except LookupError:
            Deadline.objects.all().filter(pk=due.pk).update(outcome=GONE)
            return
        refresh("doctor", [due.subject_id])
        _tell(clock, [due])


def _record_end(clock: Clock, due: Deadline) -> None:
    assert clock.ends is not None
    with changing(
        kind=ChangeKind.CONSEQUENCE, actor=None, cause=f"clock:{clock.code}:{due.pk}", reason=clock.title,
        subjects=[due.subject_id],
    ) as change:  # fmt: skip
        what = clock.ends(due, change)
        change.event(
            Expiry,
            due.subject_id,
            expiry_line(due.line)[:80],
            {"clock": clock.code, "ended_line": due.line, "what": what[:200]},
            happened_on=due.fires_on,
            authority_scope=due.authority_scope,
        )


def _propose(clock: Clock, due: list[Deadline], on: date) -> None:
    names = concerned(due)
    rows = [
        Proposal(
            consequence=clock.proposal,
            subject_id=each.subject_id,
            authority_scope=each.authority_scope,
            title=f"{names.person(each)}：{names.sentence(clock, each)}（{each.fires_on}）"[:200],
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
    """The person herself learns what came of it; desks and institutions see it in their lists."""
    if Told.PERSON not in clock.tells:
        return
    names = concerned(due)
    accounts = accounts_of(each.subject_id for each in due)
    notes = [
        inbox.Note(
            accounts[each.subject_id],
            f"{long_date(each.fires_on)}起：{names.sentence(clock, each)}",
            f"{_WHAT_CAME[clock.firing]}（依据{clock.cited(each.about)}）",
            reverse("doctors:my_records"),
        )
        for each in due
        if each.subject_id in accounts
    ]
    inbox.send_many(KIND, notes)


_WHAT_CAME = {
    Firing.TELL: "请按提示办理",
    Firing.PROPOSE: "登记机关将核实，注销等决定作出前会先告知您",
    Firing.END: "登记已记载到期终止",
}


def _mark(due: list[Deadline], on: date, outcome: str) -> None:
    Deadline.objects.all().filter(pk__in=[each.pk for each in due]).update(fired_on=on, outcome=outcome)
