"""What cases there are: in every state of the life cycle, due long ago, today, soon, later, and standing still."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from yizheng.licensing.states import CaseState as S


@dataclass(frozen=True, slots=True)
class Plan:
    """So many cases that stand in a state; ``ago`` is in working days before today.

    It counts from receipt before acceptance, afterwards from acceptance; for acts of the authority from the last step.
    """

    state: S
    ago: int
    count: int


class Step(NamedTuple):
    """An act on the way: its verb and title, the state it enters, whose it is, working days after the one before."""

    verb: str
    title: str
    state: S
    part: str
    gap: int = 2


FIRST_REGISTRATIONS = (
    Plan(S.DRAFT, 0, 8),
    Plan(S.CONFIRMING, 1, 8),
    Plan(S.RECEIVED, 0, 4),
    Plan(S.RECEIVED, 2, 5),
    Plan(S.RECEIVED, 4, 3),
    Plan(S.RECEIVED, 5, 2),
    Plan(S.CORRECTING, 6, 5),
    Plan(S.CORRECTED, 1, 4),
    Plan(S.REVIEWING, 23, 2),
    Plan(S.REVIEWING, 20, 2),
    Plan(S.REVIEWING, 18, 4),
    Plan(S.REVIEWING, 10, 8),
    Plan(S.REVIEWING, 3, 8),
    Plan(S.IN_PROCEDURE, 9, 5),
    Plan(S.DECIDING, 22, 2),
    Plan(S.DECIDING, 20, 2),
    Plan(S.DECIDING, 18, 4),
    Plan(S.DECIDING, 12, 8),
    Plan(S.DECIDING, 6, 8),
    Plan(S.REFUSED, 40, 5),
    Plan(S.DECLINED, 45, 4),
    Plan(S.WITHDRAWN, 30, 4),
    Plan(S.TERMINATED, 90, 3),
)
DEREGISTRATIONS = (
    Plan(S.PROPOSED, 2, 4),
    Plan(S.NOTICED, 3, 4),
    Plan(S.HEARING, 7, 3),
    Plan(S.DECIDING, 1, 3),
    Plan(S.DROPPED, 15, 2),
    Plan(S.ENACTED, 2, 3),
)
"""Acts of the authority against who left over two years ago; the enacted are decided today, by the real verb."""

STEPS: dict[S, tuple[Step, ...]] = {
    S.DRAFT: (),
    S.CONFIRMING: (Step("submit", "提交", S.CONFIRMING, "applicant"),),
    S.RECEIVED: (Step("confirm", "确认聘用", S.RECEIVED, "institution"),),
    S.CORRECTING: (Step("ask_correction", "一次告知补正", S.CORRECTING, "accept"),),
    S.CORRECTED: (Step("resubmit", "交回补正", S.CORRECTED, "applicant"),),
    S.REVIEWING: (Step("accept", "受理", S.REVIEWING, "accept"),),
    S.IN_PROCEDURE: (Step("start_procedure", "转专家评审", S.IN_PROCEDURE, "review", 4),),
    S.DECIDING: (Step("pass_review", "通过审核", S.DECIDING, "review", 4),),
    S.REFUSED: (
        Step("propose_refusal", "拟不予许可", S.DECIDING, "review", 4),
        Step("refuse", "不予许可", S.REFUSED, "decide", 4),
    ),
    S.DECLINED: (Step("decline", "不予受理", S.DECLINED, "accept"),),
    S.WITHDRAWN: (Step("withdraw", "撤回申请", S.WITHDRAWN, "applicant"),),
    S.TERMINATED: (Step("lapse", "逾期未补正终止", S.TERMINATED, "system", 45),),
    S.PROPOSED: (Step("propose", "提出拟办", S.PROPOSED, "review"),),
    S.NOTICED: (Step("give_notice", "告知当事人", S.NOTICED, "review"),),
    S.HEARING: (Step("ask_hearing", "陈述申辩、要求听证", S.HEARING, "applicant", 3),),
    S.DROPPED: (Step("drop", "不予处理", S.DROPPED, "review", 5),),
}
"""The acts that lead into a state from the one before it."""
CONCLUSION = Step("conclude", "提请决定", S.DECIDING, "review", 8)
"""An act of the authority goes to decision when the time to answer is over."""

BEFORE: dict[S, S] = {
    S.RECEIVED: S.CONFIRMING,
    S.CORRECTING: S.RECEIVED,
    S.CORRECTED: S.CORRECTING,
    S.REVIEWING: S.RECEIVED,
    S.IN_PROCEDURE: S.REVIEWING,
    S.DECIDING: S.REVIEWING,
    S.REFUSED: S.REVIEWING,
    S.DECLINED: S.RECEIVED,
    S.WITHDRAWN: S.RECEIVED,
    S.TERMINATED: S.CORRECTING,
    S.NOTICED: S.PROPOSED,
    S.HEARING: S.NOTICED,
    S.DROPPED: S.NOTICED,
}
"""The state a case of the plan was in before."""

REASONS = {
    "ask_correction": "聘用证明未加盖拟执业机构公章，请补盖后重新上传。",
    "decline": "拟执业机构不属于本机关登记，请向登记该机构的机关申请。",
    "propose_refusal": "材料显示的情形属于不予注册的情形。",
    "refuse": "申请人不符合注册条件，不予注册。",
    "withdraw": "拟执业机构有变动，暂不申请。",
    "start_procedure": "听取专家意见",
    "lapse": "告知补正后超过六十日未交回。",
    "ask_hearing": "本人离岗系外出进修，拟继续执业，要求听证。",
    "conclude": "告知后五个工作日内未陈述、申辩。",
    "drop": "当事人已提交继续执业的证明，经核实不再注销。",
}


def path(state: S) -> list[Step]:
    """Every act from the draft to ``state``, in order."""
    steps: list[Step] = []
    here: S | None = state
    while here is not None:
        steps = [*STEPS[here], *steps]
        here = BEFORE.get(here)
    return steps


def act_path(state: S) -> list[Step]:
    """Every act from the proposal to ``state``, in order; a decision is put forward after notice."""
    if state in (S.DECIDING, S.ENACTED):
        return [*path(S.NOTICED), CONCLUSION]
    return path(state)
