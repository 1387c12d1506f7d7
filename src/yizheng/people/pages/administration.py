"""Accounts and grants for the system and the security administrator."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from yizheng.people import accounts, grants, onetime, passkeys, totp
from yizheng.people.forms import GrantForm, ReasonForm
from yizheng.people.grants import Refused
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account, Grant, GrantProposal, Passkey, Scope, TotpDevice
from yizheng.people.pages.frame import account_of, requires
from yizheng.people.paging import page_of
from yizheng.people.permissions import may
from yizheng.people.recent import requires_recent_sign_in
from yizheng.people.roles import Power

ACTS: dict[str, Callable[[Account, Account, str], None]] = {
    "suspend": accounts.suspend,
    "resume": accounts.resume,
    "release_lock": accounts.release_lock,
    "reset_second_factor": accounts.reset_second_factor,
}
DONE = {
    "suspend": "账号已停用",
    "resume": "账号已启用",
    "release_lock": "锁定已解除",
    "reset_second_factor": "动态口令和通行密钥已撤销，下次登录时重新设置动态口令",
}

FACTORS = {"none": "没有设置", "device": "动态口令", "passkey": "动态口令和通行密钥"}


@never_cache
@requires(Power.LIST_ACCOUNTS)
@require_GET
def account_list(request: HttpRequest) -> HttpResponseBase:
    """Accounts, newest first, by kind and by the beginning of name or user name."""
    page = page_of(chosen_accounts(request.GET), request.GET)
    kind, text = request.GET.get("kind", ""), request.GET.get("q", "").strip()
    context = {
        "page": page,
        "kinds": AccountKind.choices,
        "kind": kind,
        "text": text,
        "factors": FACTORS.items(),
        "factor": request.GET.get("factor", ""),
    }
    return render(request, "people/accounts.html", context)


def chosen_accounts(query: Mapping[str, str]) -> QuerySet[Account]:
    """The accounts an address asks for."""
    device = Exists(TotpDevice.objects.filter(account=OuterRef("pk")))
    key = Exists(Passkey.objects.filter(account=OuterRef("pk"), revoked_at=None))
    chosen = Account.objects.annotate(has_device=device, has_passkey=key)
    if (factor := query.get("factor", "")) in FACTORS:
        chosen = chosen.filter(has_device=factor != "none")
        chosen = chosen.filter(has_passkey=True) if factor == "passkey" else chosen
    if (kind := query.get("kind", "")) in AccountKind.values:
        chosen = chosen.filter(kind=kind)
    if text := query.get("q", "").strip():
        chosen = chosen.filter(Q(username__startswith=text) | Q(display_name__startswith=text))
    return chosen


@never_cache
@requires(Power.LIST_ACCOUNTS)
@require_GET
def account_detail(request: HttpRequest, account_id: int) -> HttpResponseBase:
    """One account with its roles, and what this administrator may do to it."""
    return account_page(request, get_object_or_404(Account, pk=account_id))


@never_cache
@requires(Power.SUSPEND_ACCOUNT, Power.RELEASE_LOCK, Power.RESET_SECOND_FACTOR)
@require_POST
@requires_recent_sign_in
def account_act(request: HttpRequest, account_id: int, act: str) -> HttpResponseBase:
    """Stop, resume, release or reset, with a reason."""
    account = get_object_or_404(Account, pk=account_id)
    if act not in ACTS:
        return redirect("people:account", account_id)
    try:
        ACTS[act](account, account_of(request), request.POST.get("reason", ""))
    except Refused as refusal:
        return account_page(request, account, act=act, act_error=str(refusal))
    messages.success(request, DONE[act])
    return redirect("people:account", account_id)


@never_cache
@requires(Power.PROPOSE_GRANT)
@require_POST
def grant_propose(request: HttpRequest, account_id: int) -> HttpResponseBase:
    """The system administrator asks for a role."""
    account = get_object_or_404(Account, pk=account_id)
    form = GrantForm(account, request.POST)
    if not form.is_valid():
        return account_page(request, account, form=form)
    wanted = form.cleaned_data
    try:
        grants.propose(account, Role(wanted["role"]), wanted["scope"], account_of(request), wanted["reason"])
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return account_page(request, account, form=form)
    messages.success(request, "已提交安全管理员批准")
    return redirect("people:account", account_id)


@never_cache
@requires(Power.PROPOSE_GRANT)
@require_POST
def grant_end(request: HttpRequest, grant_id: int) -> HttpResponseBase:
    """The system administrator asks for the end of a role."""
    grant = get_object_or_404(Grant.objects.select_related("account", "scope"), pk=grant_id, revoked_at=None)
    reason = request.POST.get("reason", "")
    try:
        grants.propose(
            grant.account, Role(grant.role), grant.scope, account_of(request), reason, revokes=True
        )
    except Refused as refusal:
        return account_page(request, grant.account, grant_error=str(refusal))
    messages.success(request, "撤销已提交安全管理员批准")
    return redirect("people:account", grant.account_id)


@never_cache
@requires(Power.PROPOSE_GRANT, Power.APPROVE_GRANT)
@require_GET
def proposal_list(request: HttpRequest) -> HttpResponseBase:
    """Grants waiting for the security administrator, then those decided."""
    return _proposals(request)


@never_cache
@requires(Power.APPROVE_GRANT)
@require_POST
@requires_recent_sign_in
def proposal_decide(request: HttpRequest, proposal_id: int) -> HttpResponseBase:
    """Approve or decline."""
    proposal = get_object_or_404(GrantProposal, pk=proposal_id)
    approve = request.POST.get("verdict") == "approve"
    try:
        grants.decide(proposal, account_of(request), approve=approve)
    except Refused as refusal:
        return _proposals(request, error=str(refusal))
    messages.success(request, "授权已批准" if approve else "授权未批准")
    return redirect("people:proposals")


def _proposals(request: HttpRequest, error: str = "") -> HttpResponseBase:
    everything = GrantProposal.objects.select_related("account", "scope", "proposer", "decider")
    waiting = everything.filter(state=GrantProposal.State.WAITING).order_by("id")
    decided = everything.exclude(state=GrantProposal.State.WAITING)
    page = {
        "waiting": list(waiting),
        "page": page_of(decided, request.GET),
        "may_approve": may(account_of(request), Power.APPROVE_GRANT),
        "error": error,
    }
    return render(request, "people/proposals.html", page, status=409 if error else 200)


def account_page(
    request: HttpRequest, account: Account, *, form: GrantForm | None = None, **errors: Any
) -> HttpResponseBase:
    """One account, with what was wrong with the last act."""
    actor = account_of(request)
    page = {
        "account": account,
        "grants": Grant.objects.filter(account=account, revoked_at=None).select_related("scope"),
        "waiting": GrantProposal.objects.filter(account=account, state="waiting").select_related("scope"),
        "authenticator": totp.enrolled(account),
        "passkeys": passkeys.keys_of(account),
        "form": (form or GrantForm(account)) if may(actor, Power.PROPOSE_GRANT) else None,
        "no_scope": not Scope.objects.exists(),
        "acts": _acts(account, actor),
        "one_time": onetime.waiting(account),
        "may_issue": may(actor, Power.ISSUE_PASSWORD)
        and account.pk != actor.pk
        and account.kind != AccountKind.INDIVIDUAL,
        "reason": ReasonForm(),
        **errors,
    }
    return render(request, "people/account.html", page, status=409 if errors or form else 200)


def _acts(account: Account, actor: Account) -> list[tuple[str, str]]:
    """The acts this administrator may do to the account now."""
    offered: list[tuple[str, str]] = []
    if may(actor, Power.SUSPEND_ACCOUNT):
        offered.append(("suspend", "停用账号") if account.is_active else ("resume", "启用账号"))
    if may(actor, Power.RELEASE_LOCK):
        offered.append(("release_lock", "解除锁定"))
    if may(actor, Power.RESET_SECOND_FACTOR) and totp.enrolled(account):
        offered.append(("reset_second_factor", "重置第二因素"))
    return [] if account.pk == actor.pk else offered
