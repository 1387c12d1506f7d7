"""Accounts and grants for the system and the security administrator."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yizheng.people.accounts import administering as accounts
from yizheng.people.accounts.forms import GrantForm, OpenAccountForm
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account, Grant, GrantProposal, Passkey, Scope, TotpDevice
from yizheng.people.pages.frame import account_of, requires
from yizheng.people.permissions import may
from yizheng.people.rights import grants
from yizheng.people.rights.grants import Refused
from yizheng.people.rights.roles import Power
from yizheng.people.signing_in import onetime, passkeys, totp
from yizheng.people.signing_in.recent import requires_recent_sign_in
from yizheng.people.tables import Actions, Asked, Choice, Column, Link, Shown, Table, Text

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


def _accounts(asked: Asked) -> QuerySet[Account]:
    device = Exists(TotpDevice.objects.filter(account=OuterRef("pk")))
    key = Exists(Passkey.objects.filter(account=OuterRef("pk"), revoked_at=None))
    return Account.objects.annotate(has_device=device, has_passkey=key)


def _with_factor(rows: QuerySet[Any], factor: str) -> QuerySet[Any]:
    chosen = rows.filter(has_device=factor != "none")
    return chosen.filter(has_passkey=True) if factor == "passkey" else chosen


def _named(rows: QuerySet[Account], text: str) -> QuerySet[Account]:
    return rows.filter(Q(username__startswith=text) | Q(display_name__startswith=text))


def _factors(account: Any) -> str:
    if account.has_passkey:
        return "动态口令、通行密钥"
    return "动态口令" if account.has_device else ""


ACCOUNTS = Table(
    "accounts",
    "账号",
    _accounts,
    (
        Column("姓名", "display_name", css="name", link=lambda account: reverse("people:account", args=[account.pk])),
        Column("用户名", "username", 20),
        Column("类别", "get_kind_display"),
        Column("状态", lambda account: "启用" if account.is_active else "停用", 8),
        Column("第二因素", _factors, 22, nothing="没有设置"),
        Column("上次登录", "last_login", 18, nothing="从未登录"),
    ),
    guard=requires(Power.LIST_ACCOUNTS),
    filters=(
        Choice("类别", "kind", AccountKind.choices, by="kind"),
        Choice("第二因素", "factor", FACTORS.items(), by=_with_factor),
        Text("姓名或用户名", by=_named),
    ),
    tally="个账号，新开通的在前",
    unfound="没有符合条件的账号。",
    links=lambda asked: (
        Link("开通账号", reverse("people:open_account"), primary=True, role=Role.SYSTEM_ADMIN),
        Link("授权申请", reverse("people:proposals")),
    ),
)
"""Accounts, newest first, by kind, second factor and the beginning of name or user name."""


@requires(Power.LIST_ACCOUNTS)
@require_GET
def account_detail(request: HttpRequest, account_id: int) -> HttpResponseBase:
    """One account with its roles, and what this administrator may do to it."""
    return account_page(request, get_object_or_404(Account, pk=account_id))


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


@requires(Power.OPEN_ACCOUNT)
@require_GET
def choose_kind(request: HttpRequest) -> HttpResponseBase:
    """What the new account is for."""
    kinds = [(kind, "、".join(role.label for role in accounts.fitting_roles(kind))) for kind in accounts.OPENED]
    return render(request, "people/open_account.html", {"kinds": kinds})


@requires(Power.OPEN_ACCOUNT)
@require_http_methods(["GET", "POST"])
@requires_recent_sign_in
def account_open(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The form, and the one-time password of the account made from it."""
    if kind not in accounts.OPENED:
        raise Http404
    chosen = AccountKind(kind)
    form = OpenAccountForm(chosen, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            account, password = accounts.open_account(account_of(request), kind=chosen, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("username", str(refusal))
        else:
            return issued(request, account, password)
    page = {"form": form, "kind": chosen}
    return render(request, "people/open_account.html", page, status=422 if form.errors else 200)


@requires(Power.ISSUE_PASSWORD)
@require_POST
@requires_recent_sign_in
def password_issue(request: HttpRequest, account_id: int) -> HttpResponseBase:
    """A one-time password in place of a forgotten one."""
    account = get_object_or_404(Account, pk=account_id)
    try:
        password = accounts.reset_password(account, account_of(request), request.POST.get("reason", ""))
    except Refused as refusal:
        return account_page(request, account, password_error=str(refusal))
    return issued(request, account, password)


def issued(request: HttpRequest, account: Account, password: str, back: str = "") -> HttpResponseBase:
    """The one-time password, shown this once."""
    page = {"account": account, "password": password, "held": onetime.waiting(account), "back": back}
    return render(request, "people/issued.html", page)


@requires(Power.PROPOSE_GRANT)
@require_POST
def grant_propose(request: HttpRequest, account_id: int) -> HttpResponseBase:
    """The system administrator asks for a role."""
    account = get_object_or_404(Account, pk=account_id)
    form = GrantForm(account, request.POST)
    if not form.is_valid():
        return account_page(request, account, form=form)
    try:
        grants.propose(account, proposer=account_of(request), **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return account_page(request, account, form=form)
    messages.success(request, "已提交安全管理员批准")
    return redirect("people:account", account_id)


@requires(Power.PROPOSE_GRANT)
@require_POST
def grant_end(request: HttpRequest, grant_id: int) -> HttpResponseBase:
    """The system administrator asks for the end of a role."""
    grant = get_object_or_404(Grant.objects.select_related("account", "scope"), pk=grant_id, revoked_at=None)
    reason = request.POST.get("reason", "")
    try:
        grants.propose(grant.account, Role(grant.role), grant.scope, account_of(request), reason, revokes=True)
    except Refused as refusal:
        return account_page(request, grant.account, grant_error=str(refusal))
    messages.success(request, "撤销已提交安全管理员批准")
    return redirect("people:account", grant.account_id)


def _proposals(asked: Asked) -> QuerySet[GrantProposal]:
    waiting = ExpressionWrapper(Q(state=GrantProposal.State.WAITING), BooleanField())
    everything = GrantProposal.objects.annotate(waiting=waiting)
    return everything.select_related("account", "scope", "proposer", "decider")


def _proposed(proposal: GrantProposal) -> str:
    verb = "撤销" if proposal.revokes else "授予"
    return f"{verb}{proposal.get_role_display()}（{proposal.scope.name}）"


GRANTS = Table(
    "grants",
    "授权申请",
    _proposals,
    (
        Column(
            "账号",
            "account.display_name",
            css="name",
            link=lambda proposal: reverse("people:account", args=[proposal.account_id]),
        ),
        Column("申请", _proposed, 30),
        Column("理由", "reason", 30),
        Column("提出人", "proposer.display_name", beside=("proposed_at",)),
        Column("提出时间", "proposed_at", 18, shown=Shown.ON_PAPER),
        Column("状态", "get_state_display", 10, beside=("decider.display_name", "decided_at")),
        Column("处理人", "decider.display_name", shown=Shown.ON_PAPER),
        Column("处理时间", "decided_at", 18, shown=Shown.ON_PAPER),
        Actions("批准", "people/parts/decide_grant.html"),
    ),
    guard=requires(Power.PROPOSE_GRANT, Power.APPROVE_GRANT),
    order=("-waiting", "-pk"),
    group=lambda proposal: (0, "待批准") if proposal.waiting else (1, "已处理"),
    says="系统管理员提出，安全管理员批准",
    tally="项，新提出的在前",
    empty="没有待批准的授权，也还没有处理过的。",
    more=lambda asked: {"may_approve": may(asked.account, Power.APPROVE_GRANT)},
)
"""Grants waiting for the security administrator, then those decided."""


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
        return GRANTS.answer(request, 409, problem=str(refusal))
    messages.success(request, "授权已批准" if approve else "授权未批准")
    return redirect("people:proposals")


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
