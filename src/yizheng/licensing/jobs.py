"""What the clock does to cases every day: silence becomes acceptance, a correction that never came ends the case.

行政许可法 第三十二条; 第五十条 for silence on a renewal that was applied for in time. All answer how many cases there were.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils import timezone

from yizheng.licensing import catalogue
from yizheng.licensing.case_clock.calendars import working_calendar
from yizheng.licensing.cases.corrections import VERB, reply_by
from yizheng.licensing.models import Case, CaseEvent
from yizheng.licensing.states import CaseState
from yizheng.licensing.verbs.performing import perform_chunk
from yizheng.work.schedules import schedule


@schedule("20 0 * * *", "licensing.deem_granted", title="有效期届满未作决定的延续申请视为准予")
def deem_granted(today: date | None = None) -> int:
    """Every renewal applied for in time whose licence ran out in silence, granted as of the day after."""
    day = today or timezone.localdate()
    codes = [item.code for item in catalogue.items(day) if item.silence_grants]
    undecided = Case.objects.all().filter(item_code__in=codes, state__in=BEFORE_THE_AUTHORITY)
    run_out = [
        (case, last)
        for case in undecided.iterator()
        if (last := case.item.last_day_of(case)) and last < day and _received_by(case, last)
    ]
    return sum(_sweep([case], "deem_granted", last + timedelta(days=1)) for case, last in run_out)


def _received_by(case: Case, last: date) -> bool:
    """Whether the authority had the application by the day: what lay with the institution it could not decide."""
    return CaseEvent.objects.all().filter(case_id=case.pk, to_state=CaseState.RECEIVED, on__lte=last).exists()


BEFORE_THE_AUTHORITY = (
    CaseState.RECEIVED, CaseState.CORRECTED, CaseState.REVIEWING, CaseState.IN_PROCEDURE, CaseState.DECIDING,
)  # fmt: skip
"""States of an application that waits for the authority."""


@schedule("5 0 * * *", "licensing.deem_accepted", title="逾期未告知的申请视为受理")
def deem_accepted(today: date | None = None) -> int:
    """Every case whose five working days ran out in silence is accepted as of the day of receipt."""
    day = today or timezone.localdate()
    silent = Case.objects.all().filter(state__in=[CaseState.RECEIVED, CaseState.CORRECTED], due_on__lt=day)
    return _sweep(silent.iterator(), "deem_accepted", day)


@schedule("15 0 * * *", "licensing.lapse", title="逾期未交回补正的办件终止")
def lapse(today: date | None = None) -> int:
    """End every case whose term of correction, told in the notice, ran out."""
    day = today or timezone.localdate()
    calendar = working_calendar()
    asked = CaseEvent.objects.all().filter(verb=VERB, case__state=CaseState.CORRECTING).values_list("case_id", "on")
    over = [case for case, on in asked if reply_by(on, calendar) < day]
    return _sweep(Case.objects.all().filter(pk__in=over).iterator(), "lapse", day)


def _sweep(cases: Iterable[Case], verb: str, today: date) -> int:
    """Each case by itself: one that cannot go on, for whatever reason, stops none of the others."""
    outcomes = (outcome for case in cases for outcome in perform_chunk([case], verb, None, reason="", on=today))
    return sum(not outcome.problem for outcome in outcomes)
