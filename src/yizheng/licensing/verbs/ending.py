"""Ends without a decision, and delivery: withdrawal, lapse after correction, handing the certificate over."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from yizheng.licensing import instruments, notices
from yizheng.licensing.models import Case, CaseEvent
from yizheng.licensing.states import CaseState
from yizheng.licensing.verbs.accepting import CORRECTION_TERM_DAYS
from yizheng.licensing.verbs.acting import Act
from yizheng.licensing.verbs.performing import LostRaceError, after, perform


@after("withdraw")
def _confirm_withdrawal(act: Act) -> None:
    if act.case.submitted_at is None:
        return
    if act.case.authority_scope is not None:
        instruments.issue(act, "withdrawal", {"reason": act.reason})
        notices.to_desk(act.case, f"{act.case.applicant_name} 撤回了申请")
    notices.to_applicant(act.case, "申请已撤回，可以随时重新申请")


@after("lapse")
def _tell_lapse(act: Act) -> None:
    notices.to_applicant(act.case, f"告知补正满 {CORRECTION_TERM_DAYS} 日未交回，本件终止；可以重新申请")


def lapse(today: date | None = None) -> int:
    """End every case whose correction term ran out. Returns how many."""
    day = today or timezone.localdate()
    limit = day - timedelta(days=CORRECTION_TERM_DAYS)
    asked = CaseEvent.objects.all().filter(verb="ask_correction", on__lt=limit).values("case_id")
    done = 0
    for case in Case.objects.all().filter(state=CaseState.CORRECTING, pk__in=asked).iterator():
        try:
            perform(case, "lapse", None, on=day)
        except LostRaceError:
            continue
        done += 1
    return done
