"""What every public page has in common: no sign-in, limited in number, kept by nobody, listed by no search engine."""

from collections.abc import Callable
from functools import wraps
from typing import cast

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import get_resolver

from yizheng.disclosure.allowances import Limit, TooMany, headers_of, policy, take
from yizheng.disclosure.answer_page import too_many_page
from yizheng.disclosure.door import TAKEN

Page = Callable[..., HttpResponse]


def limited(limit: Limit) -> Callable[[Page], Page]:
    """A public page that answers only so often to one address, and says so in words when it does not.

    What is not there is answered here: a fault that left this function would give back what was taken, and addresses could be
    guessed without end.
    """

    def decorate(view: Page) -> Page:
        @login_not_required
        @wraps(view)
        def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            try:
                if request.META.get(TAKEN) != limit.name:
                    take(request, limit)
                response = unkept(view(request, *args, **kwargs))
            except Http404 as missing:
                not_found = cast(Page, get_resolver().resolve_error_handler(404))
                response = unkept(not_found(request, exception=missing))
            except TooMany as refusal:
                return _too_many(refusal)
            name, words = policy(limit)
            response[name] = words
            return response

        return answer

    return decorate


def unkept(response: HttpResponse) -> HttpResponse:
    """The response, listed by no search engine and, unless it says otherwise itself, kept by no cache."""
    response.headers.setdefault("Cache-Control", "private, no-store")
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _too_many(refusal: TooMany) -> HttpResponse:
    response = HttpResponse(too_many_page(refusal.retry_after), status=429)
    for name, words in headers_of(refusal):
        response[name] = words
    return unkept(response)
