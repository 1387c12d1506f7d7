"""What cases bring into the register: a change for each, with its basis, its facts, its certificate and what is published.

The effect of a filing (备案) comes with its submission; a check afterwards may find that it was never well filed.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from yizheng.documents import certificates
from yizheng.documents.certificates import Draft
from yizheng.documents.numbers import DRAWN
from yizheng.kernel.remembering import changed
from yizheng.licensing.cases import instruments, notices
from yizheng.licensing.item import Effect, Shape
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.states import CaseState
from yizheng.licensing.verbs.acting import Act, Acts
from yizheng.people.scope import acting_as_system
from yizheng.registry import ChangeKind, hold, undo_own_change
from yizheng.registry.verbs import Cause, changing_many

CERTIFYING = "制发证照"
"""A certificate may take the place of one that another authority issued, which the deciding person does not see."""


def hold_subjects(acts: Acts) -> None:
    """What the register says of these people when the rules are asked still stands when the effect is written.

    What was read of them before they were held may be out of date, so it is forgotten.
    """
    hold(case.subject_id for case in acts.cases)
    for case in acts.cases:
        changed(case.subject_id)


@contextmanager
def entered(acts: Sequence[Act], reason: Callable[[Act], str]) -> Iterator[None]:
    """Enter the effect of every act as a change of its own; the block is the last part of the changes.

    The basis of a decision, the versions it relied on, is kept with the change. What is published is published inside.
    """
    if not acts:
        return (yield)
    cases, item, on = [act.case for act in acts], acts[0].item, acts[0].on
    causes = [Cause(act.actor.pk if act.actor else None, f"case:{act.case.pk}", reason(act)) for act in acts]
    with changing_many(ChangeKind.DECISION, causes, subjects=[case.subject_id for case in cases]) as changes:
        entries = list(zip(cases, changes, strict=True))
        for case, change in entries:
            change.relies_on(f"case:{case.pk}", item.basis(case, on))
        with DRAWN.block():
            item.ahead(entries, on)
            effects = [item.effect(case, change, on) for case, change in entries]
        changes[0].flush()
        for (case, change), effect in zip(entries, effects, strict=True):
            case.change_id, case.summary = change.id, effect.summary
        _certify(acts, effects)
        item.after(cases)
        yield


def _certify(acts: Sequence[Act], effects: Sequence[Effect]) -> None:
    """Issue the certificates; they are rendered when first opened."""
    certified = [
        (act.case, _draft(act, effect)) for act, effect in zip(acts, effects, strict=True) if effect.certificate_kind
    ]
    with acting_as_system(CERTIFYING):
        issued = certificates.issue_together([draft for _, draft in certified])
    for (case, _), certificate in zip(certified, issued, strict=True):
        case.certificate_id = certificate.pk


def _draft(act: Act, effect: Effect) -> Draft:
    return Draft(
        kind=effect.certificate_kind,
        subject_id=act.case.subject_id,
        authority_scope=act.case.decided_by,
        fields=dict(effect.certificate_fields or {}),
        issued_on=act.on,
        change_id=act.case.change_id,
    )


def take_effect(acts: Acts) -> None:
    """A complete filing is in the register at once; the day it says so is the day it was submitted whole."""
    complete = [
        act
        for act in acts.going
        if act.item.shape is Shape.FILING and act.case.state in (CaseState.CHECKING, CaseState.FILED)
    ]
    with entered(complete, lambda act: "备案"):
        told = [(act.case, f"{act.item.title}：{act.case.summary}") for act in complete]
        notices.to_applicants(told, to_person=acts.item.objection if complete else "")


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
