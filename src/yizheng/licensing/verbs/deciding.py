"""The decision: rules asked again, the register changed, number and certificate made, all in one transaction.

行政许可法 第三十八条: a grant is a written decision; a refusal names its reasons and the way to reconsideration and
to court.
"""

from typing import Any

from yizheng.licensing.cases import examining, instruments, notices
from yizheng.licensing.verbs.acting import Acts
from yizheng.licensing.verbs.entering import entered


def rules_hold_today(acts: Acts) -> None:
    """The same checks once more: what changed since the review stops the grant."""
    examinations = examining.examine_many(acts.cases, acts.on)
    for act, examination in zip(list(acts.going), examinations, strict=True):
        if hindrance := examination.hindrance(weigh_advice=True):
            acts.refuse(act, f"不能准予：{hindrance}")


def ran_out(acts: Acts) -> None:
    """Silence grants what nobody decided: not what was renewed meanwhile, nor what does not stand any more."""
    for act in list(acts.going):
        if not act.item.ran_out(act.case, act.on):
            acts.refuse(act, "许可已经延续或者终止，不再因逾期未作决定而视为准予")


def write_effect(acts: Acts) -> None:
    """Change the register, certify, publish, print the decision and tell."""
    with entered(acts.going, lambda act: act.reason or act.move.title):
        kind = instruments.decision_kind(acts.going[0])
        instruments.issue([(act, {"summary": act.case.summary}) for act in acts.going], kind)
        notices.to_applicants([(case, f"{acts.item.title}：{case.summary}") for case in acts.cases])


def grounds_of_refusal(acts: Acts) -> None:
    """A refusal stands on articles: those of the blocking findings and of the advice that was followed."""
    for act, examination in zip(acts.going, examining.examine_many(acts.cases, acts.on), strict=True):
        act.detail["grounds"] = refusal_grounds(examination)


def refusal_grounds(examination: examining.Examination) -> list[dict[str, Any]]:
    """Reasons with their articles, as the refusal prints them."""
    followed = [
        finding
        for finding in examination.findings.advice
        if (disposal := examination.disposal_of(finding)) is not None and disposal.accepted
    ]
    return [
        {"message": finding.message, "evidence": finding.evidence, "articles": [str(a) for a in finding.articles]}
        for finding in [*examination.findings.blocks, *followed]
    ]


def refusal_notice(acts: Acts) -> None:
    """The refusal with its grounds, told to the applicant and to the institution (医师法 第十六条)."""
    told = []
    for act in acts.going:
        act.case.summary = "不予许可"
        own = {"message": act.reason, "evidence": "", "articles": [str(a) for a in act.item.articles]}
        told.append((act, {"grounds": act.detail["grounds"] or [own], "opinion": act.reason}))
    instruments.issue(told, "refusal")
    title = acts.item.title
    notices.to_applicants([(case, f"{title}：不予许可，请看决定书及救济途径") for case in acts.cases])
    for case in acts.cases:
        notices.to_institution(case, f"{case.applicant_name} 的{title}申请不予许可")


def extended_once(acts: Acts) -> None:
    """第四十二条: once, ten working days, approved by the head of the authority, and the reason told."""
    for act in list(acts.going):
        if act.day_of("extend"):
            acts.refuse(act, "期限只能延长一次")


def extension_notice(acts: Acts) -> None:
    """Until when, and why."""
    instruments.issue([(act, {"reason": act.reason}) for act in acts.going], "extension_notice")
    notices.to_applicants([(act.case, f"办理期限延长十个工作日：{act.reason}") for act in acts.going])
