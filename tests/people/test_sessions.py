"""How long a session lasts: idle, twelve hours, pages that ask by themselves, a clock that was ahead."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cast import sign_in
from tests.people.test_entrance import is_in
from yizheng import people
from yizheng.people.models import Account

pytestmark = pytest.mark.django_db
SIGN_IN = reverse("people:sign_in")


def shift(client: Client, **seconds: int) -> None:
    session = client.session
    for name, ago in seconds.items():
        session[name] = timezone.now().timestamp() - ago
    session.save()


def test_idle_sessions_end_and_say_so(client: Client, acceptor: Account, applicant: Account) -> None:
    sign_in(client, acceptor)
    shift(client, last_seen=29 * 60)
    assert client.get(reverse("people:me")).status_code == 200
    shift(client, last_seen=31 * 60)
    answer = client.get(reverse("people:me"), follow=True)
    assert "已自动退出" in answer.content.decode()
    assert not is_in(client)
    sign_in(client, applicant)
    shift(client, last_seen=31 * 60)
    assert client.get(reverse("people:me")).status_code == 200


def test_twelve_hours_are_the_end(client: Client, applicant: Account) -> None:
    sign_in(client, applicant)
    shift(client, last_seen=5, signed_in_at=12 * 3600 + 1)
    assert client.get(reverse("people:me")).status_code == 302


def test_background_requests_do_not_keep_a_session_alive(client: Client, acceptor: Account) -> None:
    sign_in(client, acceptor)
    shift(client, last_seen=20 * 60, signed_in_at=20 * 60)
    before = client.session["last_seen"]
    client.get(reverse("people:me"), headers={"X-Background": "1"})
    assert client.session["last_seen"] == before
    assert client.post(reverse("people:stay")).status_code == 204
    assert client.session["last_seen"] > before


def test_a_page_that_polls_ends_with_its_session(client: Client, acceptor: Account) -> None:
    sign_in(client, acceptor)
    shift(client, last_seen=31 * 60)
    polling = {"X-Background": "1", "HX-Request": "true", "HX-Current-URL": "http://testserver/work/jobs/1/"}
    answer = client.get(reverse("people:me"), headers=polling)
    assert (answer.status_code, answer["HX-Redirect"]) == (401, "/accounts/sign-in/?next=/work/jobs/1/")
    assert not is_in(client)


def test_whatever_refreshes_by_itself_says_so() -> None:
    """Else an open page would keep its session alive for ever."""
    source = Path(people.__file__).parents[1]
    polling = [
        tag
        for template in source.rglob("templates/**/*.html")
        for tag in re.findall(
            r"<[^<>]*hx-trigger=\"[^\"]*\b(?:every|load)\b(?:[^<>]|<[^<>]*>)*?>", template.read_text("utf-8")
        )
    ]
    assert polling
    assert [tag for tag in polling if '"X-Background": "1"' not in tag] == []


def test_a_part_of_a_page_reloads_the_whole_when_the_session_is_over(client: Client, acceptor: Account) -> None:
    sign_in(client, acceptor)
    shift(client, last_seen=31 * 60)
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/work/?view=2"}
    answer = client.get(reverse("people:me"), headers=headers)
    assert (answer.status_code, answer["HX-Redirect"]) == (401, "/accounts/sign-in/?next=/work/%3Fview%3D2")


def test_a_session_of_a_clock_that_was_ahead_ends(client: Client, applicant: Account) -> None:
    sign_in(client, applicant)
    shift(client, last_seen=-24 * 3600)
    assert client.get(reverse("people:me")).status_code == 302
