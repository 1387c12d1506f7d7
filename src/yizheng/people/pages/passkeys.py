"""我的安全 · 通行密钥: set up several, name them, revoke them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from yizheng.people.models import Account, Passkey
from yizheng.people.pages.frame import account_of, frame_of
from yizheng.people.signing_in import passkeys, recent, totp


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
