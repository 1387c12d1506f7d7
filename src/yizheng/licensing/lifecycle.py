"""Who may do what from where: the life of a case as one table a shape.

行政许可法 第三十二条 (receipt, correction, acceptance), 第三十四条 (review), 第三十八条 (decision), 第四十二条
(extension), 第四十四条 (delivery), 第四十五条 (time that does not count), 第四十六条 (hearing), 第五十条 (silence on a
renewal); 行政处罚法 第四十四条、第六十三条 for acts begun by the authority, whose party is told and heard before a decision.
"""

import enum
from dataclasses import dataclass, replace

from yizheng.licensing.item import Item, Shape, Stage
from yizheng.licensing.states import CaseState as S


class Actor(enum.StrEnum):
    """The part somebody plays towards a case."""

    APPLICANT = "applicant"
    INSTITUTION = "institution"
    ACCEPTOR = "acceptor"
    REVIEWER = "reviewer"
    DECIDER = "decider"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Move:
    """One verb in one state: who may do it, where it leads, how it is asked for on the page."""

    verb: str
    title: str
    who: Actor
    to: S
    key: str = ""
    needs_reason: bool = False
    grave: bool = False
    """Red on the page: takes something from somebody."""
    confirm_identity: bool = False
    """Asks for the second factor again."""
    clear_of_blocks: bool = False
    """Not possible while a block or an undisposed advice stands."""
    alone: bool = False
    """Has a page of its own and is done to one case at a time."""


A, H, C, R, D, X = (
    Actor.APPLICANT, Actor.INSTITUTION, Actor.ACCEPTOR, Actor.REVIEWER, Actor.DECIDER, Actor.SYSTEM,
)  # fmt: skip

_silence = Move("deem_granted", "视为准予", X, S.GRANTED)
_withdraw = Move("withdraw", "撤回申请", A, S.WITHDRAWN, needs_reason=True, grave=True)
_accept = (
    Move("ask_correction", "一次告知补正", C, S.CORRECTING, "r", needs_reason=True),
    Move("decline", "不予受理", C, S.DECLINED, "n", needs_reason=True, grave=True),
    Move("accept", "受理", C, S.REVIEWING, "a"),
    Move("deem_accepted", "视为受理", X, S.REVIEWING),
    _silence,
    _withdraw,
)

LICENCE: dict[S, tuple[Move, ...]] = {
    S.DRAFT: (
        Move("submit", "提交", A, S.RECEIVED, clear_of_blocks=True),
        Move("withdraw", "放弃草稿", A, S.WITHDRAWN, grave=True),
    ),
    S.CONFIRMING: (
        Move("send_back", "退回申请人", H, S.DRAFT, "b", needs_reason=True),
        Move("confirm", Item.confirmation, H, S.RECEIVED, "a"),
        _withdraw,
    ),
    S.RECEIVED: _accept,
    S.CORRECTED: _accept,
    S.CORRECTING: (
        Move("resubmit", "交回补正", A, S.CORRECTED, clear_of_blocks=True),
        Move("lapse", "逾期未补正终止", X, S.TERMINATED),
        _withdraw,
    ),
    S.REVIEWING: (
        Move("record", "填写审核记录", R, S.REVIEWING, alone=True),
        Move("start_procedure", "转专家评审", R, S.IN_PROCEDURE, needs_reason=True),
        Move("start_hearing", "转听证", R, S.HEARING, needs_reason=True),
        Move("propose_refusal", "拟不予许可", R, S.DECIDING, "n", needs_reason=True, grave=True),
        Move("concur", "出具审查意见", R, S.REVIEWING, "o", needs_reason=True),
        Move("pass_review", "通过审核", R, S.DECIDING, "a", clear_of_blocks=True),
        _silence,
        _withdraw,
    ),
    S.IN_PROCEDURE: (Move("end_procedure", "评审结束", R, S.REVIEWING, "a", needs_reason=True), _silence, _withdraw),
    S.HEARING: (Move("end_hearing", "听证结束", R, S.REVIEWING, "a", needs_reason=True), _silence, _withdraw),
    S.DECIDING: (
        Move("extend", "延长期限", D, S.DECIDING, needs_reason=True),
        Move("step_back", "退回上一环节", D, S.REVIEWING, "b", needs_reason=True),
        Move("refuse", "不予许可", D, S.REFUSED, "n", needs_reason=True, grave=True, confirm_identity=True),
        Move("grant", "准予许可", D, S.GRANTED, "a", clear_of_blocks=True, confirm_identity=True),
        _silence,
        _withdraw,
    ),
    S.GRANTED: (Move("deliver", "送达", A, S.DELIVERED), Move("deliver", "登记送达", C, S.DELIVERED, "a")),
}

FILING: dict[S, tuple[Move, ...]] = {
    S.DRAFT: (
        Move("submit", "提交备案", A, S.CHECKING, clear_of_blocks=True),
        Move("withdraw", "放弃草稿", A, S.WITHDRAWN, grave=True),
    ),
    S.CONFIRMING: (
        Move("send_back", "退回申请人", H, S.DRAFT, "b", needs_reason=True),
        Move("confirm", "确认", H, S.CHECKING, "a"),
        _withdraw,
    ),
    S.CHECKING: (
        Move("unfile", "备案不成立", C, S.UNFILED, "n", needs_reason=True, grave=True, confirm_identity=True),
        Move("check_off", "核查无误", C, S.FILED, "a"),
    ),
}

AUTHORITY_ACT: dict[S, tuple[Move, ...]] = {
    S.PROPOSED: (
        Move("drop", "不予处理", R, S.DROPPED, "n", needs_reason=True),
        Move("give_notice", "告知当事人", R, S.NOTICED, "a", needs_reason=True),
    ),
    S.NOTICED: (
        Move("ask_hearing", "陈述申辩、要求听证", A, S.HEARING, needs_reason=True),
        Move("drop", "不予处理", R, S.DROPPED, "n", needs_reason=True),
        Move("conclude", "提请决定", R, S.DECIDING, "a", needs_reason=True),
    ),
    S.HEARING: (Move("end_hearing", "听证结束", R, S.NOTICED, "a", needs_reason=True),),
    S.DECIDING: (
        Move("step_back", "退回上一环节", D, S.NOTICED, "b", needs_reason=True),
        Move("drop", "不予处理", D, S.DROPPED, "n", needs_reason=True),
        Move("enact", "作出决定", D, S.ENACTED, "a", confirm_identity=True, grave=True),
    ),
}

TABLES = {Shape.LICENCE: LICENCE, Shape.FILING: FILING, Shape.AUTHORITY_ACT: AUTHORITY_ACT}

HOLDERS: dict[S, Actor] = {
    S.DRAFT: A, S.CONFIRMING: H, S.RECEIVED: C, S.CORRECTED: C, S.CORRECTING: A, S.REVIEWING: R,
    S.IN_PROCEDURE: R, S.DECIDING: D, S.GRANTED: A, S.CHECKING: C, S.PROPOSED: R, S.NOTICED: R, S.HEARING: R,
}  # fmt: skip
"""Whose desk a case lies on in each open state."""


class NotPossibleError(Exception):
    """The verb is not possible on this case now; the message says why, in Chinese."""


def moves(item: Item, state: S) -> tuple[Move, ...]:
    """The verbs an item's case knows in ``state``; what leads to a station the item's route leaves out is not there."""
    return tuple(_worded(item, move) for move in TABLES[item.shape].get(state, ()) if _known(item, move))


def _worded(item: Item, move: Move) -> Move:
    """The verb as the item calls it: who works there already is not taken on, a verification is concluded."""
    taken_on = (move.verb, move.title) == ("confirm", Item.confirmation)
    title = (
        item.confirmation if taken_on else item.conclusion if item.conclusion and move.verb == "grant" else move.title
    )
    return replace(move, title=title) if title != move.title else move


def _known(item: Item, move: Move) -> bool:
    if move.verb == "step_back":
        return Stage.REVIEW in item.route
    declared = {
        "extend": item.extendable, "deem_granted": item.silence_grants, "record": bool(item.desk_steps),
        "start_hearing": item.hearing, "propose_refusal": not item.conclusion, "refuse": not item.conclusion, "concur": item.reviewers > 1,
    }  # fmt: skip
    return declared.get(move.verb, True)


def move(item: Item, state: S, verb: str, who: Actor | None = None) -> Move:
    """The move ``verb`` makes from ``state``; raises :class:`NotPossibleError` when the table has none."""
    for each in moves(item, state):
        if each.verb == verb and who in (None, each.who):
            return each
    raise NotPossibleError(f"办件处于“{S(state).label}”，此时不能{_title(item, verb)}")


def destination(item: Item, move: Move, *, confirmed: bool = False) -> S:
    """Where the move leads for this item.

    Submission goes by the institution when the route asks it to confirm, unless the institution itself submits
    (``confirmed``); stations that the route leaves out are passed over.
    """
    if move.verb == "submit" and Stage.CONFIRM in item.route and not confirmed:
        return S.CONFIRMING
    if move.verb == "grant" and item.conclusion:
        return S.CONCLUDED
    return onward(item, move.to)


_BEHIND = {
    S.REVIEWING: (Stage.REVIEW, S.DECIDING), S.CHECKING: (Stage.ACCEPT, S.FILED), S.PROPOSED: (Stage.REVIEW, S.DECIDING),
}  # fmt: skip
"""The station of a state, and the state behind it."""


def onward(item: Item, state: S) -> S:
    """The state itself, or the one behind it where the item's route leaves its station out."""
    station, behind = _BEHIND.get(state, (None, state))
    return state if station is None or station in item.route else behind


def _title(item: Item, verb: str) -> str:
    for table in TABLES[item.shape].values():
        for each in table:
            if each.verb == verb:
                return each.title
    return verb
