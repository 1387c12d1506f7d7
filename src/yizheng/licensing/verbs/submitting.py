"""Submission, the institution's confirmation, withdrawal: what happens on the applicant's side (行政许可法 第二十九条至第三十一条)."""

from collections.abc import Sequence

from django.utils import timezone

from yizheng.licensing.cases import examining, instruments, notices
from yizheng.licensing.item import Shape, Stage
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case, Paper
from yizheng.licensing.states import CaseState
from yizheng.licensing.verbs.acting import Act, Acts
from yizheng.people.scopes import scope_name


def complete_and_routed(acts: Acts) -> None:
    """The form is complete, the papers are there, no block stands; then the case learns where it goes."""
    examinations = examining.examine_many(acts.cases, acts.on)
    for act, examination in zip(list(acts.going), examinations, strict=True):
        try:
            _route(act, examination)
        except NotPossibleError as problem:
            acts.refuse(act, str(problem))
    routed = {case.pk: case for case in acts.cases}
    for paper in Paper.objects.filter(case__in=routed, replaced=False).select_related("attachment"):
        case = routed[paper.case_id]
        paper.attachment.show_to(case.decided_by, case.institution_scope)


def _route(act: Act, examination: examining.Examination) -> None:
    case = act.case
    hindrance = examination.hindrance(weigh_advice=False)
    if hindrance:
        raise NotPossibleError(f"还不能提交：{hindrance}")
    authority = act.item.authority_of(examination.answers, act.on)
    if authority is None:
        raise NotPossibleError("还不能提交：选定的机构没有登记机关，无法确定由谁受理")
    institution = act.item.institution_of(examination.answers, act.on)
    if case.begun_by_institution and institution not in (None, case.applicant_scope):
        raise NotPossibleError("还不能提交：机构只能为到本机构执业的人员申办，请核对表中的机构")
    institution = case.applicant_scope if case.begun_by_institution else institution
    if institution is None and Stage.CONFIRM in act.item.route:
        raise NotPossibleError("还不能提交：没有找到需要确认的机构，请重新选择机构")
    case.institution_scope = institution
    case.institution_name = scope_name(institution) if institution else ""
    case.authority_scope = authority
    case.submitted_at = case.submitted_at or timezone.now()
    case.urgent_on = act.item.urgent_until(case)
    case.rules_on = act.on if act.move.verb == "submit" else case.rules_on
    case.blocks, case.advice = examination.blocks, len(examination.open_advice)


def well_filed_still(acts: Acts) -> None:
    """A filing takes effect with its confirmation: what happened since it was handed in may stand against it."""
    if acts.item.shape is not Shape.FILING:
        return
    for act, examination in zip(list(acts.going), examining.examine_many(acts.cases, acts.on), strict=True):
        if hindrance := examination.hindrance(weigh_advice=False):
            acts.refuse(act, f"不能确认：{hindrance}")


def tell_the_next_desk(acts: Acts) -> None:
    """The institution that confirms, or the authority that received the case."""
    title = acts.item.title
    to_confirm = [case for case in acts.cases if case.state == CaseState.CONFIRMING]
    for case in to_confirm:
        notices.to_institution(case, f"{case.applicant_name} 申请{title}，请{case.item.asked_of_institution}")
    received = [case for case in acts.cases if case not in to_confirm]
    notices.to_desks(_arrived(received))


def tell_the_acceptor(acts: Acts) -> None:
    """What was asked for came back."""
    notices.to_desks([(case, f"{case.applicant_name} 已交回补正材料") for case in acts.cases])


def tell_receipt(acts: Acts) -> None:
    """The institution confirmed: applicant and authority learn it; of a filing the applicant learns that it took effect."""
    if acts.item.shape is not Shape.FILING:
        notices.to_applicants([(case, f"{case.institution_name}已确认，申请已送受理机关") for case in acts.cases])
    notices.to_desks(_arrived(acts.cases))


def _arrived(cases: Sequence[Case]) -> list[tuple[Case, str]]:
    """What the desk is told of cases that reached it; a filing without a check afterwards asks nothing of it."""
    return [
        (case, f"{case.applicant_name} 的{case.item.title}已生效，请核查")
        if case.state == CaseState.CHECKING
        else (case, f"收到 {case.applicant_name} 的{case.item.title}申请")
        for case in cases
        if case.state != CaseState.FILED
    ]


def reopen_draft(acts: Acts) -> None:
    """A case sent back by the institution is a draft again: it was not applied for yet, the authority does not see it."""
    notices.to_applicants([(act.case, f"{act.case.institution_name}退回申请：{act.reason}") for act in acts.going])
    for case in acts.cases:
        case.authority_scope = case.submitted_at = None


def confirm_withdrawal(acts: Acts) -> None:
    """Who had applied is told in writing, and the desk that held the case; a draft is dropped without a word."""
    applied = [act for act in acts.going if act.case.submitted_at is not None]
    handled = [act for act in applied if act.case.authority_scope is not None]
    instruments.issue([(act, {"reason": act.reason}) for act in handled], "withdrawal")
    notices.to_desks([(act.case, f"{act.case.applicant_name} 撤回了申请") for act in handled])
    notices.to_applicants([(act.case, "申请已撤回，可以随时重新申请") for act in applied])
