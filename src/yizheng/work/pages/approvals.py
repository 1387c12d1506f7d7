"""The page of proposals that wait for a second person: what is asked, by whom and why; agree or reject."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from yizheng.people.models import Account
from yizheng.people.permissions import Held, held_by
from yizheng.people.recent import requires_recent_sign_in
from yizheng.work import approval
from yizheng.work.approval import Shown
from yizheng.work.models import Approval
from yizheng.work.pages.frame import account_of, page


@dataclass(frozen=True, slots=True)
class Row:
    """A proposal as one account sees it."""

    approval: Approval
    title: str
    subject: str
    may_decide: bool
    shown: Shown


@login_required
@require_safe
def approval_list(request: HttpRequest) -> HttpResponse:
    """The waiting proposals this account made or may decide."""
    return _list(request, account_of(request))


@login_required
@require_POST
@requires_recent_sign_in
def decide(request: HttpRequest, approval_id: int) -> HttpResponse:
    """Agree or reject; a refusal is shown in words on the list."""
    account = account_of(request)
    opinion = request.POST.get("opinion", "").strip()[:500]
    act = approval.approve if request.POST.get("verdict") == "approve" else approval.reject
    try:
        act(approval_id, account, opinion)
    except Approval.DoesNotExist:
        raise Http404 from None
    except approval.ApprovalRefused as refusal:
        return _list(request, account, str(refusal), 409)
    return redirect("work:approvals")


def _list(request: HttpRequest, account: Account, refusal: str = "", status: int = 200) -> HttpResponse:
    waiting = Approval.objects.waiting().select_related("proposer")
    held = held_by(account)
    rows = [row for made in waiting if (row := _row(made, held))]
    return page(request, "work/approvals.html", {"rows": rows, "refusal": refusal}, status)


def _row(made: Approval, held: Held) -> Row | None:
    is_mine = made.proposer_id == held.account.pk
    try:
        kind = approval.kind_of(made)
        may = approval.may_decide(held, made)
    except approval.ApprovalRefused:
        return None
    if not (may or is_mine):
        return None
    return Row(made, kind.title, kind.describe(made), may, approval.shown(made, held.account))
