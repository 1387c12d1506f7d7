"""The decision: rules asked again, the register changed, number and certificate made, all in one transaction.

行政许可法 第三十八条: a grant is a written decision; a refusal names its reasons and the way to reconsideration and
to court. The basis of a decision — the versions it relied on — is kept with the change.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from yizheng.documents import certificates
from yizheng.documents.certificates import Draft
from yizheng.licensing import examining, instruments, notices
from yizheng.licensing.item import Effect
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case
from yizheng.licensing.verbs.acting import Act, Acts
from yizheng.licensing.verbs.performing import after, before, together
from yizheng.people.models import Account
from yizheng.people.scope import acting_as_system
from yizheng.registry import ChangeKind, changing
from yizheng.registry.many import Cause, changing_many

CERTIFYING = "制发证照"
"""A certificate may take the place of one that another authority issued, which the deciding person does not see."""


@before("grant")
def _rules_hold_today(act: Act) -> None:
    """The same checks once more: what changed since the review stops the grant."""
    examination = examining.examine(act.case, act.on)
    hindrance = examination.hindrance(weigh_advice=True)
    if hindrance:
        examining.count(act.case, examination)
        raise NotPossibleError(f"不能准予：{hindrance}")


@together(_rules_hold_today)
def _rules_hold_for_many(acts: Acts) -> None:
    examinations = examining.examine_many(acts.cases, acts.on)
    acts.refuse(
        [
            (act, f"不能准予：{hindrance}")
            for act, examination in zip(acts.going, examinations, strict=True)
            if (hindrance := examination.hindrance(weigh_advice=True))
        ]
    )


@after("grant", "enact")
def write_effect(act: Act) -> None:
    """Change the register, certify, print the decision and tell."""
    assert act.actor is not None
    case = act.case
    with changing(
        kind=ChangeKind.DECISION,
        actor=act.actor.pk,
        cause=f"case:{case.pk}",
        reason=act.reason or act.move.title,
    ) as change:
        change.relies_on(f"case:{case.pk}", act.item.basis(case, act.on))
        effect = act.item.effect(case, change, act.on)
        case.change_id, case.summary = change.id, effect.summary
        if effect.certificate_kind:
            case.certificate_id = _certify(act, effect, change.id)
        Case.objects.filter(pk=case.pk).update(
            change_id=case.change_id, summary=case.summary, certificate_id=case.certificate_id
        )
        act.item.after(case, change.record)
        instruments.issue(act, instruments.decision_kind(act), {"summary": effect.summary})
        notices.to_applicant(case, f"{act.item.title}：{effect.summary}")


@together(write_effect)
def write_effects(acts: Acts) -> None:
    """The same for many cases: each its own change, number, certificate and decision, in shared statements."""
    cases, item = acts.cases, acts.going[0].item
    with changing_many(
        ChangeKind.DECISION,
        [Cause(_actor(act).pk, f"case:{act.case.pk}", act.reason or act.move.title) for act in acts.going],
        subjects=[case.subject_id for case in cases],
    ) as many:
        bases = item.basis_many(cases, acts.on)
        many.rely_on(
            [
                (change, f"case:{case.pk}", basis)
                for change, case, basis in zip(many.changes, cases, bases, strict=True)
            ]
        )
        effects = item.effect_many(cases, many, acts.on)
        for case, change, effect in zip(cases, many.changes, effects, strict=True):
            case.change_id, case.summary = change.id, effect.summary
        _certify_many(acts, effects)
        item.after_many(cases, many)
        kind = instruments.decision_kind(acts.going[0])
        instruments.issue_many([(act, {"summary": act.case.summary}) for act in acts.going], kind)
        notices.to_applicants([(case, f"{item.title}：{case.summary}") for case in cases])


def _actor(act: Act) -> Account:
    assert act.actor is not None
    return act.actor


def _certify_many(acts: Acts, effects: Sequence[Effect]) -> None:
    certified = [
        (case, effect) for case, effect in zip(acts.cases, effects, strict=True) if effect.certificate_kind
    ]
    with acting_as_system(CERTIFYING):
        issued = certificates.issue_together(
            [
                Draft(
                    kind=effect.certificate_kind,
                    subject_id=case.subject_id,
                    authority_scope=case.decided_by,
                    fields=dict(effect.certificate_fields or {}),
                    issued_on=acts.on,
                    change_id=case.change_id,
                )
                for case, effect in certified
            ]
        )
    for (case, _), certificate in zip(certified, issued, strict=True):
        case.certificate_id = certificate.pk


def _certify(act: Act, effect: Effect, change_id: int) -> int:
    """Issue the certificate of a grant; it is rendered when first opened."""
    with acting_as_system(CERTIFYING):
        certificate = certificates.issue(
            kind=effect.certificate_kind,
            subject_id=act.case.subject_id,
            authority_scope=act.case.decided_by,
            fields=dict(effect.certificate_fields or {}),
            issued_on=act.on,
            change_id=change_id,
        )
    return certificate.pk


@before("refuse")
def _grounds(act: Act) -> None:
    """A refusal stands on articles: those of the blocking findings and of the advice that was followed."""
    examination = examining.examine(act.case, act.on)
    act.detail["grounds"] = refusal_grounds(examination)


def refusal_grounds(examination: examining.Examination) -> list[dict[str, Any]]:
    """Reasons with their articles, as the refusal prints them."""
    followed = [
        finding
        for finding in examination.findings.advice
        if (disposal := examination.disposal_of(finding)) is not None and disposal.accepted
    ]
    return [
        {
            "message": finding.message,
            "evidence": finding.evidence,
            "articles": [str(a) for a in finding.articles],
        }
        for finding in [*examination.findings.blocks, *followed]
    ]


@after("refuse")
def _refusal_notice(act: Act) -> None:
    case = act.case
    case.summary = "不予许可"
    Case.objects.filter(pk=case.pk).update(summary=case.summary)
    grounds = act.detail["grounds"] or [
        {"message": act.reason, "evidence": "", "articles": [str(a) for a in act.item.articles]}
    ]
    instruments.issue(act, "refusal", {"grounds": grounds, "opinion": act.reason})
    notices.to_applicant(case, f"{act.item.title}：不予许可，请看决定书及救济途径")
    notices.to_institution(case, f"{case.applicant_name} 的{act.item.title}申请不予许可")


@before("extend")
def _once(act: Act) -> None:
    """第四十二条: once, ten working days, approved by the head of the authority, and the reason told."""
    if act.case.events.filter(verb="extend").exists():
        raise NotPossibleError("期限只能延长一次")


@after("extend")
def _extension_notice(act: Act) -> None:
    instruments.issue(act, "extension_notice", {"reason": act.reason})
    notices.to_applicant(act.case, f"办理期限延长十个工作日：{act.reason}")
