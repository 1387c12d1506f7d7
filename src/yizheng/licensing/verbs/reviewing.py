"""Review: weigh the advice, call in experts, and put the case forward with an opinion (行政许可法 第三十四条)."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from yizheng.licensing.cases import examining, instruments, notices
from yizheng.licensing.findings import Finding
from yizheng.licensing.item import Item
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case, CaseEvent, Disposal
from yizheng.licensing.states import CaseState
from yizheng.licensing.verbs import permits, recording
from yizheng.licensing.verbs.acting import Act, Acts
from yizheng.people import audit
from yizheng.people.models import Account

PROCEDURE_DAYS = 30
"""Working days an expert review is announced to take when nobody says otherwise."""


def once_each(acts: Acts) -> None:
    """Nobody agrees twice."""
    for act in list(acts.going):
        if any(event.verb == "concur" and event.actor_id == act.performer.pk for event in act.past):
            acts.refuse(act, "您已经出具审查意见，请由另一名审核人员通过审核")


def agreed(acts: Acts) -> None:
    """As many reviewing persons as the item asks for; who passes the case on is the last of them."""
    for act in list(acts.going):
        if lacking := lacking_reviewer(act.item, act.past):
            acts.refuse(act, lacking)


def lacking_reviewer(item: Item, past: Iterable[CaseEvent]) -> str:
    """Why the last reviewer cannot pass a case on yet, or nothing."""
    agreed_before = {event.actor_id for event in past if event.verb == "concur"}
    enough = len(agreed_before) >= item.reviewers - 1
    return "" if enough else f"须由 {item.reviewers} 名审核人员审查：先由另一人出具审查意见"


def clear(acts: Acts) -> None:
    """What must be recorded is; no block and no advice without an answer; what was found is counted beside the case."""
    for act in list(acts.going):
        if missing := recording.missing(act.case):
            acts.refuse(act, f"还不能通过审核：{missing}")
    if not acts.going:
        return
    for act, examination in zip(list(acts.going), examining.examine_many(acts.cases, acts.on), strict=True):
        act.case.blocks, act.case.advice = examination.blocks, len(examination.open_advice)
        if hindrance := examination.hindrance(weigh_advice=True):
            acts.refuse(act, f"还不能通过审核：{hindrance}")


def put_forward(proposal: str, acts: Acts) -> None:
    """The case goes to the decision with an opinion: to grant or to refuse."""
    for case in acts.cases:
        case.proposal = proposal


def tell_that_time_stands_still(acts: Acts) -> None:
    """第四十五条: the applicant is told in writing how long the special procedure takes."""
    told = [(act, {"reason": act.reason, "needed_days": _needed_days(act)}) for act in acts.going]
    instruments.issue(told, "procedure_notice")
    what = instruments.PROCEDURES[acts.going[0].move.verb]
    notices.to_applicants([(act.case, f"办件进入{what}，期间不计入办理时限：{act.reason}") for act in acts.going])


def _needed_days(act: Act) -> int:
    days = act.inputs.get("needed_days", PROCEDURE_DAYS)
    if not isinstance(days, int) or days < 1:
        raise NotPossibleError(f"须写明{instruments.PROCEDURES[act.move.verb]}需要几个工作日")
    return days


def dispose(case: Case, account: Account, code: str, *, accepted: bool, reason: str, message: str = "") -> Disposal:
    """Answer one advice with a reason; the case's current reviewer or acceptor does it.

    Of several advices of one code ``message`` says which; without it the first that nobody answered is meant.
    """
    if not reason.strip():
        raise NotPossibleError("处置提示须写明理由")
    if not permits.parts(account, case) & set(permits.STAFF_ROLES):
        raise permits.NotPermittedError("只有受理机关的工作人员能处置提示")
    with transaction.atomic():
        held = Case.objects.visible_to(account).select_for_update().get(pk=case.pk)
        if not held.is_open:
            raise NotPossibleError(f"办件已是“{CaseState(held.state).label}”，不能再处置提示")
        examination = examining.examine(held, timezone.localdate())
        finding = _advice(examination, code, message)
        disposal = Disposal.objects.create(
            case=held,
            finding=finding.code,
            message=finding.message,
            accepted=accepted,
            reason=reason.strip(),
            by=account,
        )
        examining.count(held, examining.examine(held, examination.on))
        audit.record(account, "case.dispose", f"case:{held.pk}", {"finding": code, "accepted": accepted})
    return disposal


def _advice(examination: examining.Examination, code: str, message: str) -> Finding:
    advice = [finding for finding in examination.findings.advice if finding.code == code]
    same = [finding for finding in advice if finding.message == message] if message else advice
    for finding in sorted(same, key=lambda each: examination.disposal_of(each) is not None):
        return finding
    raise NotPossibleError("这条提示已不存在，请刷新后再看")
