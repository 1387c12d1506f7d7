"""Pages for what went wrong, in words: what it is, what was kept, whom to ask.

Wired as handler400, handler403, handler404 and handler500 of the site. None of them touches the database, because
the database may be what went wrong; only a page that is not there stands in the office's shell.
"""

import errno
import sys
from typing import Any

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from yizheng.disclosure.api.problems import problem
from yizheng.people.kinds import AccountKind
from yizheng.people.models import Account

HOTLINE = "010-5555 0100"
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
_DATABASE_FULL = "53100"


def hotline() -> str:
    """The number to call, day and night."""
    return str(getattr(settings, "HOTLINE", HOTLINE))


def _page(status: int, **context: Any) -> HttpResponse:
    return HttpResponse(render_to_string(f"{status}.html", {"hotline": hotline(), **context}), status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request is not one this page understands; the open interface says so in its own shape."""
    if request.path.startswith("/api/"):
        return problem(400, str(exception) or "请核对参数，见接口说明 /api/docs。")
    return _page(400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: says why, when the refusal gave a reason, and who can grant it."""
    return _page(403, reason=str(exception) if exception.args else "")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: offers the search; who works in the office keeps its shell and reads why."""
    account = getattr(request, "user", None)
    if isinstance(account, Account) and (account.is_office or account.kind == AccountKind.INSTITUTION):
        why = str(exception) if exception.args and isinstance(exception.args[0], str) else ""
        return render(request, "shell/not_found.html", {"why": why}, status=404)
    return _page(404)


def failed(request: HttpRequest) -> HttpResponse:
    """500: a number to quote, found again in the log, and the hotline; 507 when the disk is full."""
    number = str(structlog.contextvars.get_contextvars().get("request", ""))
    return _page(507 if disk_is_full(sys.exc_info()[1]) else 500, number=number[:8])


def disk_is_full(fault: BaseException | None) -> bool:
    """Whether a fault, or what caused it, is the disk of the files or of the database having no room left."""
    while fault is not None:
        if getattr(fault, "errno", None) in _NO_ROOM or getattr(fault, "sqlstate", None) == _DATABASE_FULL:
            return True
        fault = fault.__cause__ or fault.__context__
    return False
