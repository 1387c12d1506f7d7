"""The window: accept, tell once what is missing, decline, or say nothing and be deemed to have accepted (行政许可法 第三十二条)."""

from yizheng.kernel.chinese_dates import long_date
from yizheng.licensing.cases import corrections, instruments, notices
from yizheng.licensing.verbs.acting import Acts


def only_once(acts: Acts) -> None:
    """What is missing is told once and whole; a second round is not lawful. The form as it stands is kept beside."""
    for act in list(acts.going):
        act.detail |= corrections.snapshot(act.case)
        if act.day_of("ask_correction"):
            acts.refuse(act, "补正已一次告知过，不能再次要求补正；材料仍不合格的，请依法作出受理或者不予受理的决定")


def correction_notice(acts: Acts) -> None:
    """What is missing, and until when it may be handed in."""
    day = corrections.reply_by(acts.on)
    asked = [(act, {"items": corrections.lines(act.reason), "reply_by": day}) for act in acts.going]
    instruments.issue(asked, "correction_notice")
    notices.to_applicants(
        [
            (act.case, f"申请材料需要补正（{len(corrections.lines(act.reason))} 项），请在{long_date(day)}前交回")
            for act in acts.going
        ]
    )


def non_acceptance(acts: Acts) -> None:
    """Why the application is not accepted."""
    instruments.issue([(act, {"reasons": corrections.lines(act.reason)}) for act in acts.going], "non_acceptance")
    notices.to_applicants([(case, "申请不予受理，请看不予受理通知书") for case in acts.cases])


def acceptance_notice(acts: Acts) -> None:
    """Accepted, and by when a decision is due."""
    clocks = [acts.clockwork.read(act.case, act.item, act.past, act.on) for act in acts.going]
    told = [
        (act, {"due_on": clock.due_on, "promised": acts.clockwork.promised(act.case)})
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


def tell_lapse(acts: Acts) -> None:
    """The case ended because what was asked for never came."""
    words = f"告知补正满 {corrections.TERM_DAYS} 日未交回，本件终止；可以重新申请"
    notices.to_applicants([(case, words) for case in acts.cases])
