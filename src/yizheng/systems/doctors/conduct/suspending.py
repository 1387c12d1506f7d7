"""Stopping and taking up practice again: a suspension by penalty runs from day to day, one by assessment until it is ended.

医师法 第四十二条、第五十五条至第五十七条. A suspension is laid over what the line says in its period; what the line says
after the period stands again by itself, so a penalty that has run ends without anybody's act. Two orders may overlap: the end
of one ends that one alone.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from yizheng.registry import FOREVER
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.models import PeriodicAssessment, Registration
from yizheng.systems.doctors.models.registration import ENDED, LEFT, REGISTERED
from yizheng.systems.doctors.register import DOCTORS
from yizheng.systems.practitioners.amending import coming, say
from yizheng.systems.practitioners.models import PenaltyRecord

BY_PENALTY, BY_ASSESSMENT = "SUSP_PENAL", "SUSP_ASSESS"
SUSPENDED = frozenset({BY_PENALTY, BY_ASSESSMENT})
ONE_DAY = timedelta(days=1)
Order = tuple[str, date, date]
"""Status, first day, and the first day after."""


def suspend(registration: Registration, change: ChangeInProgress, status: str, first: date, last: date | None) -> None:
    """From the first to the last day the line says that practice is suspended; without a last day until it is ended."""
    until = FOREVER if last is None else last + ONE_DAY
    for version in coming(registration, first, until):
        if version.status not in ENDED:
            say(version, change, first, until, status=status, reason="")


def resume(registration: Registration, change: ChangeInProgress, on: date, *, ended: str) -> str:
    """From ``on`` the suspension of this kind is over: the line says what it said before, or what another order says.

    Returns the status it has then.
    """
    status, reason = _before(registration)
    orders = _other_orders(registration.subject_id, on, ended)
    now = ""
    for version in coming(registration, on):
        if version.status != ended:
            continue
        for first, until, ordered in _pieces(max(on, version.valid_from), version.valid_to, orders):
            say(version, change, first, until, status=ordered or status, reason="" if ordered else reason)
            now = now or ordered or status
    return now or registration.status


def _before(registration: Registration) -> tuple[str, str]:
    line = Registration.objects.current().filter(subject_id=registration.subject_id, line=registration.line)
    earlier = line.filter(valid_from__lt=registration.valid_from).exclude(status__in=SUSPENDED)
    last = earlier.order_by("-valid_from").first()
    if last is not None and last.status == LEFT:
        return LEFT, last.reason
    return REGISTERED, ""


def _other_orders(subject_id: int, on: date, ended: str) -> list[Order]:
    """The orders to stop of the other kind that still run on the day or begin later; call it as the system."""
    mine = {"subject_id": subject_id, "suspended_from__isnull": False}
    if ended == BY_ASSESSMENT:
        rows = PenaltyRecord.objects.current().filter(**mine, of_register=DOCTORS.code)
        return [
            (BY_PENALTY, each.suspended_from, until)
            for each in rows
            if each.suspended_from is not None and (until := _after(each.suspended_to)) > on
        ]
    failed = PeriodicAssessment.objects.current().filter(**mine, passed=False).order_by("-valid_from").first()
    if failed is None or failed.suspended_from is None:
        return []
    again = PeriodicAssessment.objects.current().filter(
        subject_id=subject_id, again=True, passed=True, valid_from__gte=failed.valid_from
    )
    return [] if again.exists() else [(BY_ASSESSMENT, failed.suspended_from, FOREVER)]


def _after(last: date | None) -> date:
    return FOREVER if last is None else last + ONE_DAY


def _pieces(first: date, until: date, orders: list[Order]) -> Iterator[tuple[date, date, str]]:
    """The period cut where an order begins or ends, each part with the status of the order that covers it."""
    inside = {day for _, begins, ends in orders for day in (begins, ends) if first < day < until}
    for begins, ends in pairwise(sorted({first, until, *inside})):
        covering = (status for status, start, end in orders if start <= begins < end)
        yield begins, ends, next(covering, "")
