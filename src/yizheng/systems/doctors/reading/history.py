"""What the past of a person says beyond the day: an order to stop that runs, and the days without practice."""

from collections.abc import Collection
from datetime import date

from yizheng.people.scope import acting_as_system
from yizheng.systems.doctors.models import PeriodicAssessment, Registration
from yizheng.systems.doctors.models.registration import LEFT, REGISTERED
from yizheng.systems.doctors.register import DOCTORS
from yizheng.systems.practitioners.models import PenaltyRecord

ELSEWHERE = frozenset({REGISTERED, "MOVED", "MIL"})
"""Statuses under which she practises, here or under another register."""


def suspensions_run(subject_ids: Collection[int], on: date) -> dict[int, date]:
    """By person the last day of the order to stop that runs on ``on``, whether a registration stands or not, in two queries.

    医师法 第四十二条、第五十五条; call it as the system.
    """
    found: dict[int, date] = {}
    for orders in (
        PenaltyRecord.objects.as_of(on).filter(of_register=DOCTORS.code),
        PeriodicAssessment.objects.as_of(on),
    ):
        running = orders.filter(subject_id__in=subject_ids, suspended_from__lte=on, suspended_to__gte=on)
        for subject, until in running.values_list("subject_id", "suspended_to"):
            if until is not None:
                found[subject] = max(until, found.get(subject, until))
    return found


def days_without_practice(subject_id: int, on: date) -> int:
    """How many days since the first registration nobody was in practice: deregistered, on leave, suspended; as the system."""
    lines = Registration.objects.current().filter(subject_id=subject_id, valid_from__lte=on)
    known = sorted(lines, key=lambda each: each.valid_from)
    if not known:
        return 0
    reached, away = known[0].valid_from, 0
    for version in known:
        if version.status in ELSEWHERE:
            away += max(0, (version.valid_from - reached).days)
            reached = max(reached, min(version.valid_to, on))
    return away + max(0, (on - reached).days)


def left_since(registration: Registration) -> date | None:
    """The first day of the leave filing that stands, whatever else of the registration changed during it."""
    if registration.status != LEFT:
        return None
    since = registration.valid_from
    with acting_as_system("核对离岗备案"):
        line = Registration.objects.current().filter(
            subject_id=registration.subject_id, line=registration.line, valid_from__lt=since
        )
        for version in line.order_by("-valid_from"):
            if version.status != LEFT or version.valid_to != since:
                break
            since = version.valid_from
    return since
