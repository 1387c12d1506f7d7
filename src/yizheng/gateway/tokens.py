"""Tokens of partners: asked for with a signed request, good for ten minutes and one scope, carried as a bearer token."""

from collections.abc import Callable

from django.core import signing
from django.http import HttpRequest
from django.utils import timezone

from yizheng.exchange.channels.signing import SENDER, NotSigned, verify
from yizheng.exchange.keys import UnreadableKey, signing_key
from yizheng.exchange.models import Partner

SECONDS = 600
_SALT = "yizheng.gateway.token"


def partner_key(code: str) -> str | None:
    """The public key of a registered partner in use."""
    return Partner.objects.filter(code=code, active=True).values_list("signing_key", flat=True).first()


def issue(request: HttpRequest, scope: str, key_of: Callable[[str], str | None] = partner_key) -> str:
    """A token for whoever signed the request with the key registered for it. Raises NotSigned."""
    code = request.headers.get(SENDER, "")
    registered = key_of(code)
    if registered is None:
        raise NotSigned("不是登记的交换对象")
    try:
        key = signing_key(registered)
    except UnreadableKey as fault:
        raise NotSigned(str(fault)) from fault
    verify(request.headers, request.path, request.body, key, now=timezone.now())
    return signing.dumps([code, scope], salt=_SALT)


def bearer_of(request: HttpRequest, scope: str) -> str | None:
    """Who got the token that the request carries; nothing where it is none, old, or for something else."""
    way, _, token = request.headers.get("Authorization", "").partition(" ")
    if way != "Bearer":
        return None
    try:
        code, given = signing.loads(token, salt=_SALT, max_age=SECONDS)
    except (signing.BadSignature, ValueError):
        return None
    return str(code) if given == scope else None


def partner_of(request: HttpRequest, scope: str) -> str | None:
    """The partner in use whose token the request carries."""
    code = bearer_of(request, scope)
    return code if code and partner_key(code) is not None else None
