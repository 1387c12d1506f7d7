"""Signing in: password, lock-out, one-time codes, recovery codes, times."""

import re
import time
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.cast import PASSWORD, sign_in
from yizheng.people.models import Account, AuditEntry, RecoveryCode, SignInLock, TotpDevice
from yizheng.people.signing_in import lockout, totp
from yizheng.people.signing_in.backends import login_index

pytestmark = pytest.mark.django_db
SIGN_IN = reverse("people:sign_in")


def give(client: Client, name: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post(SIGN_IN, {"username": name, "password": password, **more})


def door(account: Account) -> lockout.Door:
    return lockout.password_door(account.username, [account])


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_an_individual_signs_in_with_name_and_password(client: Client, applicant: Account) -> None:
    answer = give(client, applicant.username)
    assert (answer.status_code, answer["Location"]) == (302, "/my/")
    assert is_in(client)
    assert AuditEntry.objects.filter(verb="sign_in", actor=applicant).count() == 1


def test_after_signing_in_one_is_where_one_wanted_to_be(client: Client, applicant: Account) -> None:
    assert give(client, applicant.username, next="/my/cases/?a=1")["Location"] == "/my/cases/?a=1"


@pytest.mark.parametrize("evil", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"])
def test_nobody_is_led_elsewhere(client: Client, applicant: Account, evil: str) -> None:
    assert give(client, applicant.username, next=evil)["Location"] == "/my/"


def test_wrong_and_unknown_get_the_same_answer(client: Client, applicant: Account) -> None:
    pages = [
        re.sub(
            rb"csrfmiddlewaretoken\" value=\"\w+|value=\"[^\"]*\"", b"", give(client, name, "wrong-Password-1").content
        )
        for name in (applicant.username, "nobody-of-this-name")
    ]
    assert pages[0] == pages[1]
    assert "用户名或密码不正确" in pages[0].decode()


def test_five_failures_lock_the_pair_and_only_it(client: Client, applicant: Account, stranger: Account) -> None:
    for _ in range(5):
        assert "用户名或密码不正确" in give(client, applicant.username, "wrong-Password-1").content.decode()
    assert "尝试次数过多" in give(client, applicant.username).content.decode()
    assert not is_in(client)
    elsewhere = Client(REMOTE_ADDR="192.0.2.9")
    assert give(elsewhere, applicant.username).status_code == 302
    assert give(client, stranger.username).status_code == 302


def test_an_unknown_name_locks_the_same_way(client: Client) -> None:
    for _ in range(5):
        give(client, "nobody-of-this-name", "wrong-Password-1")
    assert "尝试次数过多" in give(client, "nobody-of-this-name").content.decode()


def test_the_lock_ends_after_fifteen_minutes_and_tries_meanwhile_do_not_prolong_it(applicant: Account) -> None:
    for _ in range(8):
        lockout.try_allowed(door(applicant), "192.0.2.1")
    assert lockout.is_locked(door(applicant), "192.0.2.1")
    SignInLock.objects.update(since=timezone.now() - timedelta(minutes=15, seconds=1))
    assert lockout.try_allowed(door(applicant), "192.0.2.1")


def test_guesses_from_many_addresses_lock_the_account(applicant: Account) -> None:
    for number in range(20):
        assert lockout.try_allowed(door(applicant), f"192.0.2.{number}")
    assert not lockout.try_allowed(door(applicant), "192.0.2.200")


SPELLINGS = (
    "13800000172",
    "138 0000 0172",
    "138-0000-0172",
    "+86 13800000172",
    "008613800000172",
    "１３８０００００１７２",
)


@pytest.mark.parametrize("known", [True, False])
def test_the_spellings_of_one_mobile_number_are_one_door(client: Client, applicant: Account, known: bool) -> None:
    if known:
        Account.objects.filter(pk=applicant.pk).update(login_index=login_index(SPELLINGS[0]))
    answers = [give(client, name, "wrong-Password-1").content.decode() for name in SPELLINGS]
    assert ["尝试次数过多" in answer for answer in answers] == [False] * 5 + [True]
    assert ("尝试次数过多" in give(client, applicant.username).content.decode()) is known


def test_no_name_reaches_the_count_of_another_step(client: Client, acceptor: Account) -> None:
    totp.enrol(acceptor, totp.new_secret())
    for name in (f"second step of {acceptor.pk}", f"code {acceptor.pk}", f"account:{acceptor.pk}"):
        for _ in range(6):
            give(client, name, "wrong-Password-1")
    give(client, acceptor.username)
    assert client.post(reverse("people:second_step"), {"code": totp.code_now(acceptor)}).status_code == 302
    assert is_in(client)


def test_releasing_frees_every_count_of_the_account(client: Client, acceptor: Account) -> None:
    totp.enrol(acceptor, totp.new_secret())
    give(client, acceptor.username)
    for _ in range(6):
        client.post(reverse("people:second_step"), {"code": "000000"})
    for _ in range(6):
        give(Client(), acceptor.username, "wrong-Password-1")
    assert lockout.is_locked(door(acceptor), "127.0.0.1")
    lockout.release(acceptor)
    assert not SignInLock.objects.exists()
    assert client.post(reverse("people:second_step"), {"code": totp.code_now(acceptor)}).status_code == 302


def test_as_many_hashes_and_statements_for_an_unknown_name(
    client: Client, applicant: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashes: list[str] = []
    plain = Account.check_password

    def counting(self: Account, raw: str) -> bool:
        hashes.append(raw)
        return plain(self, raw)

    monkeypatch.setattr(Account, "check_password", counting)
    Account.objects.filter(pk=applicant.pk).update(login_index=login_index("13800000172"))
    counted: list[tuple[int, int]] = []
    for name in (applicant.username, "13800000172", "nobody-of-this-name", "13800000199"):
        hashes.clear()
        with CaptureQueriesContext(connection) as asked:
            give(Client(), name, "wrong-Password-1")
        counted.append((len(asked), len(hashes)))
    assert len(set(counted)) == 1


def test_an_individual_with_an_authenticator_is_asked_for_it(client: Client, applicant: Account) -> None:
    totp.enrol(applicant, totp.new_secret())
    assert give(client, applicant.username)["Location"] == reverse("people:second_step")
    assert client.post(reverse("people:second_step"), {"code": totp.code_now(applicant)})["Location"] == "/my/"


def test_guessing_the_present_password_on_the_password_page_locks_as_at_the_entrance(
    client: Client, applicant: Account
) -> None:
    sign_in(client, applicant)
    new = {"password": "Qing-He-Road-2031", "again": "Qing-He-Road-2031"}
    for _ in range(5):
        assert "现在的密码不正确" in client.post(reverse("people:password"), new | {"former": "x"}).content.decode()
    answer = client.post(reverse("people:password"), new | {"former": PASSWORD}).content.decode()
    assert "尝试次数过多" in answer
    same = {"former": "x", "password": PASSWORD, "again": PASSWORD}
    assert "不能与现在的密码相同" not in client.post(reverse("people:password"), same).content.decode()
    assert "尝试次数过多" in give(Client(), applicant.username).content.decode()


def test_counts_and_steps_of_a_clock_that_was_a_day_ahead_hold_nobody_up(client: Client, acceptor: Account) -> None:
    totp.enrol(acceptor, totp.new_secret())
    TotpDevice.objects.update(last_step=int(time.time()) // 30 + 2880)
    for _ in range(6):
        give(client, acceptor.username, "wrong-Password-1")
    SignInLock.objects.update(since=timezone.now() + timedelta(days=1))
    assert give(client, acceptor.username).status_code == 302
    code = totp.code_now(acceptor)
    assert totp.verify(acceptor, code)
    assert not totp.verify(acceptor, code)


def test_a_right_password_starts_the_count_again(client: Client, applicant: Account) -> None:
    for _ in range(4):
        give(client, applicant.username, "wrong-Password-1")
    give(client, applicant.username)
    assert not SignInLock.objects.exists()


def test_nothing_typed_is_kept(client: Client) -> None:
    give(client, "My-Secret-Passw0rd", "x")
    assert all(b"secret" not in bytes(lock.key).lower() for lock in SignInLock.objects.all())
    assert not AuditEntry.objects.filter(detail__icontains="secret").exists()


def test_the_office_sets_up_an_authenticator_first(client: Client, acceptor: Account) -> None:
    assert give(client, acceptor.username)["Location"] == reverse("people:enrol")
    assert not is_in(client)
    page = client.get(reverse("people:enrol")).content.decode()
    found = re.search(r'class="secret">([A-Z2-7 ]+)<', page)
    assert found
    secret = found[1].replace(" ", "")
    wrong = client.post(reverse("people:enrol"), {"code": "000000"})
    assert wrong.status_code == 422
    assert not is_in(client)
    done = client.post(reverse("people:enrol"), {"code": code_of(secret)})
    assert len(re.findall(r"<li>[A-Z2-9]{5}-[A-Z2-9]{5}</li>", done.content.decode())) == 10
    assert is_in(client)


def test_a_code_signs_in_once(client: Client, acceptor: Account) -> None:
    totp.enrol(acceptor, totp.new_secret())
    assert give(client, acceptor.username)["Location"] == reverse("people:second_step")
    code = totp.code_now(acceptor)
    assert client.post(reverse("people:second_step"), {"code": code}).status_code == 302
    assert is_in(client)
    again = Client()
    give(again, acceptor.username)
    assert again.post(reverse("people:second_step"), {"code": code}).status_code == 422
    assert not is_in(again)


def test_a_recovery_code_works_once(client: Client, acceptor: Account) -> None:
    code = totp.enrol(acceptor, totp.new_secret())[0]
    give(client, acceptor.username)
    assert client.post(reverse("people:second_step"), {"code": code.lower()}).status_code == 302
    assert not totp.use_recovery_code(acceptor, code)
    assert totp.recovery_codes_left(acceptor) == 9


def test_codes_are_guessed_five_times_at_most(client: Client, acceptor: Account) -> None:
    totp.enrol(acceptor, totp.new_secret())
    give(client, acceptor.username)
    for _ in range(5):
        client.post(reverse("people:second_step"), {"code": "000000"})
    answer = client.post(reverse("people:second_step"), {"code": totp.code_now(acceptor)})
    assert "尝试次数过多" in answer.content.decode()
    assert not is_in(client)


def test_the_second_step_cannot_be_entered_alone(client: Client, acceptor: Account) -> None:
    totp.enrol(acceptor, totp.new_secret())
    assert client.get(reverse("people:second_step"))["Location"] == SIGN_IN
    assert client.get(reverse("people:enrol"))["Location"] == SIGN_IN


def test_who_has_an_authenticator_cannot_enrol_past_it(client: Client, acceptor: Account) -> None:
    totp.enrol(acceptor, totp.new_secret())
    give(client, acceptor.username)
    assert client.get(reverse("people:enrol"))["Location"] == SIGN_IN


def test_the_right_password_does_not_wait_for_its_code_for_ever(client: Client, acceptor: Account) -> None:
    totp.enrol(acceptor, totp.new_secret())
    give(client, acceptor.username)
    session = client.session
    session["pending"] = session["pending"] | {"at": timezone.now().timestamp() - 601}
    session.save()
    assert client.post(reverse("people:second_step"), {"code": totp.code_now(acceptor)})["Location"] == SIGN_IN


def test_secrets_lie_enciphered(acceptor: Account) -> None:
    secret = totp.new_secret()
    codes = totp.enrol(acceptor, secret)
    assert secret.encode() not in bytes(TotpDevice.objects.get().sealed_secret)
    assert all(codes[0].encode() not in bytes(code.digest) for code in RecoveryCode.objects.all())


def test_a_code_of_the_future_uses_up_the_present(acceptor: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    totp.enrol(acceptor, totp.new_secret())
    now = totp.code_now(acceptor)
    TotpDevice.objects.update(last_step=int(time.time()) // 30 + 1)
    assert not totp.verify(acceptor, now)


def test_rfc_6238_vectors(monkeypatch: pytest.MonkeyPatch) -> None:
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    for at, code in [(59, "287082"), (1111111109, "081804"), (20000000000, "353130")]:
        monkeypatch.setattr(time, "time", lambda at=at: at)
        assert totp.matching_step(secret, code) == at // 30
    assert totp.matching_step(secret, "８７２８７０") is None


def test_a_suspended_account_is_out_with_its_next_request(client: Client, applicant: Account) -> None:
    sign_in(client, applicant)
    assert client.get(reverse("people:me")).status_code == 200
    Account.objects.filter(pk=applicant.pk).update(is_active=False)
    assert client.get(reverse("people:me")).status_code == 302


def test_signing_out_is_a_post(client: Client, applicant: Account) -> None:
    sign_in(client, applicant)
    assert client.get(reverse("people:sign_out")).status_code == 405
    client.post(reverse("people:sign_out"))
    assert not is_in(client)


def test_the_session_changes_its_name_when_signing_in(client: Client, applicant: Account) -> None:
    client.get(SIGN_IN)
    session = client.session
    session["planted"] = "x"
    session.save()
    client.cookies["sessionid"] = session.session_key or ""
    give(client, applicant.username)
    assert client.session.session_key != session.session_key
    assert "planted" not in client.session


def code_of(secret: str) -> str:
    return totp._code(secret, int(time.time()) // totp.STEP)


def test_the_picture_scales_whole(acceptor: Account) -> None:
    picture = totp.picture(acceptor, totp.new_secret())
    assert "viewBox" in picture
    assert 'width="' not in picture
