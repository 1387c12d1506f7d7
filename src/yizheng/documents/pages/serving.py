"""A file as an answer: with a type nobody may guess at, shown in the page only when asked for, whole or the part asked for.

A player asks for parts of a sound or film (RFC 9110, 14.2); without them it can neither jump nor show a single frame.
"""

import re
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse

from yizheng.documents.attachments import FILMS, SOUNDS, TEXT

_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")
_PLAYED = FILMS | SOUNDS


def served(
    request: HttpRequest, content: bytes, media_type: str, name: str, *, kept: str = "no-store, private"
) -> HttpResponse:
    """The bytes, shown in the page only when asked for with ?view=1; ``kept`` says what caches may do."""
    shown = "inline" if request.GET.get("view") == "1" else "attachment"
    answer = HttpResponse(
        content,
        content_type=f"{media_type}; charset=utf-8" if media_type == TEXT else media_type,
        headers={
            "Content-Disposition": f"{shown}; filename*=UTF-8''{quote(name)}",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": kept,
            "Accept-Ranges": "bytes" if media_type in _PLAYED else "none",
        },
    )
    return _part(request, answer, content) if media_type in _PLAYED else answer


def _part(request: HttpRequest, answer: HttpResponse, content: bytes) -> HttpResponse:
    """The one part of the file that was asked for; any other wish gets the whole."""
    asked = _RANGE.fullmatch(request.headers.get("Range", "").strip())
    if asked is None or asked.groups() == ("", ""):
        return answer
    size, (from_text, to_text) = len(content), asked.groups()
    first = int(from_text) if from_text else max(0, size - int(to_text))
    last = min(int(to_text), size - 1) if from_text and to_text else size - 1
    if first > last:
        answer.status_code, answer.content = 416, b""
        answer["Content-Range"] = f"bytes */{size}"
        return answer
    answer.status_code, answer.content = 206, content[first : last + 1]
    answer["Content-Range"] = f"bytes {first}-{last}/{size}"
    return answer
