"""Whether a suspension runs on a day, also of a doctor who left meanwhile (医师法 第四十二条、第五十五条至第五十七条)."""

from datetime import date

from yizheng.systems.doctors.conduct.suspending import ONE_DAY, SUSPENDED
from yizheng.systems.doctors.models import Registration
from yizheng.systems.doctors.register import DOCTORS
from yizheng.systems.practitioners.models import PenaltyRecord


def suspended_until(registration: Registration | None, on: date) -> date | None:
    """The first day after the suspension that runs on ``on``; `FOREVER` for one without a last day; else nothing.

    Call it as the system: the penalty of another authority counts too.
    """
    if registration is None:
        return None
    if registration.status in SUSPENDED:
        return registration.valid_to
    ordered = PenaltyRecord.objects.as_of(on).filter(
        subject_id=registration.subject_id, of_register=DOCTORS.code, suspended_from__lte=on, suspended_to__gte=on
    )
    last = ordered.order_by("-suspended_to").values_list("suspended_to", flat=True).first()
    return None if last is None else last + ONE_DAY
