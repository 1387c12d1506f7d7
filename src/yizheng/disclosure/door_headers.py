"""The headers that the site's middleware puts on every page, asked of the middleware itself once."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string

_THAT_ADD_HEADERS = (
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
)


def common_headers() -> list[tuple[str, str]]:
    """Name and value of each."""
    request = HttpRequest()
    request.META |= {"SERVER_NAME": "localhost", "SERVER_PORT": "443", "HTTP_X_FORWARDED_PROTO": "https"}
    answer: Any = lambda _request: HttpResponse()  # noqa: E731 - the innermost of a chain
    for name in reversed([each for each in settings.MIDDLEWARE if each in _THAT_ADD_HEADERS]):
        answer = import_string(name)(answer)
    response = answer(request)
    return [(name, value) for name, value in response.items() if name != "Content-Type"]
