"""The page that checks without a network, the worker that keeps it, the signed lists and the public keys.

The page brings its one script and style inside it; its policy names both by digest, so that it stays strict wherever the
page is kept. Lists and keys are public as a whole and may be kept and read from anywhere.
"""

import base64
import hashlib
import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template import engines
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from yizheng.disclosure.allowances import DOWNLOADS
from yizheng.disclosure.pages.open import limited
from yizheng.documents.models import StatusList
from yizheng.documents.verifying import status_list

_FILES = Path(__file__).parents[1] / "offline"
_SPAN = 600
"""Seconds for which a list or the keys may be kept by a cache on the way."""


@require_safe
@limited(DOWNLOADS)
def page(request: HttpRequest) -> HttpResponse:
    """The page; it fetches the newest list and is kept by its worker."""
    address = {
        "list_url": reverse("disclosure:status_list"),
        "worker_url": reverse("disclosure:offline_worker"),
        "download_url": reverse("disclosure:offline_download"),
    }
    response = HttpResponse(_filled(address, None))
    response["Content-Security-Policy"] = _policy("'self'") + "; frame-ancestors 'none'"
    return response


@require_safe
@limited(DOWNLOADS)
def download(request: HttpRequest) -> HttpResponse:
    """The page as one file with keys and list inside, to be carried to a machine without a network."""
    row = status_list.newest()
    kept = status_list.text_of(row).decode("ascii") if row else None
    response = HttpResponse(_filled({}, kept))
    response["Content-Security-Policy"] = _policy("'none'") + "; frame-ancestors 'none'"
    response["Content-Disposition"] = "attachment; filename=\"offline-check.html\"; filename*=UTF-8''{}".format(
        "%E8%AF%81%E7%85%A7%E7%A6%BB%E7%BA%BF%E6%A0%B8%E9%AA%8C.html"
    )
    return response


@require_safe
@limited(DOWNLOADS)
def worker(request: HttpRequest) -> HttpResponse:
    """The worker; it governs the page beside it and nothing else."""
    return HttpResponse(_text("worker.js"), content_type="text/javascript; charset=utf-8")


@require_safe
@limited(DOWNLOADS)
def lists(request: HttpRequest, day: str = "") -> HttpResponse:
    """The signed list, the newest or that of a day."""
    row = StatusList.objects.filter(pk=_day(day)).first() if day else status_list.newest()
    if row is None:
        raise Http404("没有这一天的状态名单")
    response = HttpResponse(status_list.text_of(row), content_type=status_list.MEDIA_TYPE)
    response["ETag"] = f'"{row.digest}"'
    return _open(response)


@require_safe
@limited(DOWNLOADS)
def keys(request: HttpRequest) -> HttpResponse:
    """The public keys, present and former."""
    return _open(HttpResponse(json.dumps(status_list.public_keys()), content_type="application/jwk-set+json"))


def _open(response: HttpResponse) -> HttpResponse:
    """May be read by the pages of any site and kept for a few minutes."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = f"public, max-age={_SPAN}"
    return response


def _filled(addresses: dict[str, str], kept: str | None) -> str:
    """The page with its parts inside; nothing of it comes from who asks."""
    known = status_list.public_keys()
    context: dict[str, Any] = {
        **addresses,
        "kept": kept is not None or not addresses,
        "now": timezone.localtime().strftime("%Y-%m-%d %H:%M"),
        "policy": _policy("'none'"),
        "style": _text("offline.css"),
        "script": _text("offline.js"),
        "keys": known["keys"],
        "keys_json": json.dumps(known),
        "kept_json": json.dumps(kept),
    }
    return str(engines["django"].from_string(_text("page.html")).render(context))


def _policy(connect: str) -> str:
    return (
        f"default-src 'none'; script-src {_digest('offline.js')}; style-src {_digest('offline.css')}; "
        f"connect-src {connect}; worker-src {connect}; img-src blob: data:; media-src blob:; "
        "base-uri 'none'; form-action 'none'"
    )


@cache
def _text(name: str) -> str:
    return (_FILES / name).read_text(encoding="utf-8")


@cache
def _digest(name: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(_text(name).encode()).digest()).decode('ascii')}'"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Http404("没有这一天的状态名单") from None
