"""A one-time password opens the choice of one's own, once, and nothing else."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cast import PASSWORD, sign_in
from tests.people.test_entrance import code_of, give, is_in
from yizheng.people import audit
from yizheng.people.accounts import administering as accounts
from yizheng.people.models import Account, AuditEntry, OneTimePassword
from yizheng.people.rights.grants import Refused
from yizheng.people.signing_in import onetime, totp
from yizheng.people.signing_in.onetime import Purpose

pytestmark = pytest.mark.django_db
CHOOSE = reverse("people:choose_password")
OWN = "Qing-He-Road-2031"


def choose(client: Client, password: str = OWN, again: str = OWN) -> Any:
    return client.post(CHOOSE, {"password": password, "again": again})


@pytest.fixture
def handed(acceptor: Account, system_admin: Account) -> str:
    """A reset for the acceptor, who has no authenticator yet."""
    return accounts.reset_password(acceptor, system_admin, "本人忘记")


def test_the_office_chooses_a_password_then_sets_up_an_authenticator(
    client: Client, acceptor: Account, handed: str
) -> None:
    assert give(client, acceptor.username, handed.lower())["Location"] == CHOOSE
    assert client.get(reverse("people:enrol"))["Location"] == reverse("people:sign_in")
    assert choose(client)["Location"] == reverse("people:enrol")
    assert not is_in(client)
    page = client.get(reverse("people:enrol")).content.decode()
    secret = page.split('class="secret">')[1].split("<")[0].replace(" ", "")
    client.post(reverse("people:enrol"), {"code": code_of(secret)})
    assert is_in(client)
    acceptor.refresh_from_db()
    assert acceptor.check_password(OWN)


def test_an_authenticator_stays_and_is_asked_before_the_password_is_chosen(
    client: Client, acceptor: Account, handed: str
) -> None:
    totp.enrol(acceptor, totp.new_secret())
    assert give(client, acceptor.username, handed)["Location"] == reverse("people:second_step")
    assert client.get(CHOOSE)["Location"] == reverse("people:sign_in")
    answer = client.post(reverse("people:second_step"), {"code": totp.code_now(acceptor)})
    assert answer["Location"] == CHOOSE
    assert choose(client)["Location"] == "/office/"
    assert is_in(client)


def test_an_operator_needs_no_authenticator(client: Client, institution: Any, system_admin: Account) -> None:
    text = accounts.reset_password(institution.operator, system_admin, "本人忘记")
    give(client, institution.operator.username, text)
    assert choose(client)["Location"] == "/office/"
    assert is_in(client)


def test_it_takes_the_former_password_and_its_sessions_away(
    client: Client, acceptor: Account, system_admin: Account
) -> None:
    sign_in(client, acceptor)
    accounts.reset_password(acceptor, system_admin, "本人忘记")
    assert client.get(reverse("people:me")).status_code == 302
    assert "用户名或密码不正确" in give(Client(), acceptor.username).content.decode()


def test_it_works_once_and_only_the_last_one(
    client: Client, acceptor: Account, handed: str, system_admin: Account
) -> None:
    newer = accounts.reset_password(acceptor, system_admin, "再开一次")
    assert give(client, acceptor.username, handed).status_code == 422
    give(client, acceptor.username, newer)
    assert choose(client).status_code == 302
    assert give(Client(), acceptor.username, newer).status_code == 422


def test_a_session_of_the_former_one_does_not_use_the_newer(
    client: Client, acceptor: Account, handed: str, system_admin: Account
) -> None:
    give(client, acceptor.username, handed)
    accounts.reset_password(acceptor, system_admin, "再开一次")
    assert "已用过、已过期或者已重新开具" in choose(client).content.decode()


@pytest.mark.parametrize(("purpose", "hours"), [(Purpose.RESET, 24), (Purpose.FIRST, 7 * 24)])
def test_it_ends(client: Client, acceptor: Account, system_admin: Account, purpose: Purpose, hours: int) -> None:
    text = onetime.issue(acceptor, purpose, system_admin, "本人忘记")
    held = OneTimePassword.objects.get()
    assert held.expires_at - held.issued_at == timedelta(hours=hours)
    give(client, acceptor.username, text)
    OneTimePassword.objects.update(expires_at=timezone.now())
    assert choose(client).status_code == 422
    assert give(Client(), acceptor.username, text).status_code == 422


@pytest.mark.parametrize(
    ("password", "again", "said"),
    [("short", "short", "至少 10 个字符"), (OWN, "Qing-He-Road-2032", "不一致"), ("", "", "请填写新密码")],
)
def test_the_form_says_what_is_wrong(
    client: Client, acceptor: Account, handed: str, password: str, again: str, said: str
) -> None:
    give(client, acceptor.username, handed)
    answer = choose(client, password, again)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_it_is_not_taken_as_ones_own(client: Client, acceptor: Account, handed: str) -> None:
    give(client, acceptor.username, handed)
    mixed = handed[0].lower() + handed[1:]
    assert "不能与一次性密码相同" in choose(client, mixed, mixed).content.decode()


def test_a_stopped_account_is_not_opened_by_it(client: Client, acceptor: Account, handed: str) -> None:
    Account.objects.filter(pk=acceptor.pk).update(is_active=False)
    assert give(client, acceptor.username, handed).status_code == 422


def test_guessing_it_locks_as_guessing_a_password_does(client: Client, acceptor: Account, handed: str) -> None:
    for _ in range(5):
        give(client, acceptor.username, "AAAA-BBBB-CCCC-DDDD")
    assert "尝试次数过多" in give(client, acceptor.username, handed).content.decode()


def test_only_its_digest_is_kept(acceptor: Account, handed: str) -> None:
    assert handed.encode() not in bytes(OneTimePassword.objects.get().digest)
    entry = AuditEntry.objects.get(verb="password.issue")
    assert (entry.object_ref, entry.detail) == (f"account:{acceptor.pk}", {"purpose": "reset", "reason": "本人忘记"})


@pytest.mark.parametrize("reason", ["  ", "电话 13800000172", "字" * 201])
def test_a_reason_is_needed_and_holds_no_number(acceptor: Account, system_admin: Account, reason: str) -> None:
    with pytest.raises(Refused):
        accounts.reset_password(acceptor, system_admin, reason)
    acceptor.refresh_from_db()
    assert acceptor.check_password(PASSWORD)


@pytest.mark.parametrize("who", ["security_admin", "audit_admin", "reviewer", "city_clerk"])
def test_others_issue_none(acceptor: Account, who: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(Refused, match="权限"):
        accounts.reset_password(acceptor, request.getfixturevalue(who), "x")


def test_not_for_oneself_and_not_for_individuals(system_admin: Account, applicant: Account) -> None:
    with pytest.raises(Refused, match="自己"):
        accounts.reset_password(system_admin, system_admin, "x")
    with pytest.raises(Refused, match="窗口"):
        accounts.reset_password(applicant, system_admin, "x")


def test_issuing_stands_or_falls_as_a_whole(
    acceptor: Account, system_admin: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(audit, "record", fails)
    with pytest.raises(ZeroDivisionError):
        accounts.reset_password(acceptor, system_admin, "本人忘记")
    acceptor.refresh_from_db()
    assert acceptor.check_password(PASSWORD)
    assert not OneTimePassword.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_use_it_at_once_one_wins(acceptor: Account, handed: str) -> None:
    typed = onetime.mark(acceptor, handed)
    outcomes: list[bool] = []

    def go(number: int) -> None:
        try:
            outcomes.append(onetime.use(Account.objects.get(pk=acceptor.pk), typed, f"{OWN}-{number}"))
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [False, False, False, True]
