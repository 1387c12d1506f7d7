"""Stopping doctors and letting them take up practice again: a penalty stops from day to day, a failed assessment until it is ended.

医师法 第四十二条、第五十五条至第五十七条.
"""

from datetime import date

from yizheng.registry import FOREVER
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.models import PeriodicAssessment, Registration
from yizheng.systems.doctors.models.registration import ENDED, LEFT, REGISTERED
from yizheng.systems.doctors.register import DOCTORS
from yizheng.systems.practitioners.conduct import suspension
from yizheng.systems.practitioners.conduct.suspension import Order
from yizheng.systems.practitioners.models import PenaltyRecord

BY_PENALTY, BY_ASSESSMENT = "SUSP_PENAL", "SUSP_ASSESS"
SUSPENDED = frozenset({BY_PENALTY, BY_ASSESSMENT})


def suspend(registration: Registration, change: ChangeInProgress, status: str, first: date, last: date | None) -> None:
    """From the first to the last day the line says that practice is suspended; without a last day until it is ended."""
    suspension.suspend(
        registration, change, first, last, alive=lambda each: each not in ENDED, status=status, reason=""
    )


def suspended_until(registration: Registration | None, on: date) -> date | None:
    """The first day after the suspension that runs on ``on`` (`suspension.suspended_until`)."""
    return suspension.suspended_until(registration, on, SUSPENDED)


def resume(registration: Registration, change: ChangeInProgress, on: date, *, ended: str) -> str:
    """From ``on`` the suspension of this kind is over, and the doctor in practice again, on leave, or stopped by another order."""
    orders = _other_orders(registration.subject_id, on, ended)
    return suspension.resume(registration, change, on, ended=ended, before=_before(registration), orders=orders)


def _before(registration: Registration) -> dict[str, str]:
    line = Registration.objects.current().filter(subject_id=registration.subject_id, line=registration.line)
    earlier = line.filter(valid_from__lt=registration.valid_from).exclude(status__in=SUSPENDED)
    last = earlier.order_by("-valid_from").first()
    left = last is not None and last.status == LEFT
    return {"status": LEFT if left else REGISTERED, "reason": last.reason if last is not None and left else ""}


def _other_orders(subject_id: int, on: date, ended: str) -> list[Order]:
    """The orders to stop of the other kind that still run on the day or begin later; call it as the system."""
    mine = {"subject_id": subject_id, "suspended_from__isnull": False}
    if ended == BY_ASSESSMENT:
        rows = PenaltyRecord.objects.current().filter(**mine, of_register=DOCTORS.code)
        return [
            (BY_PENALTY, each.suspended_from, until)
            for each in rows
            if each.suspended_from is not None and (until := suspension.after(each.suspended_to)) > on
        ]
    failed = PeriodicAssessment.objects.current().filter(**mine, passed=False).order_by("-valid_from").first()
    if failed is None or failed.suspended_from is None:
        return []
    again = PeriodicAssessment.objects.current().filter(
        subject_id=subject_id, again=True, passed=True, valid_from__gte=failed.valid_from
    )
    return [] if again.exists() else [(BY_ASSESSMENT, failed.suspended_from, FOREVER)]
