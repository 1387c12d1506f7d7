"""Filings (备案): the effect comes with the submission; a check afterwards may find that it was never well filed."""

from __future__ import annotations

from yizheng.licensing import instruments, notices
from yizheng.licensing.item import Shape
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case
from yizheng.licensing.states import CaseState
from yizheng.licensing.verbs.acting import Act
from yizheng.licensing.verbs.performing import after
from yizheng.registry import ChangeKind, changing, undo_own_change


@after("submit", "confirm")
def _take_effect(act: Act) -> None:
    """A complete filing is in the register at once; the day it says so is the day it was submitted whole."""
    case = act.case
    if act.item.shape is not Shape.FILING or case.state not in (CaseState.CHECKING, CaseState.FILED):
        return
    assert act.actor is not None
    with changing(
        kind=ChangeKind.DECISION, actor=act.actor.pk, cause=f"case:{case.pk}", reason="备案"
    ) as change:
        change.relies_on(f"case:{case.pk}", act.item.basis(case, act.on))
        effect = act.item.effect(case, change, act.on)
    case.change_id, case.summary = change.id, effect.summary
    Case.objects.filter(pk=case.pk).update(change_id=change.id, summary=effect.summary)
    act.item.after(case, change.record)
    notices.to_applicant(case, f"{act.item.title}：{effect.summary}")


@after("unfile")
def _strike(act: Act) -> None:
    """A filing that was incomplete or false is taken back out of the register, with the reason told."""
    case = act.case
    if case.change_id is None or act.actor is None:
        raise NotPossibleError("这件备案没有登记变更，不能撤下")
    change = undo_own_change(case.change_id, actor=act.actor.pk, reason=act.reason, cause=f"case:{case.pk}")
    act.item.after(case, change)
    instruments.issue(act, "unfiling", {"reasons": act.reason.splitlines()})
    notices.to_applicant(case, f"备案不成立：{act.reason}")
