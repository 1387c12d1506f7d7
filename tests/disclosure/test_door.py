"""The public's own door answers as Django does, takes the same allowance, and hands on what it does not know."""

import io
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone

from tests.disclosure.conftest import NUMBER, doctor
from yizheng.disclosure.allowances import LOOKUPS
from yizheng.disclosure.door import TAKEN, PublicDoor
from yizheng.disclosure.models import Allowance, PublicPractitioner
from yizheng.disclosure.publishing import publish

pytestmark = pytest.mark.django_db(transaction=True)


class Asked:
    """A door with a recording inner application."""

    def __init__(self) -> None:
        self.handed_on: list[dict[str, Any]] = []
        self.noted: list[tuple[str, str, int]] = []
        self.door = PublicDoor(self._inner, lambda *line: self.noted.append(line[:3]))
        self.status = ""
        self.headers: dict[str, str] = {}

    def _inner(self, environ: dict[str, Any], start: Any) -> list[bytes]:
        self.handed_on.append(environ)
        start("200 OK", [])
        return [b"django"]

    def _start(self, status: str, headers: list[tuple[str, str]]) -> None:
        self.status, self.headers = status, dict(headers)

    def __call__(self, path: str, query: str = "", body: bytes | None = None, **more: str) -> str:
        environ = {
            "REQUEST_METHOD": "GET" if body is None else "POST",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "HTTP_HOST": "localhost",
            "REMOTE_ADDR": "192.0.2.7",
            "wsgi.input": io.BytesIO(body or b""),
            "CONTENT_LENGTH": str(len(body or b"")),
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            **more,
        }
        return b"".join(self.door(environ, self._start)).decode()


@pytest.fixture
def ask() -> Iterator[Asked]:
    publish("doctor", [doctor(101, "林知夏")])
    asked = Asked()
    yield asked
    asked.door.close()


WANTED = urlencode({"name": "林知夏", "institution": "安和"})


def test_it_answers_with_the_page_and_the_headers_of_django(ask: Asked, client: Client) -> None:
    page = ask("/public/doctors/", WANTED)
    theirs = client.get(f"/public/doctors/?{WANTED}")
    assert page == theirs.content.decode()
    ours = {name: value for name, value in ask.headers.items() if name != "Content-Length"}
    assert ours == {name: value for name, value in theirs.headers.items() if name in ours}
    assert {"Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options"} <= ours.keys()
    assert ask.noted == [("GET", "public/doctors/", 200)]


def test_a_number_is_looked_up_and_an_unknown_one_is_not_found(ask: Asked) -> None:
    assert "林知夏" in ask("/public/doctors/", body=f"number={NUMBER}".encode())
    assert "没有查到" in ask("/public/doctors/", body=b"number=110110108004218")
    assert ask.handed_on == []


def test_names_are_escaped(ask: Asked) -> None:
    page = ask("/public/doctors/", urlencode({"name": "<b>\x02name\x03", "institution": "\"安和'"}))
    assert "<b>name" not in page
    assert "&lt;b&gt;name" in page


def test_the_allowance_is_taken_and_refuses(ask: Asked) -> None:
    for _ in range(3):
        ask("/public/doctors/", WANTED)
    assert Allowance.objects.get().tokens < LOOKUPS.burst - 2
    Allowance.objects.update(tokens=-1, filled=timezone.now())
    assert "查询过于频繁" in ask("/public/doctors/", WANTED)
    assert ask.status.startswith("429")
    assert int(ask.headers["Retry-After"]) >= 1


def test_an_entry_that_stands_is_not_sent_again(ask: Asked, client: Client) -> None:
    entry = PublicPractitioner.objects.get()
    address = f"/public/doctors/{entry.token}/"
    tag = client.get(address).headers["ETag"]
    assert ask(address, HTTP_IF_NONE_MATCH=tag) == ""
    assert (ask.status, ask.headers["ETag"]) == ("304 Not Modified", tag)
    PublicPractitioner.objects.update(refreshed=timezone.now())
    assert ask(address, HTTP_IF_NONE_MATCH=tag) == "django"
    assert ask.handed_on[0][TAKEN] == LOOKUPS.name


@pytest.mark.parametrize(
    "asked",
    [
        ("/public/doctors/", "name=x"),
        ("/public/doctors/", WANTED, None, {"HTTP_COOKIE": "sessionid=x"}),
        ("/public/doctors/", WANTED, None, {"HTTP_HOST": "elsewhere.example"}),
        ("/public/doctors/", "", b"number=" + b"1" * 27),
        ("/public/doctors/", "", b"number=11010819900307123X"),
        ("/", ""),
    ],
)
def test_what_it_does_not_know_goes_on_untouched(ask: Asked, asked: tuple[Any, ...]) -> None:
    path, query, body, more = (*asked, None, {})[:4] if len(asked) < 4 else asked
    assert ask(path, query, body if isinstance(body, bytes) else None, **(more or {})) == "django"
    assert not Allowance.objects.exists()
    if body:
        assert ask.handed_on[0]["wsgi.input"].read() == body
