"""Confirming again who sits there before a decision: password, one-time code or passkey within ten minutes.

A page that decides either carries a field and asks ``confirm(request, text)``, which loses nothing the person
typed, or is guarded by ``requires_recent_sign_in``, which leads through the confirming page and back.
"""

import base64
import json
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from yizheng.kernel.lazily import lazily
from yizheng.people import audit
from yizheng.people.enciphering import cipher, masterkey
from yizheng.people.models import Account
from yizheng.people.signing_in import lockout, totp

passkeys = lazily("yizheng.people.signing_in.passkeys")
"""Its library takes a fifth of a process's start."""
P = ParamSpec("P")
Page = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

WITHIN = timedelta(minutes=10)
_KEY = "confirmed_at"


def recently_authenticated(request: HttpRequest) -> bool:
    """Whether the person proved who she is within the last ten minutes."""
    confirmed = request.session.get(_KEY)
    return isinstance(confirmed, int | float) and -1 < timezone.now().timestamp() - confirmed < WITHIN.total_seconds()


def remember(request: HttpRequest) -> None:
    """The person proved it just now."""
    request.session[_KEY] = timezone.now().timestamp()


def confirm(request: HttpRequest, secret_text: str, *, passkey: str = "") -> bool:
    """Whether a decision may go on: proved lately, or by the password or one-time code just typed, or by a passkey's answer.

    Failures count towards the lock-out, and a locked account is not looked at.
    """
    account = request.user
    if not isinstance(account, Account):
        return False
    if recently_authenticated(request):
        return True
    text = secret_text.strip()
    where = str(request.META.get("REMOTE_ADDR", ""))
    if not (text or passkey) or not lockout.try_allowed(lockout.own_password_door(account), where):
        return False
    proved = (
        passkeys.proves(request, account, passkey)
        if passkey
        else totp.verify(account, text) or account.check_password(secret_text)
    )
    if not proved:
        audit.record(account, "sign_in.confirm_failed", f"account:{account.pk}")
        return False
    lockout.forget(lockout.own_password_door(account), where)
    remember(request)
    return True


def locked(request: HttpRequest) -> bool:
    """Whether the account failed too often from here to be looked at now."""
    account = request.user
    where = str(request.META.get("REMOTE_ADDR", ""))
    return isinstance(account, Account) and lockout.is_locked(lockout.own_password_door(account), where)


def requires_recent_sign_in(page: Page[P]) -> Page[P]:
    """Lead a signed-in person through the confirming page first; what she posted waits in her session meanwhile.

    Uploaded files are not kept; pages with files carry the confirming field themselves.
    """

    @wraps(page)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not isinstance(request.user, Account):
            return redirect_to_login(request.get_full_path())
        if recently_authenticated(request):
            return page(request, *args, **kwargs)
        if request.method == "POST":
            keep_posted(request)
        query = urlencode({"next": request.get_full_path()})
        return redirect(f"{reverse('people:confirm')}?{query}")

    return guarded


def keep_posted(request: HttpRequest) -> None:
    """Put what was posted aside for the address it was posted to, enciphered: sessions lie in the database."""
    fields = [(name, str(value)) for name, values in request.POST.lists() for value in values]
    kept = json.dumps([field for field in fields if field[0] != "csrfmiddlewaretoken"])
    path = request.get_full_path()
    sealed = cipher.encipher(masterkey.keys().credentials, kept.encode(), f"posted:{path}")
    request.session["posted"] = {"path": path, "sealed": base64.b64encode(sealed).decode()}


def take_posted(request: HttpRequest, path: str) -> list[tuple[str, str]] | None:
    """What was put aside for ``path``, once; None when nothing was."""
    posted: dict[str, str] | None = request.session.get("posted")
    if not posted or posted["path"] != path:
        return None
    del request.session["posted"]
    sealed = base64.b64decode(posted["sealed"])
    fields = json.loads(cipher.decipher(masterkey.keys().credentials, sealed, f"posted:{path}"))
    return [(str(name), str(value)) for name, value in fields]
