"""我的安全: one's own password, authenticator, recovery codes and passkeys, and who looked at one's data."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yizheng.people import audit
from yizheng.people.accounts.forms import ConfirmForm, EnrolForm, NewPasswordForm
from yizheng.people.auditing.wording import verb_words
from yizheng.people.canonical import IdentifierKind
from yizheng.people.models import Account, AuditEntry, Grant, IdentityClaim, Passkey, UnmaskingRecord
from yizheng.people.pages.entrance import (
    WRONG_PASSKEY,
    address_of,
    enrolment,
    new_authenticator,
    offered_secret,
    safe_next,
)
from yizheng.people.pages.frame import account_of, frame_of
from yizheng.people.signing_in import lockout, passkeys, recent, totp
from yizheng.people.signing_in.lockout import LOCKED

_SHOWN = 20
SAID_ALIKE = (IdentityClaim.State.NEW, IdentityClaim.State.DISPUTED)
"""Whether the number that was typed is known to us shows to nobody but a clerk who has seen the document."""


@never_cache
@login_required
@require_GET
def me(request: HttpRequest) -> HttpResponseBase:
    """The overview."""
    account = account_of(request)
    own = Q(actor=account, verb__startswith="sign_")
    passwords = Q(object_ref=f"account:{account.pk}", verb__in=["password.issue", "password.choose"])
    claim = IdentityClaim.objects.filter(account=account).first()
    entries = AuditEntry.objects.filter(own | passwords).order_by("-id")[:_SHOWN]
    page = {
        "frame": frame_of(account),
        "grants": Grant.objects.filter(account=account, revoked_at=None).select_related("scope"),
        "authenticator": totp.enrolled(account),
        "passkeys": passkeys.keys_of(account),
        "codes_left": totp.recovery_codes_left(account),
        "signs": [(entry.at, verb_words(entry.verb)) for entry in entries],
        "looked": _looked(account),
        "claim": claim,
        "claim_waits": claim is not None and claim.state in SAID_ALIKE,
    }
    return render(request, "people/me.html", page)


@never_cache
@login_required
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponseBase:
    """A new password; every other session of the account ends."""
    account = account_of(request)
    door, where = lockout.own_password_door(account), address_of(request)
    allowed = request.method != "POST" or lockout.try_allowed(door, where)
    form = NewPasswordForm(account, request.POST or None, locked=not allowed)
    if form.knows_former:
        lockout.forget(door, where)
    if request.method == "POST" and form.is_valid():
        account.set_password(form.cleaned_data["password"])
        account.save(update_fields=["password"])
        update_session_auth_hash(request, account)
        audit.record(account, "password.change", f"account:{account.pk}")
        messages.success(request, "密码已修改，其他设备上的登录已退出")
        return redirect("people:me")
    page = {"form": form, "frame": frame_of(account)}
    return render(request, "people/password.html", page, status=422 if form.errors else 200)


@never_cache
@login_required
@recent.requires_recent_sign_in
@require_http_methods(["GET", "POST"])
def authenticator(request: HttpRequest) -> HttpResponseBase:
    """A new authenticator in place of the former."""
    account = account_of(request)
    secret = offered_secret(request, account)
    form = EnrolForm(request.POST or None)
    if codes := new_authenticator(request, account, secret, form):
        del request.session["enrol_secret"]
        return render(request, "people/recovery_codes.html", {"codes": codes, "next": "/accounts/me/"})
    page = enrolment(account, secret, form) | {"again": True}
    return render(request, "people/enrol.html", page, status=422 if form.errors else 200)


@never_cache
@login_required
@require_POST
@recent.requires_recent_sign_in
def recovery_codes(request: HttpRequest) -> HttpResponseBase:
    """Fresh recovery codes; the former work no more."""
    account = account_of(request)
    if not totp.enrolled(account):
        return redirect("people:me")
    audit.record(account, "totp.new_recovery_codes", f"account:{account.pk}")
    page = {"codes": totp.new_recovery_codes(account), "next": "/accounts/me/"}
    return render(request, "people/recovery_codes.html", page)


@never_cache
@login_required
@recent.requires_recent_sign_in
@require_http_methods(["GET", "POST"])
def passkey_list(request: HttpRequest) -> HttpResponseBase:
    """The keys, and the setting up of another."""
    account = _holder(request)
    problem = ""
    if request.method == "POST":
        try:
            key = passkeys.enrol(request, account, request.POST.get("name", ""), request.POST.get("passkey", ""))
        except passkeys.PasskeyRefused as refused:
            problem = str(refused)
        else:
            messages.success(request, f"“{key.name}”已设置，下次登录可以用")
            return redirect("people:passkeys")
    keys = passkeys.keys_of(account)
    context = {
        "frame": frame_of(account),
        "keys": keys,
        "full": len(keys) >= passkeys.MOST,
        "possible": passkeys.possible(request),
        "options": passkeys.enrolment_options(request, account),
        "problem": problem,
    }
    return render(request, "people/passkeys.html", context, status=422 if problem else 200)


@never_cache
@login_required
@require_POST
@recent.requires_recent_sign_in
def passkey_revoke(request: HttpRequest, passkey_id: int) -> HttpResponseBase:
    """The key opens nothing any more."""
    account = _holder(request)
    key = get_object_or_404(Passkey, pk=passkey_id, account=account)
    if passkeys.revoke(key, account):
        messages.success(request, f"“{key.name}”已撤销")
    return redirect("people:passkeys")


def _holder(request: HttpRequest) -> Account:
    """Passkeys stand beside a one-time code, never alone."""
    account = account_of(request)
    if not totp.enrolled(account):
        raise PermissionDenied("请先在“我的安全”设置动态口令，再设置通行密钥")
    return account


@never_cache
@login_required
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest) -> HttpResponseBase:
    """Who sits there? Then back to the page, with what was posted to it."""
    account = account_of(request)
    following = safe_next(request) or "/accounts/me/"
    answer = request.POST.get("passkey", "")
    form, problem = ConfirmForm(None if answer else request.POST or None), ""
    if request.method == "POST" and (answer or form.is_valid()):
        if recent.confirm(request, "" if answer else form.cleaned_data["secret"], passkey=answer):
            return _back(request, following)
        problem = WRONG_PASSKEY if answer else "密码或动态口令不正确"
        problem = f"{problem}。{LOCKED}" if recent.locked(request) else problem
        if not answer:
            form.add_error("secret", problem)
    page = {
        "form": form,
        "next": following,
        "frame": frame_of(account),
        "passkey_options": passkeys.proof_options(request, account),
        "passkey_problem": problem if answer else "",
    }
    return render(request, "people/confirm.html", page, status=422 if form.errors or problem else 200)


def _looked(account: Account) -> list[tuple[UnmaskingRecord, str]]:
    """Who saw the person's identifiers in full, with the kind in words."""
    if account.subject_id is None:
        return []
    kinds = {kind.value: kind.label for kind in IdentifierKind}
    records = UnmaskingRecord.objects.filter(subject_id=account.subject_id).select_related("account")
    return [(look, kinds.get(look.kind, look.kind)) for look in records.order_by("-id")[:_SHOWN]]


def _back(request: HttpRequest, following: str) -> HttpResponseBase:
    posted = recent.take_posted(request, following)
    if posted is None:
        return redirect(following)
    account: Account = account_of(request)
    page = {"fields": posted, "action": following, "frame": frame_of(account)}
    return render(request, "people/repeat.html", page)
