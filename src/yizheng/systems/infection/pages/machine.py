"""医院系统的入口: a token for a signed request, a package by POST, its receipt by GET; JSON, faults as problem details (RFC 9457)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from yizheng.exchange.channels.signing import NotSigned
from yizheng.gateway import tokens
from yizheng.kernel.rowscope import RowScope, within
from yizheng.people.models import Scope
from yizheng.systems.infection.models import Package, Sender
from yizheng.systems.infection.uploads.files import BadPackage
from yizheng.systems.infection.uploads.package import LARGEST
from yizheng.systems.infection.uploads.receiving import last_sequence, receive
from yizheng.systems.infection.uploads.senders import newest_of, package_of, sender_of

SCOPE = "infection.packages"
View = Callable[..., JsonResponse]


def _answer(said: dict[str, Any], status: int = 200, kind: str = "application/json") -> JsonResponse:
    return JsonResponse(said, status=status, content_type=kind, json_dumps_params={"ensure_ascii": False})


def _problem(status: int, title: str, detail: str) -> JsonResponse:
    return _answer({"status": status, "title": title, "detail": detail}, status, "application/problem+json")


def _key(code: str) -> str | None:
    sender = sender_of(code)
    return sender.signing_key if sender else None


@csrf_exempt
@require_POST
def token(request: HttpRequest) -> JsonResponse:
    """A token of ten minutes for the system that signed the request, and the number of its last package."""
    try:
        given = tokens.issue(request, SCOPE, _key)
    except NotSigned as refused:
        return _problem(401, "签名无效", str(refused))
    sender = sender_of(request.headers.get("X-Exchange-Sender", ""))
    assert sender is not None
    with _as(sender):
        last = last_sequence(sender.subject_id)
    return _answer({"access_token": given, "token_type": "Bearer", "expires_in": tokens.SECONDS, "last_sequence": last})


def _as(sender: Sender) -> Any:
    """The rows of the hospital and nothing else."""
    return within(RowScope(scopes=(sender.institution_scope,), subjects=(sender.subject_id,)))


def _for_senders(view: View) -> View:
    """Only with a token; the view runs as the hospital's system."""

    @wraps(view)
    def guarded(request: HttpRequest, **more: Any) -> JsonResponse:
        code = tokens.bearer_of(request, SCOPE)
        sender = sender_of(code) if code else None
        if sender is None:
            return _problem(401, "没有令牌", "先用登记的密钥签名，在 /infection/api/token 取令牌")
        with _as(sender):
            return view(request, sender, **more)

    return guarded


@csrf_exempt
@require_POST
@_for_senders
def packages(request: HttpRequest, sender: Sender) -> JsonResponse:
    """Take a package in; the same again answers with the receipt it had."""
    data = request.read(LARGEST + 1)
    hospital = Scope.objects.get(pk=sender.institution_scope)
    before = newest_of(sender)
    try:
        package = receive(hospital, None, data)
    except BadPackage as bad:
        return _problem(422, "没有接收", str(bad))
    made = package.pk > before
    answer = _answer(_receipt(package), 201 if made else 200)
    answer["Location"] = reverse("infection:api_package", args=[package.identifier])
    return answer


@require_safe
@_for_senders
def package(request: HttpRequest, sender: Sender, identifier: UUID) -> JsonResponse:
    """The receipt of a package."""
    found = package_of(sender, identifier)
    return _answer(_receipt(found)) if found else _problem(404, "没有这个数据包", "本院没有上传过这个数据包号")


def _receipt(package: Package) -> dict[str, Any]:
    return {
        "package": package.identifier, "sequence": package.sequence, "period": f"{package.period:%Y-%m}",
        "sha256": package.digest, "received": package.received.isoformat(), "receipt": package.receipt,
    }  # fmt: skip
