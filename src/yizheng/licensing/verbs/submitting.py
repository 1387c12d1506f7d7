"""Submission and the institution's confirmation: from the applicant's desk to the authority's (行政许可法 第二十九条至第三十一条)."""

from __future__ import annotations

from django.utils import timezone

from yizheng.licensing import examining, notices
from yizheng.licensing.item import Stage
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case, Paper
from yizheng.licensing.states import CaseState
from yizheng.licensing.verbs.acting import Act, Acts
from yizheng.licensing.verbs.performing import after, before, together
from yizheng.people.scopes import scope_name


@before("submit", "resubmit")
def _complete_and_routed(act: Act) -> None:
    """The form is complete, the papers are there, no block stands; then the case learns where it goes."""
    case = act.case
    examination = examining.examine(case, act.on)
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
    case.rules_on = act.on if act.move.verb == "submit" else case.rules_on
    case.save(
        update_fields=["institution_scope", "institution_name", "authority_scope", "submitted_at", "rules_on"]
    )
    for paper in Paper.objects.filter(case=case, replaced=False).select_related("attachment"):
        paper.attachment.show_to(authority, institution)
    examining.count(case, examination)


@after("submit")
def _tell_the_next_desk(act: Act) -> None:
    if act.case.state == CaseState.CONFIRMING:
        notices.to_institution(act.case, f"{act.case.applicant_name} 申请{act.item.title}，请确认聘用")
    else:
        notices.to_desk(act.case, f"收到 {act.case.applicant_name} 的{act.item.title}申请")


@after("resubmit")
def _tell_the_acceptor(act: Act) -> None:
    notices.to_desk(act.case, f"{act.case.applicant_name} 已交回补正材料")


@after("confirm")
def _tell_receipt(act: Act) -> None:
    notices.to_applicant(act.case, f"{act.case.institution_name}已确认，申请已送受理机关")
    notices.to_desk(act.case, f"收到 {act.case.applicant_name} 的{act.item.title}申请")


@together(_tell_receipt)
def _tell_receipts(acts: Acts) -> None:
    notices.to_applicants([(case, f"{case.institution_name}已确认，申请已送受理机关") for case in acts.cases])
    notices.to_desks(
        [(act.case, f"收到 {act.case.applicant_name} 的{act.item.title}申请") for act in acts.going]
    )


@after("send_back")
def _reopen_draft(act: Act) -> None:
    """A case sent back by the institution is a draft again: the authority does not see it."""
    notices.to_applicant(act.case, f"{act.case.institution_name}退回申请：{act.reason}")
    Case.objects.filter(pk=act.case.pk).update(authority_scope=None)
    act.case.authority_scope = None
