"""Stopping and taking up practice again: a suspension by penalty runs from day to day, one by assessment until it is ended.

医师法 第四十二条、第五十五条至第五十七条. A suspension is laid over what the line says in its period; what the line says
after the period stands again by itself, so a penalty that has run ends without anybody's act.
"""

from __future__ import annotations

from datetime import date, timedelta

from yizheng.registry import FOREVER
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.models import Registration
from yizheng.systems.doctors.models.registration import ENDED, LEFT, REGISTERED
from yizheng.systems.doctors.registration.amending import coming, say

SUSPENDED = frozenset({"SUSP_PENAL", "SUSP_ASSESS"})
ONE_DAY = timedelta(days=1)


def suspend(
    registration: Registration, change: ChangeInProgress, status: str, first: date, last: date | None
) -> None:
    """From the first to the last day the line says that practice is suspended; without a last day until it is ended."""
    until = FOREVER if last is None else last + ONE_DAY
    for version in coming(registration, first, until):
        if version.status not in ENDED:
            say(version, change, first, until, status=status, reason="")


def resume(registration: Registration, change: ChangeInProgress, on: date) -> str:
    """From ``on`` the line says what it said before the suspension, in practice or left; the status it has then."""
    status, reason = _before(registration)
    for version in coming(registration, on):
        if version.status in SUSPENDED:
            say(version, change, on, FOREVER, status=status, reason=reason)
    return status


def _before(registration: Registration) -> tuple[str, str]:
    line = Registration.objects.current().filter(subject_id=registration.subject_id, line=registration.line)
    earlier = line.filter(valid_from__lt=registration.valid_from).exclude(status__in=SUSPENDED)
    last = earlier.order_by("-valid_from").first()
    if last is not None and last.status == LEFT:
        return LEFT, last.reason
    return REGISTERED, ""
