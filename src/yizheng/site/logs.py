"""Structured logs, one JSON object a line, without personal data.

A request is logged by its route, never by its address, query or body; an error by its type and the lines it
passed, never by its message, which may quote a row (个人信息保护法 第六条、第五十一条).
"""

import json
import logging.config
import sys
import time
import traceback
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse
from structlog.typing import EventDict, Processor

_requests = structlog.stdlib.get_logger("yizheng.requests")


def _frames_only(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Replace exception information by type and source lines."""
    info = event.pop("exc_info", None)
    if isinstance(info, BaseException):
        info = (type(info), info, info.__traceback__)
    if isinstance(info, tuple) and info[0] is not None:
        event["error"] = info[0].__name__
        event["at"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(info[2])]
    return event


def _own_words_only(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Django's logs put the address or the Host into their messages; the request log has said what may be said."""
    record = event.get("_record")
    if record is not None and record.name.startswith("django.security."):
        event["event"] = record.name.rpartition(".")[2]
    elif record is not None and record.name.startswith("django."):
        event["event"] = str(record.msg).partition("%s")[0].rstrip(" :")
    return event


_SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=False),
]


def configuration() -> dict[str, Any]:
    """The logging configuration: everything to standard error as JSON, from level INFO."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": _SHARED,
                "processors": [
                    _own_words_only,
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    _frames_only,
                    structlog.processors.JSONRenderer(ensure_ascii=False),
                ],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": "INFO"},
        "loggers": {"procrastinate": {"level": "WARNING"}},
    }


def configure(settings: dict[str, Any]) -> None:
    """Django's hook: the standard library's loggers and structlog's end in the same lines."""
    logging.config.dictConfig(settings)
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


class RequestLog:
    """Middleware: one line a request with route, status, milliseconds and the account's number."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request and write its line; every line of the request carries the same id."""
        with structlog.contextvars.bound_contextvars(request=uuid.uuid4().hex):
            started = time.perf_counter()
            response = self.get_response(request)
            _requests.info(
                "request",
                method=request.method,
                route=request.resolver_match.route if request.resolver_match else None,
                status=response.status_code,
                milliseconds=round((time.perf_counter() - started) * 1000, 1),
                account=_account_number(request),
            )
            return response


def request_line(method: str, route: str | None, status: int, seconds: float) -> None:
    """The same line for a request answered before Django, which has no account; written at a tenth of the cost."""
    line = {
        "method": method,
        "route": route,
        "status": status,
        "milliseconds": round(seconds * 1000, 1),
        "account": None,
        "event": "request",
        "request": uuid.uuid4().hex,
        "level": "info",
        "logger": "yizheng.requests",
        "timestamp": datetime.now(UTC).isoformat(),
    }
    sys.stderr.write(json.dumps(line) + "\n")


def _account_number(request: HttpRequest) -> int | None:
    """The account's key when the request's user was looked at, without making a query for the log."""
    cached = getattr(request, "_cached_user", None)
    return None if cached is None else cached.pk
