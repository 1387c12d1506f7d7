"""Filings (备案): the effect comes with the submission; a check afterwards may find that it was never well filed."""

from functools import partial

from yizheng.licensing.cases import instruments, notices
from yizheng.licensing.item import Shape
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.states import CaseState
from yizheng.licensing.verbs.acting import Acts
from yizheng.licensing.verbs.entering import entered
from yizheng.registry import undo_own_change


def take_effect(acts: Acts) -> None:
    """A complete filing is in the register at once; the day it says so is the day it was submitted whole."""
    complete = [
        act
        for act in acts.going
        if act.item.shape is Shape.FILING and act.case.state in (CaseState.CHECKING, CaseState.FILED)
    ]
    with entered(complete, lambda act: "备案"):
        notices.to_applicants([(act.case, f"{act.item.title}：{act.case.summary}") for act in complete])


def strike(acts: Acts) -> None:
    """A filing that was incomplete or false is taken back out of the register, with the reason told."""
    for act in acts.going:
        if act.case.change_id is None:
            raise NotPossibleError("这件备案没有登记变更，不能撤下")
        undo_own_change(
            act.case.change_id,
            actor=act.performer.pk,
            reason=act.reason,
            cause=f"case:{act.case.pk}",
            then=partial(act.item.after, [act.case]),
        )
    instruments.issue([(act, {"reasons": act.reason.splitlines()}) for act in acts.going], "unfiling")
    notices.to_applicants([(act.case, f"备案不成立：{act.reason}") for act in acts.going])
