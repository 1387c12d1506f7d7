"""The public's own door: lookups and revalidations answered before Django's middleware, in one statement each.

What it does not know (another address, a signed-in visitor, a question that cannot be asked, a number that the vault must
resolve) goes on to Django as if the door were not there. Limits, headers, log and page are the same on both ways: the
allowance is taken by the statement that looks up, the headers come from the middleware itself, the page from the same
template.
"""

import re
import time
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any
from urllib.parse import parse_qsl

import psycopg
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port, validate_host
from django.utils import timezone
from django.utils.module_loading import import_string

from yizheng.disclosure import allowances, asking, keys
from yizheng.disclosure.answer_page import answer_page, entry_tag, here, too_many_page
from yizheng.disclosure.sources import PeopleSource, of_people

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


Environ = dict[str, Any]
Start = Callable[..., Any]
Application = Callable[[Environ, Start], Iterable[bytes]]
Note = Callable[[str, str, int, float], None]
Answer = tuple[str, list[tuple[str, str]], bytes]

LONGEST_BODY = 4096
TAKEN = "yizheng.allowance_taken"
"""In the environment of a request that goes on to Django: the allowance was taken at the door."""
_TOKEN = re.compile(r"([2-9a-z]{20})/")
_HTML = ("Content-Type", "text/html; charset=utf-8")
_COMMON = [("X-Robots-Tag", "noindex, nofollow"), allowances.policy(allowances.LOOKUPS)]
_UNKEPT = [("Cache-Control", "private, no-store"), *_COMMON]
_REVALIDATED = [("Cache-Control", "private, no-cache"), *_COMMON]


class PublicDoor:
    """A WSGI application in front of another; `note` writes the line of the request log."""

    def __init__(self, application: Application, note: Note) -> None:
        self._inner = application
        self._note = note
        self._desk = asking.Desk()
        self._registers = {source.address: source for source in of_people()}
        self._hosts: set[str] = set()
        self._headers = common_headers()

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        """Answer, or hand on."""
        began = time.perf_counter()
        try:
            source = self._source(environ)
            answered = self._answer(source, environ) if source is not None else None
        except psycopg.Error:
            answered = None
        if answered is None:
            return self._inner(environ, start_response)
        status, headers, body = answered
        length = [] if status.startswith("304") else [("Content-Length", str(len(body)))]
        start_response(status, [*headers, *self._headers, *length])
        self._note(environ["REQUEST_METHOD"], _route(source, environ), int(status[:3]), time.perf_counter() - began)
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else body]

    def close(self) -> None:
        """Close this thread's connection; the process ends or a test does."""
        self._desk.close()

    def _source(self, environ: Environ) -> PeopleSource | None:
        """The register the visitor asks about; None where the question is not for the door."""
        path: str = environ["PATH_INFO"]
        found = next((each for here, each in self._registers.items() if path.startswith(here)), None)
        return found if found is not None and self._is_ours(environ) else None

    def _is_ours(self, environ: Environ) -> bool:
        if settings.SESSION_COOKIE_NAME in environ.get("HTTP_COOKIE", ""):
            return False
        if settings.SECURE_SSL_REDIRECT and environ.get("HTTP_X_FORWARDED_PROTO") != "https":
            return False
        return self._knows(environ.get("HTTP_HOST", ""))

    def _knows(self, host: str) -> bool:
        if host not in self._hosts:
            if not validate_host(split_domain_port(host)[0], settings.ALLOWED_HOSTS):
                return False
            if len(self._hosts) < 100:
                self._hosts.add(host)
        return True

    def _answer(self, source: PeopleSource, environ: Environ) -> Answer | None:
        rest = environ["PATH_INFO"][len(here(source)) :]
        if environ["REQUEST_METHOD"] in ("GET", "HEAD"):
            return self._revalidated(source, environ, rest) if rest else self._by_name(source, environ)
        return self._by_number(source, environ) if environ["REQUEST_METHOD"] == "POST" and not rest else None

    def _by_name(self, source: PeopleSource, environ: Environ) -> Answer | None:
        asked = _fields(environ.get("QUERY_STRING", "").encode("latin-1"))
        if asked is None:
            return None
        name, institution = (keys.cleaned(asked.get(field, ""))[:100] for field in ("name", "institution"))
        try:
            question = asking.by_name(source.register.code, keys.name_key(name), keys.institution_key(institution))
        except keys.Unusable:
            return None
        return self._looked_up(source, environ, question, "name", name, institution)

    def _by_number(self, source: PeopleSource, environ: Environ) -> Answer | None:
        length = int(environ.get("CONTENT_LENGTH") or 0)
        if not 0 < length <= LONGEST_BODY or not _is_form(environ):
            return None
        body = environ["wsgi.input"].read(length)
        environ["wsgi.input"] = BytesIO(body)
        asked = _fields(body)
        try:
            number = keys.squeezed(asked.get("number", "")) if asked is not None else ""
            if not number or keys.is_qualification_number(number):
                return None
            wanted = keys.practice_number(number, source.number, source.lookup.digits)
        except keys.Unusable:
            return None
        question = asking.by_practice_number(source.register.code, wanted)
        return self._looked_up(source, environ, question, "number", "", "")

    def _looked_up(
        self, source: PeopleSource, environ: Environ, question: asking.Question, by: str, name: str, institution: str
    ) -> Answer:
        try:
            found = self._desk.look_up(_address(environ), question)
        except allowances.TooMany as refusal:
            return _too_many(refusal)
        page = answer_page(source, by, name, institution, found, timezone.localdate())
        return "200 OK", [_HTML, *_UNKEPT], page.encode()

    def _revalidated(self, source: PeopleSource, environ: Environ, rest: str) -> Answer | None:
        """An entry that the browser has already, if it stands as it did; otherwise Django makes the page."""
        token, held = _TOKEN.fullmatch(rest), environ.get("HTTP_IF_NONE_MATCH", "")
        if token is None or not held:
            return None
        try:
            refreshed = self._desk.refreshed(_address(environ), source.register.code, token[1])
        except allowances.TooMany as refusal:
            return _too_many(refusal)
        environ[TAKEN] = allowances.LOOKUPS.name
        if refreshed is None:
            return None
        tag = entry_tag(token[1], refreshed, timezone.localdate(), environ.get("QUERY_STRING", ""))
        return ("304 Not Modified", [("ETag", tag), *_REVALIDATED], b"") if held == tag else None


def _route(source: PeopleSource | None, environ: Environ) -> str:
    """The route as Django names it in the log of requests."""
    address = here(source) if source is not None else ""
    return address.lstrip("/") + ("<slug:token>/" if environ["PATH_INFO"] != address else "")


def _fields(text: bytes) -> dict[str, str] | None:
    """The form's fields, the last of equal names; None for what Django shall refuse."""
    try:
        return dict(parse_qsl(text.decode("utf-8"), keep_blank_values=True, max_num_fields=20))
    except ValueError:
        return None


def _is_form(environ: Environ) -> bool:
    return bool(environ.get("CONTENT_TYPE", "").startswith("application/x-www-form-urlencoded"))


def _address(environ: Environ) -> str:
    return str(environ.get("REMOTE_ADDR", ""))


def _too_many(refusal: allowances.TooMany) -> Answer:
    headers = [_HTML, *dict([*_UNKEPT, *allowances.headers_of(refusal)]).items()]
    return "429 Too Many Requests", headers, too_many_page(refusal.retry_after).encode()
