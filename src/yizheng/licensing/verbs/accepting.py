"""The window: accept, tell once what is missing, decline, or say nothing and be deemed to have accepted (行政许可法 第三十二条)."""

from __future__ import annotations

from yizheng.licensing import instruments, notices
from yizheng.licensing.verbs.acting import Acts

CORRECTION_TERM_DAYS = 60
"""Natural days after which papers that were asked for and never came end the case; told in the notice."""


def only_once(acts: Acts) -> None:
    """What is missing is told once and whole; a second round is not lawful."""
    for act in list(acts.going):
        if act.day_of("ask_correction"):
            acts.refuse(
                act, "补正已一次告知过，不能再次要求补正；材料仍不合格的，请依法作出受理或者不予受理的决定"
            )


def correction_notice(acts: Acts) -> None:
    """What is missing, and until when it may be handed in."""
    asked = [(act, {"items": _lines(act.reason), "term_days": CORRECTION_TERM_DAYS}) for act in acts.going]
    instruments.issue(asked, "correction_notice")
    notices.to_applicants([(case, "申请材料需要补正，请看补正告知书") for case in acts.cases])


def non_acceptance(acts: Acts) -> None:
    """Why the application is not accepted."""
    instruments.issue([(act, {"reasons": _lines(act.reason)}) for act in acts.going], "non_acceptance")
    notices.to_applicants([(case, "申请不予受理，请看不予受理通知书") for case in acts.cases])


def acceptance_notice(acts: Acts) -> None:
    """Accepted, and by when a decision is due."""
    clocks = [acts.clockwork.read(act.case, act.item, act.past, act.on) for act in acts.going]
    told = [
        (act, {"due_on": clock.due_on, "promised": acts.clockwork.periods(act.case, act.item).promised})
        for act, clock in zip(acts.going, clocks, strict=True)
    ]
    instruments.issue(told, "acceptance_notice")
    words = {"deem_accepted": "视为受理"}
    notices.to_applicants(
        [
            (act.case, f"申请{words.get(act.move.verb, '已受理')}，{clock.total} 个工作日内作出决定")
            for act, clock in zip(acts.going, clocks, strict=True)
        ]
    )


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
