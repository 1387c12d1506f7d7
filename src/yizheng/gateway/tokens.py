"""Tokens of partners: asked for with a signed request, good for ten minutes and one scope, carried as a bearer token."""

from django.core import signing
from django.http import HttpRequest

from yizheng.exchange.channels.believing import sender_of
from yizheng.exchange.models import Partner

SECONDS = 600
_SALT = "yizheng.gateway.token"


def issue(request: HttpRequest, scope: str) -> str:
    """A token for the partner that signed the request. Raises NotSigned."""
    return signing.dumps([sender_of(request).code, scope], salt=_SALT)


def partner_of(request: HttpRequest, scope: str) -> str | None:
    """The partner whose token the request carries; nothing where it is none, old, or for something else."""
    way, _, token = request.headers.get("Authorization", "").partition(" ")
    if way != "Bearer":
        return None
    try:
        code, given = signing.loads(token, salt=_SALT, max_age=SECONDS)
    except (signing.BadSignature, ValueError):
        return None
    in_use = given == scope and Partner.objects.filter(code=code, active=True).exists()
    return str(code) if in_use else None
