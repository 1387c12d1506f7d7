"""What cases there are: in every state of the life cycle, due long ago, today, soon, later, and standing still."""

from __future__ import annotations

from dataclasses import dataclass

from yizheng.licensing.states import CaseState as S


@dataclass(frozen=True, slots=True)
class Plan:
    """So many first registrations that stand in a state; ``ago`` is in working days before today.

    Before acceptance it counts from receipt, afterwards from acceptance.
    """

    state: S
    ago: int
    count: int


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
    Plan(S.IN_PROCEDURE, 9, 3),
    Plan(S.DECIDING, 22, 1),
    Plan(S.DECIDING, 20, 1),
    Plan(S.DECIDING, 18, 3),
    Plan(S.DECIDING, 12, 6),
    Plan(S.DECIDING, 6, 6),
    Plan(S.REFUSED, 40, 5),
    Plan(S.DECLINED, 45, 4),
    Plan(S.WITHDRAWN, 30, 4),
    Plan(S.TERMINATED, 90, 3),
)

STEPS: dict[S, tuple[tuple[str, str, S, str], ...]] = {
    S.DRAFT: (),
    S.CONFIRMING: (("submit", "提交", S.CONFIRMING, "applicant"),),
    S.RECEIVED: (("confirm", "确认聘用", S.RECEIVED, "institution"),),
    S.CORRECTING: (("ask_correction", "一次告知补正", S.CORRECTING, "accept"),),
    S.CORRECTED: (("resubmit", "交回补正", S.CORRECTED, "applicant"),),
    S.REVIEWING: (("accept", "受理", S.REVIEWING, "accept"),),
    S.IN_PROCEDURE: (("start_procedure", "转专家评审", S.IN_PROCEDURE, "review"),),
    S.DECIDING: (("pass_review", "通过审核", S.DECIDING, "review"),),
    S.REFUSED: (
        ("propose_refusal", "拟不予许可", S.DECIDING, "review"),
        ("refuse", "不予许可", S.REFUSED, "decide"),
    ),
    S.DECLINED: (("decline", "不予受理", S.DECLINED, "accept"),),
    S.WITHDRAWN: (("withdraw", "撤回申请", S.WITHDRAWN, "applicant"),),
    S.TERMINATED: (("lapse", "逾期未补正终止", S.TERMINATED, "system"),),
}
"""The acts that lead into a state from the one before it: verb, title, state entered, whose act it is."""

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
}
"""The state a case of the plan was in before."""

REASONS = {
    "ask_correction": "聘用证明未加盖拟执业机构公章，请补盖后重新上传。",
    "decline": "拟执业机构不属于本机关登记，请向登记该机构的机关申请。",
    "propose_refusal": "材料显示的情形属于不予注册的情形。",
    "refuse": "申请人不符合注册条件，不予注册。",
    "withdraw": "拟执业机构有变动，暂不申请。",
    "start_procedure": "拟执业范围与诊疗科目的对应须听取专家意见。",
    "lapse": "告知补正后超过六十日未交回。",
}


def path(state: S) -> list[tuple[str, str, S, str]]:
    """Every act from the draft to ``state``, in order."""
    steps: list[tuple[str, str, S, str]] = []
    here: S | None = state
    while here is not None:
        steps = [*STEPS[here], *steps]
        here = BEFORE.get(here)
    return steps
