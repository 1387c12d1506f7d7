"""An address that only takes what is posted, entered again by hand or after signing in, leads to the page it belongs to."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import Resolver404, resolve


class ReenteredAddress:
    """In place of 405 a browser gets the nearest page above: /desk/cases/N/act/ leads to /desk/cases/N/."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, or lead to the page above."""
        response = self.get_response(request)
        entered = request.method in ("GET", "HEAD") and "text/html" in request.headers.get("Accept", "")
        if response.status_code != 405 or not entered:
            return response
        above, asked = _page_above(request.path), request.META.get("QUERY_STRING", "")
        return redirect(f"{above}?{asked}" if asked else above) if above else response


def _page_above(path: str) -> str:
    """The nearest address above that is one; empty where there is none."""
    while path.count("/") > 2:
        path = path.rstrip("/").rpartition("/")[0] + "/"
        try:
            resolve(path)
        except Resolver404:
            continue
        return path
    return ""
