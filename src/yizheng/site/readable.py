"""Refuses what no page and no column can hold: a zero byte or half a character, in an address, a question or a form."""

from collections.abc import Callable
from itertools import chain
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase


class ReadableRequest:
    """Answers 400 before a page looks at a text with U+0000 or a lone surrogate in it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Go on to the page."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, page: Any, args: Any, kwargs: dict[str, Any]) -> None:
        """Read every text the visitor sent; the body of an interface is the interface's to read. Raises BadRequest."""
        forms = [request.GET] if getattr(page, "csrf_exempt", False) else [request.GET, request.POST]
        sent = chain.from_iterable((name, *values) for form in forms for name, values in form.lists())
        texts = chain([request.path], map(str, kwargs.values()), sent)
        if any("\x00" in text or any("\ud800" <= sign <= "\udfff" for sign in text) for text in texts):
            raise BadRequest("内容中有不能保存的字符")
