"""Proposals that wait for a second person: the list, and the page of one with what is signed; agree or reject."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from yizheng.people.models import Account
from yizheng.people.pages.frame import account_of
from yizheng.people.permissions import Held, held_by
from yizheng.people.signing_in.recent import requires_recent_sign_in
from yizheng.work import approval
from yizheng.work.models import Approval
from yizheng.work.pages.frame import page


@dataclass(frozen=True, slots=True)
class Row:
    """A proposal as one account sees it."""

    approval: Approval
    title: str
    subject: str
    may_decide: bool


@login_required
@require_safe
def approval_list(request: HttpRequest) -> HttpResponse:
    """The waiting proposals this account made or may decide."""
    return _list(request, account_of(request))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def approval_page(request: HttpRequest, approval_id: int) -> HttpResponseBase:
    """One proposal with what is signed; a POST agrees or rejects."""
    if request.method == "POST":
        return decide(request, approval_id)
    account = account_of(request)
    made = Approval.objects.waiting().select_related("proposer").filter(pk=approval_id).first()
    row = _row(made, held_by(account)) if made else None
    if made is None or row is None:
        return redirect("work:approvals")
    return page(request, "work/approval.html", {"row": row, "shown": approval.shown(made, account)})


@requires_recent_sign_in
def decide(request: HttpRequest, approval_id: int) -> HttpResponse:
    """Agree or reject; a refusal is shown in words on the list."""
    account = account_of(request)
    opinion = request.POST.get("opinion", "").strip()[:500]
    agreed = request.POST.get("verdict") == "approve"
    act = approval.approve if agreed else approval.reject
    try:
        made = act(approval_id, account, opinion)
    except Approval.DoesNotExist:
        raise Http404 from None
    except approval.ApprovalRefused as refusal:
        return _list(request, account, str(refusal), 409)
    kind = approval.kind_of(made)
    done = "已批准并办理" if agreed else "已驳回"
    messages.success(request, f"{done}：{kind.title}“{kind.describe(made)}”")
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
    return Row(made, kind.title, kind.describe(made), may) if may or is_mine else None
