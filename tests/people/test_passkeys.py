"""Passkeys: set up with the browser, used at the second step and before a decision, revoked, taken away by an administrator."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from playwright.sync_api import Browser, Page

from tests.browser import assert_accessible, press
from tests.cast import PASSWORD, sign_in
from tests.matrix import AccessMatrix
from yizheng.people.accounts import administering as accounts
from yizheng.people.models import Account, AuditEntry, Passkey
from yizheng.people.signing_in import passkeys, totp

LIST = "/accounts/me/passkeys/"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def clerk(acceptor: Account) -> Account:
    totp.enrol(acceptor, SECRET)
    return acceptor


def made(account: Account, name: str = "办公室指纹") -> Passkey:
    return Passkey.objects.create(
        account=account, name=name, credential=f"{name}{account.pk}".encode(), public_key=b"k"
    )


def verbs() -> list[str]:
    return list(AuditEntry.objects.filter(verb__startswith="passkey").order_by("id").values_list("verb", flat=True))


@pytest.mark.django_db
def test_a_passkey_stands_beside_a_one_time_code_never_alone(client: Client, acceptor: Account) -> None:
    assert sign_in(client, acceptor).get(LIST).status_code == 403


@pytest.mark.django_db
def test_setting_up_asks_who_sits_there_first(client: Client, clerk: Account) -> None:
    answer = sign_in(client, clerk, recently=False).get(LIST)
    assert answer["Location"].startswith("/accounts/confirm/")


@pytest.mark.django_db
@pytest.mark.parametrize("answer", ["", "{}", "nonsense", '{"id":"a","rawId":"a","type":"public-key","response":{}}'])
def test_what_is_no_key_is_refused_in_words(client: Client, clerk: Account, answer: str) -> None:
    sign_in(client, clerk).get(LIST)
    page = client.post(LIST, {"name": "某把", "passkey": answer})
    assert page.status_code == 422
    assert "没有通过校验" in page.content.decode()
    again = client.post(LIST, {"name": "", "passkey": answer})
    assert "起一个名称" in again.content.decode()
    assert not Passkey.objects.exists()


@pytest.mark.django_db
def test_a_false_answer_neither_signs_in_nor_confirms_and_counts_towards_the_lock(
    client: Client, clerk: Account
) -> None:
    key = made(clerk)
    false = json.dumps({"id": "x", "rawId": "5Yqe", "type": "public-key", "response": {}})
    client.post("/accounts/sign-in/", {"username": clerk.username, "password": PASSWORD})
    for _ in range(6):
        answer = client.post("/accounts/sign-in/code/", {"passkey": false})
        assert answer.status_code == 422
    assert "尝试次数过多" in answer.content.decode()
    assert "_auth_user_id" not in client.session
    assert Passkey.objects.get(pk=key.pk).used_at is None


@pytest.mark.django_db
def test_a_revoked_key_opens_nothing_and_stays_on_record(client: Client, clerk: Account) -> None:
    key = made(clerk)
    sign_in(client, clerk).post(f"{LIST}{key.pk}/revoke/")
    key.refresh_from_db()
    assert key.revoked_by == clerk
    assert not passkeys.held(clerk)
    client.post(f"{LIST}{key.pk}/revoke/")
    assert verbs() == ["passkey.revoke"]


@pytest.mark.django_db
def test_nobody_revokes_another_persons_key(client: Client, clerk: Account, reviewer: Account) -> None:
    totp.enrol(reviewer, SECRET)
    key = made(clerk)
    assert sign_in(client, reviewer).post(f"{LIST}{key.pk}/revoke/").status_code == 404
    assert passkeys.held(clerk)


@pytest.mark.django_db
def test_an_administrator_takes_every_factor_away_and_sees_who_has_which(
    client: Client, clerk: Account, reviewer: Account, security_admin: Account
) -> None:
    made(clerk), made(clerk, "蓝色钥匙")
    page = sign_in(client, security_admin).get("/accounts/admin/", {"factor": "passkey"}).content.decode()
    assert clerk.display_name in page
    assert reviewer.display_name not in page
    assert "蓝色钥匙" in client.get(f"/accounts/admin/{clerk.pk}/").content.decode()
    accounts.reset_second_factor(clerk, security_admin, "手机和钥匙都丢了")
    assert not passkeys.held(clerk)
    assert not totp.enrolled(clerk)
    assert verbs() == ["passkey.revoke"] * 2
    assert clerk.display_name in client.get("/accounts/admin/", {"factor": "none"}).content.decode()


class TestPasskeys(AccessMatrix):
    """Everybody has her own page; without a one-time code it says what to do first."""

    url = LIST


@pytest.fixture
def page(chromium: Browser, live_server: Any) -> Iterator[Page]:
    """A visitor with an authenticator in her machine."""
    context = chromium.new_context(locale="zh-CN", base_url=live_server.url)
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    yield page
    context.close()


@pytest.mark.django_db(transaction=True)
def test_a_key_is_made_signs_in_and_confirms_in_a_browser(page: Page, clerk: Account) -> None:
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    def password() -> None:
        page.goto("/accounts/sign-in/")
        page.fill("[name=username]", clerk.username)
        page.fill("[name=password]", PASSWORD)
        press(page, "main form .btn-primary")

    password()
    assert not page.is_visible("text=用通行密钥登录")
    page.fill("[name=code]", totp.code_now(clerk))
    press(page, "main form .btn-primary")
    page.goto(LIST)
    page.fill("[name=name]", "办公室指纹")
    press(page, "text=设置一把通行密钥")
    assert "办公室指纹" in page.inner_text("table")
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert_accessible(page, f"passkeys {width}")
    page.fill("[name=name]", "再来一把")
    page.click("text=设置一把通行密钥")
    page.wait_for_selector("[data-problem]:not(:empty)")
    assert "已经设置过" in page.inner_text("[data-problem]")

    page.context.clear_cookies()
    password()
    press(page, "text=用通行密钥登录")
    assert page.url.endswith("/desk/")
    session = SessionStore(next(c["value"] for c in page.context.cookies() if "session" in c["name"]))
    del session["confirmed_at"]
    session.save()
    page.goto("/accounts/confirm/?next=/accounts/me/")
    press(page, "text=用通行密钥确认")
    assert page.url.endswith("/accounts/me/")
    assert "1 把" in page.inner_text("main")
    assert verbs() == ["passkey.enrol", "passkey.use", "passkey.use"]
    assert Passkey.objects.get().sign_count > 0
