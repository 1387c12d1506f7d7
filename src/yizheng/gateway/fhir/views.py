"""The read interface: metadata for everybody, resources for registered partners with a token of ten minutes.

``GET /fhir/metadata``, ``/fhir/Practitioner?name=…``, ``/fhir/Practitioner/<id>``, ``/fhir/Practitioner/_history?_since=…``.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from yizheng.exchange.channels.signing import NotSigned
from yizheng.gateway import tokens
from yizheng.gateway.fhir.resources import KINDS, Kind, Resource
from yizheng.gateway.fhir.searching import SUPPORTED, BadSearch, Found, one, search
from yizheng.people import audit

SCOPE = "directory"
_TYPE = "application/fhir+json"


def _answer(resource: Resource, status: int = 200) -> JsonResponse:
    return JsonResponse(resource, status=status, content_type=_TYPE, json_dumps_params={"ensure_ascii": False})


def _outcome(status: int, code: str, words: str) -> JsonResponse:
    issue = {"severity": "error", "code": code, "diagnostics": words}
    return _answer({"resourceType": "OperationOutcome", "issue": [issue]}, status)


@csrf_exempt
@require_POST
def token(request: HttpRequest) -> JsonResponse:
    """A token for a registered partner that signed the request."""
    try:
        return JsonResponse(
            {"access_token": tokens.issue(request, SCOPE), "token_type": "Bearer", "expires_in": tokens.SECONDS}
        )
    except NotSigned as refused:
        return JsonResponse({"error": "invalid_client", "error_description": str(refused)}, status=401)


View = Callable[..., JsonResponse]


def _for_partners(view: View) -> View:
    """Only with a token; what was read by whom is recorded."""

    @wraps(view)
    def guarded(request: HttpRequest, name: str, **more: str) -> JsonResponse:
        partner = tokens.partner_of(request, SCOPE)
        if partner is None:
            return _outcome(401, "login", "a token of a registered partner is needed")
        kind = KINDS.get(name)
        if kind is None:
            return _outcome(404, "not-supported", f"no resource {name}")
        audit.record(None, "exchange.directory", f"resource:{name}", {"partner": partner})
        try:
            return view(request, kind, **more)
        except BadSearch as fault:
            return _outcome(400, "invalid", str(fault))

    return guarded


@require_safe
@_for_partners
def resources(request: HttpRequest, kind: Kind) -> JsonResponse:
    """A search as a bundle."""
    found = search(kind, request.GET.dict())
    return _answer(_bundle(request, kind, found, "searchset", lambda each: {"search": {"mode": "match"}}))


@require_safe
@_for_partners
def history(request: HttpRequest, kind: Kind) -> JsonResponse:
    """What changed since an instant, each in its newest version."""
    found = search(kind, request.GET.dict())
    return _answer(
        _bundle(
            request, kind, found, "history",
            lambda each: {
                "request": {"method": "PUT", "url": f"{kind.name}/{each['id']}"},
                "response": {"status": "200", "lastModified": each["meta"]["lastUpdated"]},
            },
        )
    )  # fmt: skip


@require_safe
@_for_partners
def resource(request: HttpRequest, kind: Kind, pk: str) -> JsonResponse:
    """One resource."""
    found = one(kind, pk)
    return _answer(found) if found else _outcome(404, "not-found", f"no {kind.name} {pk}")


def _bundle(
    request: HttpRequest, kind: Kind, found: Found, shape: str, beside: Callable[[Resource], dict[str, Any]]
) -> Resource:
    here = f"{settings.PUBLIC_BASE}{request.path}"
    asked = request.GET.dict()
    links = [{"relation": "self", "url": f"{here}?{urlencode(asked)}" if asked else here}]
    if found.following:
        links.append({"relation": "next", "url": f"{here}?{urlencode({**asked, '_page': found.following})}"})
    entries = [
        {"fullUrl": f"{settings.PUBLIC_BASE}/fhir/{kind.name}/{each['id']}", "resource": each, **beside(each)}
        for each in found.resources
    ]
    return {
        "resourceType": "Bundle", "type": shape, "timestamp": timezone.localtime().isoformat(), "link": links,
        **({"entry": entries} if entries else {}),
    }  # fmt: skip


@require_safe
def metadata(request: HttpRequest) -> JsonResponse:
    """What the interface can do (CapabilityStatement)."""
    parameters = [
        {"name": name, "type": "string" if name == "name" else "token"} for name in ("name", "identifier", "_id")
    ]
    parameters.append({"name": "_lastUpdated", "type": "date"})
    rest = [
        {
            "type": name,
            "interaction": [{"code": code} for code in ("read", "search-type", "history-type")],
            "searchParam": parameters,
        }
        for name in KINDS
    ]
    return _answer(
        {
            "resourceType": "CapabilityStatement", "status": "active", "date": "2026-11-30", "kind": "instance",
            "fhirVersion": "4.0.1", "format": ["application/fhir+json"], "software": {"name": "Yizheng 医政"},
            "implementation": {"description": "IHE mCSD care services directory", "url": f"{settings.PUBLIC_BASE}/fhir"},
            "rest": [{"mode": "server", "documentation": f"parameters: {', '.join(SUPPORTED)}", "resource": rest}],
        }
    )  # fmt: skip
