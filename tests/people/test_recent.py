"""Who sits there is asked again before a decision, and asking counts towards the lock-out."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils import timezone

from tests.cast import PASSWORD
from yizheng.people.models import Account
from yizheng.people.signing_in import recent, totp

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_of(acceptor: Account) -> HttpRequest:
    request = RequestFactory().post("/decide/", {"opinion": "同意"})
    request.user, request.session = acceptor, SessionStore()
    return request


def test_the_password_or_a_fresh_code_confirms(request_of: HttpRequest, acceptor: Account) -> None:
    assert not recent.recently_authenticated(request_of)
    assert recent.confirm(request_of, PASSWORD)
    assert recent.recently_authenticated(request_of)
    request_of.session.clear()
    totp.enrol(acceptor, totp.new_secret())
    code = totp.code_now(acceptor)
    assert recent.confirm(request_of, code)
    request_of.session.clear()
    assert not recent.confirm(request_of, code)


def test_it_holds_for_ten_minutes(request_of: HttpRequest) -> None:
    recent.remember(request_of)
    assert recent.confirm(request_of, "")
    request_of.session["confirmed_at"] = (timezone.now() - timedelta(minutes=10, seconds=1)).timestamp()
    assert not recent.confirm(request_of, "")


def test_five_wrong_answers_lock(request_of: HttpRequest) -> None:
    for _ in range(5):
        assert not recent.confirm(request_of, "wrong-Password-1")
    assert recent.locked(request_of)
    assert not recent.confirm(request_of, PASSWORD)


def test_what_was_posted_waits_enciphered_for_its_own_address(request_of: HttpRequest) -> None:
    recent.keep_posted(request_of)
    assert "同意" not in str(dict(request_of.session))
    assert recent.take_posted(request_of, "/another/") is None
    assert recent.take_posted(request_of, "/decide/") == [("opinion", "同意")]
    assert recent.take_posted(request_of, "/decide/") is None
