"""What persons do with a batch: place headings, confirm, approve or reject, put aside, undo."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from yizheng.intake import approving
from yizheng.intake.formats import format_of
from yizheng.intake.headings import keep_headings
from yizheng.intake.models import Batch, BatchState
from yizheng.intake.verbs import Refused
from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.people.permissions import held_by
from yizheng.people.signing_in.recent import requires_recent_sign_in
from yizheng.shell.access import DESKS, for_roles
from yizheng.shell.desk.access import signed_in
from yizheng.shell.intake.batch import show, visible_batch
from yizheng.work import approval
from yizheng.work.approval import ApprovalRefused

MOST_WORDS = 500
Act = Callable[[HttpRequest, Account, Batch], str]
"""Does it, and gives the words of the success; empty where the page shows it."""
View = Callable[[HttpRequest, int], HttpResponseBase]


def _view(roles: frozenset[Role] = DESKS, *, grave: bool = False, leads_to_all: bool = False) -> Callable[[Act], View]:
    """The view of an act: a POST about a batch the account sees, all or nothing; a refusal is told on the batch's page."""

    def decorated(act: Act) -> View:
        @wraps(act)
        def view(request: HttpRequest, number: int) -> HttpResponseBase:
            account = signed_in(request)
            batch = visible_batch(account, number)
            try:
                with transaction.atomic():
                    done = act(request, account, batch)
            except (Refused, ApprovalRefused) as refused:
                return show(request, batch, problem=str(refused), status=409)
            if done:
                messages.success(request, done)
            return redirect("intake:batches") if leads_to_all else redirect("intake:batch", batch.pk)

        return never_cache(for_roles(roles)(require_POST(requires_recent_sign_in(view) if grave else view)))

    return decorated


@_view()
def place_headings(request: HttpRequest, account: Account, batch: Batch) -> str:
    """Say which column an unknown heading is; kept for the next file, and this one is checked again."""
    names = {column.name for column in format_of(batch.format).columns}
    placed = {
        heading: request.POST[f"column-{at}"]
        for at, heading in enumerate(batch.unplaced)
        if request.POST.get(f"column-{at}") in names
    }
    keep_headings(format_of(batch.format), batch.authority_scope, placed)
    return _checked_again(account, batch)


@_view()
def check_again(request: HttpRequest, account: Account, batch: Batch) -> str:
    """Check the kept file once more."""
    return _checked_again(account, batch)


def _checked_again(account: Account, batch: Batch) -> str:
    if batch.state not in (BatchState.RECEIVED, BatchState.CHECKED, BatchState.REFUSED):
        raise Refused("已提请、已入册或已作废的批次不再核对")
    Batch.objects.visible_to(account).filter(pk=batch.pk).update(state=BatchState.RECEIVED, message="")
    approving.start_check(batch, account)
    return ""


@_view(grave=True)
def propose(request: HttpRequest, account: Account, batch: Batch) -> str:
    """Ask a second person to let the batch in, or to undo it."""
    reason = request.POST.get("reason", "").strip()[:MOST_WORDS]
    if request.POST.get("act") != "undo":
        approving.propose_entering(batch, account, reason)
    elif held_by(account).has_over(Role.DECIDER, [batch.authority_scope]):
        approving.propose_undoing(batch, account, reason, partly="partly" in request.POST)
    else:
        raise Refused("回退须由接收机关的决定人员提请。")
    return "已提请，待另一名决定人员批准"


@_view(frozenset({Role.DECIDER}), grave=True)
def decide(request: HttpRequest, account: Account, batch: Batch) -> str:
    """Approve, or reject with a reason."""
    waiting = approving.waiting_for(batch)
    if waiting is None:
        raise Refused("没有待批准的提请")
    opinion = request.POST.get("opinion", "").strip()[:MOST_WORDS]
    if request.POST.get("verdict") == "approve":
        approval.approve(waiting.pk, account, opinion)
        return "已批准，后台正在办理"
    approval.reject(waiting.pk, account, opinion)
    if waiting.kind == approving.ENTER:
        mine = Batch.objects.visible_to(account).filter(pk=batch.pk)
        mine.filter(state=BatchState.PROPOSED).update(state=BatchState.CHECKED)
    return "已驳回"


@_view(leads_to_all=True)
def discard(request: HttpRequest, account: Account, batch: Batch) -> str:
    """Put a batch aside."""
    approving.discard(batch, account)
    return "批次已作废"
