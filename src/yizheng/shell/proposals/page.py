"""拟办: what the end or change of other facts proposes to the authority; a reviewing person says what became of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from yizheng.licensing.catalogue import item
from yizheng.licensing.deadlines.wording import names_of_people
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case, Proposal
from yizheng.licensing.models.proposal import ProposalQuerySet
from yizheng.licensing.proposals import ProposedAct, act_of, is_about_case
from yizheng.licensing.verbs.enacting import propose
from yizheng.licensing.verbs.permits import NotPermittedError
from yizheng.people import audit
from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.people.paging import page_of
from yizheng.people.permissions import allowed, roles_of
from yizheng.shell import subject_pages
from yizheng.shell.desk.access import office_only, signed_in

HANDLERS = frozenset({Role.REVIEWER, Role.DECIDER})
MOST_WORDS = 200


@require_safe
@office_only
def proposals(request: HttpRequest) -> HttpResponse:
    """The open proposals of the authority."""
    return _list(request, handler(request))


@require_POST
@office_only
def settle(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Write what became of a proposal; of two who do so at once, one wins and the other is told."""
    account = handler(request)
    found = Proposal.objects.visible_to(account).filter(pk=pk).first()
    if found is None:
        raise Http404("没有这一项拟办，或者不在您的辖区")
    if not any(allowed(account, role, found.authority_scope) for role in HANDLERS):
        raise PermissionDenied("拟办由该机关的审核、决定人员处理")
    outcome = request.POST.get("outcome", "").strip()[:MOST_WORDS]
    if not outcome:
        return _list(request, account, "请写明处理结果。", 422)
    waiting = Proposal.objects.visible_to(account).filter(pk=pk, settled_at=None)
    if not waiting.update(settled_at=timezone.now(), settled_by=account, outcome=outcome):
        return _list(request, account, _who_was_first(account, pk), 409)
    audit.record(account, "proposal.settle", f"proposal:{pk}", {"subject": found.subject_id})
    messages.success(request, "已记入处理结果")
    return redirect("proposals:list")


@require_POST
@office_only
def begin(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Open the act a proposal leads to, its form begun and its facts written; the proposal is dealt with by that."""
    account = handler(request)
    found = open_proposals(account).filter(pk=pk).first()
    if found is None:
        raise Http404("没有这一项拟办，或者已有人处理")
    act = act_of(found.consequence, timezone.localdate())
    if act is None:
        return _list(request, account, "这一项拟办没有对应的依职权事项，请写明处理结果。", 422)
    try:
        case = _begun(account, found, act)
    except (NotPossibleError, NotPermittedError) as problem:
        return _list(request, account, f"{problem}。", 422)
    if case is None:
        return _list(request, account, _who_was_first(account, pk), 409)
    messages.success(request, f"已立案 {case.number}")
    return redirect("desk:case", number=case.number)


def _begun(account: Account, found: Proposal, act: ProposedAct) -> Case | None:
    """The case; nothing when somebody else dealt with the proposal first, and then nothing was opened."""
    with transaction.atomic():
        case = propose(
            account,
            act.item,
            subject_id=found.subject_id,
            subject_name=names_of_people([found.subject_id]).get(found.subject_id, ""),
            authority_scope=found.authority_scope,
            evidence=f"{found.title}（{found.article}）",
            answers={step: dict(fields) for step, fields in act.answers.items()},
        )
        waiting = Proposal.objects.visible_to(account).filter(pk=found.pk, settled_at=None)
        outcome = f"已立案 {case.number}"
        if not waiting.update(settled_at=timezone.now(), settled_by=account, outcome=outcome):
            transaction.set_rollback(True)
            return None
        audit.record(account, "proposal.settle", f"proposal:{found.pk}", {"subject": found.subject_id})
    return case


def open_proposals(account: Account) -> ProposalQuerySet:
    """Proposals nobody has dealt with, of the authorities the account works for."""
    return Proposal.objects.visible_to(account).filter(settled_at=None)


def handler(request: HttpRequest) -> Account:
    """Who deals with proposals; anybody else is refused."""
    account = signed_in(request)
    if HANDLERS.isdisjoint(roles_of(account)):
        raise PermissionDenied("拟办由审核、决定人员处理；需要这一授权的，请系统管理员提出、安全管理员批准")
    return account


def _list(request: HttpRequest, account: Account, problem: str = "", status: int = 200) -> HttpResponse:
    page = page_of(open_proposals(account), request.GET)
    rows = sorted(page.rows, key=lambda row: (row.due_on is None, row.due_on or timezone.localdate(), row.pk))
    context = {
        "page": page,
        "rows": _leading(account, rows),
        "today": timezone.localdate(),
        "problem": problem,
    }
    return render(request, "proposals/proposals.html", context, status=status)


def _leading(account: Account, rows: list[Proposal]) -> list[dict[str, Any]]:
    """Each proposal with where it leads: the act to open, or the case it is about; one query."""
    today = timezone.localdate()
    causes = [row.cause for row in rows if is_about_case(row.consequence)]
    cases = Case.objects.visible_to(account).filter(change_id__in=causes)
    numbers = dict(cases.values_list("change_id", "number"))
    return [
        {
            "proposal": row,
            "url": subject_pages.person_address(row.register, row.subject_id),
            "act": item(act.item, today).title if (act := act_of(row.consequence, today)) else "",
            "case": numbers.get(row.cause, "") if is_about_case(row.consequence) else "",
        }
        for row in rows
    ]


def _who_was_first(account: Account, pk: int) -> str:
    row = Proposal.objects.visible_to(account).select_related("settled_by").get(pk=pk)
    who = row.settled_by.display_name if row.settled_by else "他人"
    when = f"{timezone.localtime(row.settled_at):%H:%M}" if row.settled_at else ""
    return f"{who} 已于 {when} 处理：{row.outcome}。您填写的结果没有记入。"
