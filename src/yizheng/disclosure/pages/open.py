"""What every public page has in common: no sign-in, limited in number, kept by nobody, listed by no search engine."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse

from yizheng.disclosure.allowances import Limit, TooMany, take
from yizheng.disclosure.answer_page import too_many_page
from yizheng.disclosure.door import TAKEN

Page = Callable[..., HttpResponse]


def limited(limit: Limit) -> Callable[[Page], Page]:
    """A public page that answers only so often to one address, and says so in words when it does not."""

    def decorate(view: Page) -> Page:
        @login_not_required
        @wraps(view)
        def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            try:
                if request.META.get(TAKEN) != limit.name:
                    take(request, limit)
                return unkept(view(request, *args, **kwargs))
            except TooMany as refusal:
                return _too_many(refusal)

        return answer

    return decorate


def unkept(response: HttpResponse) -> HttpResponse:
    """The response, listed by no search engine and, unless it says otherwise itself, kept by no cache."""
    response.headers.setdefault("Cache-Control", "private, no-store")
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _too_many(refusal: TooMany) -> HttpResponse:
    response = HttpResponse(too_many_page(refusal.retry_after), status=429)
    response["Retry-After"] = str(refusal.retry_after)
    return unkept(response)
