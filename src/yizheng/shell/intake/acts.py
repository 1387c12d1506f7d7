"""What persons do with a batch: place headings, confirm, approve or reject, put aside, undo."""

from __future__ import annotations

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


@never_cache
@for_roles(DESKS)
@require_POST
def place_headings(request: HttpRequest, number: int) -> HttpResponseBase:
    """Say which column an unknown heading is; kept for the next file, and this one is checked again."""
    account, batch = _mine(request, number)
    names = {column.name for column in format_of(batch.format).columns}
    placed = {
        heading: request.POST[f"column-{at}"]
        for at, heading in enumerate(batch.unplaced)
        if request.POST.get(f"column-{at}") in names
    }
    with transaction.atomic():
        keep_headings(format_of(batch.format), batch.authority_scope, placed)
        return _checked_again(request, account, batch)


@never_cache
@for_roles(DESKS)
@require_POST
def check_again(request: HttpRequest, number: int) -> HttpResponseBase:
    """Check the kept file once more."""
    account, batch = _mine(request, number)
    with transaction.atomic():
        return _checked_again(request, account, batch)


def _checked_again(request: HttpRequest, account: Account, batch: Batch) -> HttpResponseBase:
    if batch.state not in (BatchState.RECEIVED, BatchState.CHECKED, BatchState.REFUSED):
        return show(request, batch, problem="已提请、已入册或已作废的批次不再核对", status=409)
    Batch.objects.visible_to(account).filter(pk=batch.pk).update(state=BatchState.RECEIVED, message="")
    approving.start_check(batch, account)
    return redirect("intake:batch", batch.pk)


@never_cache
@for_roles(DESKS)
@require_POST
@requires_recent_sign_in
def propose(request: HttpRequest, number: int) -> HttpResponseBase:
    """Ask a second person to let the batch in, or to undo it."""
    account, batch = _mine(request, number)
    reason = request.POST.get("reason", "").strip()[:MOST_WORDS]
    try:
        if request.POST.get("act") == "undo":
            if not held_by(account).has_over(Role.DECIDER, [batch.authority_scope]):
                raise Refused("回退须由接收机关的决定人员提请。")
            approving.propose_undoing(batch, account, reason, partly="partly" in request.POST)
        else:
            approving.propose_entering(batch, account, reason)
    except (Refused, ApprovalRefused) as refused:
        return show(request, batch, problem=str(refused), status=409)
    messages.success(request, "已提请，待另一名决定人员批准")
    return redirect("intake:batch", batch.pk)


@never_cache
@for_roles(frozenset({Role.DECIDER}))
@require_POST
@requires_recent_sign_in
def decide(request: HttpRequest, number: int) -> HttpResponseBase:
    """Approve, or reject with a reason."""
    account, batch = _mine(request, number)
    waiting = approving.waiting_for(batch)
    if waiting is None:
        return show(request, batch, problem="没有待批准的提请", status=409)
    opinion = request.POST.get("opinion", "").strip()[:MOST_WORDS]
    approves = request.POST.get("verdict") == "approve"
    try:
        with transaction.atomic():
            (approval.approve if approves else approval.reject)(waiting.pk, account, opinion)
            if not approves and waiting.kind == approving.ENTER:
                mine = Batch.objects.visible_to(account).filter(pk=batch.pk)
                mine.filter(state=BatchState.PROPOSED).update(state=BatchState.CHECKED)
    except (Refused, ApprovalRefused) as refused:
        return show(request, batch, problem=str(refused), status=409)
    messages.success(request, "已批准，后台正在办理" if approves else "已驳回")
    return redirect("intake:batch", batch.pk)


@never_cache
@for_roles(DESKS)
@require_POST
def discard(request: HttpRequest, number: int) -> HttpResponseBase:
    """Put a batch aside."""
    account, batch = _mine(request, number)
    try:
        approving.discard(batch, account)
    except Refused as refused:
        return show(request, batch, problem=str(refused), status=409)
    messages.success(request, "批次已作废")
    return redirect("intake:batches")


def _mine(request: HttpRequest, number: int) -> tuple[Account, Batch]:
    account = signed_in(request)
    return account, visible_batch(account, number)
