"""The window: accept, tell once what is missing, decline, or say nothing and be deemed to have accepted (行政许可法 第三十二条)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from yizheng.licensing import instruments, notices, timekeeping
from yizheng.licensing.clock import Clock
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case
from yizheng.licensing.states import CaseState
from yizheng.licensing.verbs.acting import Act, Acts
from yizheng.licensing.verbs.performing import LostRaceError, after, before, perform, together

CORRECTION_TERM_DAYS = 60
"""Natural days after which papers that were asked for and never came end the case; told in the notice."""


@before("ask_correction")
def _only_once(act: Act) -> None:
    """What is missing is told once and whole; a second round is not lawful."""
    if act.case.events.filter(verb="ask_correction").exists():
        raise NotPossibleError(
            "补正已一次告知过，不能再次要求补正；材料仍不合格的，请依法作出受理或者不予受理的决定"
        )


@after("ask_correction")
def _correction_notice(act: Act) -> None:
    instruments.issue(
        act, "correction_notice", {"items": _lines(act.reason), "term_days": CORRECTION_TERM_DAYS}
    )
    notices.to_applicant(act.case, "申请材料需要补正，请看补正告知书")


@after("decline")
def _non_acceptance(act: Act) -> None:
    instruments.issue(act, "non_acceptance", {"reasons": _lines(act.reason)})
    notices.to_applicant(act.case, "申请不予受理，请看不予受理通知书")


@after("accept", "deem_accepted")
def _acceptance_notice(act: Act) -> None:
    clock = timekeeping.read(act.case, act.item, act.on)
    instruments.issue(act, "acceptance_notice", _told(clock, timekeeping.promised(act.case)))
    notices.to_applicant(act.case, _words(act, clock))


@together(_acceptance_notice)
def _acceptance_notices(acts: Acts) -> None:
    told = []
    for act in acts.going:
        clock = acts.clockwork.read(act.case, act.item, act.past or (), act.on)
        told.append((act, clock, _told(clock, acts.clockwork.periods(act.case, act.item).promised)))
    instruments.issue_many([(act, particulars) for act, _, particulars in told], "acceptance_notice")
    notices.to_applicants([(act.case, _words(act, clock)) for act, clock, _ in told])


def _told(clock: Clock, promised: int | None) -> dict[str, Any]:
    return {"due_on": clock.due_on, "promised": promised}


def _words(act: Act, clock: Clock) -> str:
    word = "视为受理" if act.move.verb == "deem_accepted" else "已受理"
    return f"申请{word}，{clock.total} 个工作日内作出决定"


def deem_accepted(today: date | None = None) -> int:
    """Every case whose five working days ran out in silence is accepted as of the day of receipt. Returns how many."""
    return _sweep([CaseState.RECEIVED, CaseState.CORRECTED], "deem_accepted", today or timezone.localdate())


def _sweep(states: list[CaseState], verb: str, today: date) -> int:
    done = 0
    for case in Case.objects.all().filter(state__in=states, due_on__lt=today).iterator():
        try:
            perform(case, verb, None, on=today)
        except LostRaceError:
            continue
        done += 1
    return done


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
