"""Every page of this room in a real browser: signing in for the first time, and nothing for axe anywhere."""

import os
import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page

from tests.browser import assert_accessible, press
from tests.cast import PASSWORD, new_subject
from yizheng.people import vault
from yizheng.people.accounts import administering as accounts
from yizheng.people.accounts.signup import register
from yizheng.people.canonical import IdentifierKind
from yizheng.people.kinds import Role
from yizheng.people.models import Account, Scope
from yizheng.people.rights import grants
from yizheng.people.scope import acting_as_system
from yizheng.people.searching.search import index_name
from yizheng.people.signing_in import totp

pytestmark = pytest.mark.django_db(transaction=True)
SHOTS = os.environ.get("YIZHENG_SHOTS", "")


SAID: list[str] = []


@pytest.fixture
def page(chromium: Browser, live_server: Any) -> Iterator[Page]:
    """A fresh visitor; what a script or the security policy complains of is kept."""
    SAID.clear()
    context = chromium.new_context(locale="zh-CN", base_url=live_server.url)
    page = context.new_page()
    page.on("pageerror", lambda error: SAID.append(str(error)))
    page.on("console", _hear)
    yield page
    context.close()


def _hear(message: ConsoleMessage) -> None:
    if "Content Security" in message.text:
        SAID.append(message.text)


def looked_at(page: Page, name: str) -> None:
    """Axe finds nothing, nothing scrolls sideways, at both widths."""
    for width, height in ((1440, 900), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        assert_accessible(page, f"{name} {width}")
        beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert beyond == 0, f"{name}: {beyond} px beyond {width}"
        if SHOTS:
            page.screenshot(path=f"{SHOTS}/{name}-{width}.png", full_page=True)
    page.set_viewport_size({"width": 1440, "height": 900})
    assert SAID == []


def sign_in_for_the_first_time(page: Page, account: Account) -> None:
    page.goto("/accounts/sign-in/")
    page.fill("[name=username]", account.username)
    page.fill("[name=password]", PASSWORD)
    press(page, "main button.btn-primary")
    secret = page.inner_text("p .secret").replace(" ", "")
    page.fill("[name=code]", totp._code(secret, int(time.time()) // totp.STEP))
    press(page, "main button.btn-primary")
    page.wait_for_selector(".recovery-codes")


def test_the_entrance(page: Page, acceptor: Account) -> None:
    page.goto("/accounts/sign-in/")
    looked_at(page, "sign-in")
    press(page, "main button.btn-primary")
    assert page.inner_text(".error-summary").startswith("2 处要改")
    looked_at(page, "sign-in-wrong")
    page.goto("/accounts/register/")
    looked_at(page, "register")
    page.goto("/accounts/sign-in/")
    page.fill("[name=username]", acceptor.username)
    page.fill("[name=password]", PASSWORD)
    press(page, "main button.btn-primary")
    looked_at(page, "enrol")
    sign_in_for_the_first_time(page, acceptor)
    looked_at(page, "recovery-codes")
    page.goto("/accounts/me/")
    looked_at(page, "me-office")
    page.goto("/accounts/me/password/")
    looked_at(page, "password")
    page.goto("/accounts/confirm/")
    looked_at(page, "confirm")


def test_a_person_registers_and_sees_her_own_page(page: Page, city: Scope, acceptor: Account) -> None:
    page.goto("/accounts/register/")
    for name, value in {
        "name": "林知遥",
        "number": "11010519491231002X",
        "mobile": "13800000172",
        "password": PASSWORD,
        "again": PASSWORD,
    }.items():
        page.fill(f"main [name={name}]", value)
    press(page, "main button.btn-primary")
    page.wait_for_url("**/register/done/")
    looked_at(page, "registered")
    account = Account.objects.get(kind="individual")
    vault.reveal(account.subject_id or 0, "resident_id", acceptor, "核对原件")
    page.goto("/accounts/sign-in/?next=/accounts/me/")
    page.fill("[name=username]", "13800000172")
    page.fill("[name=password]", PASSWORD)
    press(page, "main button.btn-primary")
    page.wait_for_url("**/accounts/me/")
    assert "核对原件" in page.inner_text("#looked")
    looked_at(page, "me-person")


def test_the_warning_before_the_session_ends(page: Page, acceptor: Account) -> None:
    sign_in_for_the_first_time(page, acceptor)
    page.goto("/accounts/me/")
    page.clock.install()
    page.reload()
    page.clock.fast_forward((28 * 60 + 30) * 1000)
    page.wait_for_selector("dialog.idle[open]")
    assert 0 < int(page.inner_text("[data-left]")) <= 90
    looked_at(page, "idle")
    page.click("[data-stay-button]")
    page.wait_for_selector("dialog.idle", state="hidden")


def test_a_one_time_password_leads_to_ones_own(page: Page, acceptor: Account, system_admin: Account) -> None:
    text = accounts.reset_password(acceptor, system_admin, "本人忘记")
    page.goto("/accounts/sign-in/")
    page.fill("[name=username]", acceptor.username)
    page.fill("[name=password]", text)
    press(page, "main button.btn-primary")
    page.wait_for_url("**/sign-in/password/")
    looked_at(page, "choose-password")
    page.fill("[name=password]", "Qing-He-Road-2031")
    page.fill("[name=again]", "Qing-He-Road-2031")
    press(page, "main button.btn-primary")
    page.wait_for_url("**/sign-in/enrol/")


def test_an_account_is_opened(page: Page, system_admin: Account, haidian: Scope) -> None:
    sign_in_for_the_first_time(page, system_admin)
    page.goto("/accounts/admin/new/")
    looked_at(page, "open-account")
    press(page, "main td a")
    press(page, "main button.btn-primary")
    assert page.locator(".error-summary a").count() == 3
    looked_at(page, "open-account-wrong")
    for name, value in {"username": "xin-shouli", "display_name": "方新", "reason": "新入职"}.items():
        page.fill(f"main [name={name}]", value)
    page.select_option("main [name=scope]", label=haidian.name)
    press(page, "main button.btn-primary")
    page.wait_for_selector("dl .secret")
    looked_at(page, "one-time-password")
    press(page, "main a.btn-primary")
    assert "首次登录" in page.inner_text("main dl")
    looked_at(page, "new-account")


def test_the_counter(page: Page, acceptor: Account, haidian: Scope) -> None:
    known = int(new_subject("person").pk)
    vault.store(known, "resident_id", "11010519491231002X")
    with acting_as_system("test"):
        index_name(known, "林知瑶", [haidian.pk])
    person = register("林知遥", IdentifierKind.RESIDENT_ID, "11010519491231002X", "13800000172", PASSWORD)
    sign_in_for_the_first_time(page, acceptor)
    page.goto("/accounts/counter/")
    page.fill("[name=wanted]", "林知遥")
    press(page, "main button.btn-primary")
    looked_at(page, "counter")
    page.fill("[name=wanted]", person.username)
    press(page, "main button.btn-primary")
    page.wait_for_selector("h2")
    looked_at(page, "counter-person")
    page.fill("[name=claim-number]", "110101199003074514")
    page.fill("[name=claim-reason]", "核对身份证原件")
    press(page, "[value=accept]")
    assert "不一致" in page.inner_text(".error-summary")
    looked_at(page, "counter-wrong")
    page.fill("[name=claim-number]", "11010519491231002X")
    press(page, "[value=accept]")
    page.wait_for_selector("text=核实后并入登记")
    looked_at(page, "counter-settled")


def test_the_administrators(
    page: Page, system_admin: Account, security_admin: Account, audit_admin: Account, reviewer: Account, haidian: Scope
) -> None:
    grants.propose(reviewer, Role.DECIDER, haidian, system_admin, "轮岗")
    for account, addresses in (
        (system_admin, {"accounts": "/accounts/admin/", "account": f"/accounts/admin/{reviewer.pk}/"}),
        (security_admin, {"proposals": "/accounts/admin/grants/"}),
        (audit_admin, {"audit": "/accounts/audit/"}),
    ):
        page.context.clear_cookies()
        sign_in_for_the_first_time(page, account)
        for name, address in addresses.items():
            page.goto(address)
            assert re.search(r"\S", page.inner_text("h1"))
            looked_at(page, name)
