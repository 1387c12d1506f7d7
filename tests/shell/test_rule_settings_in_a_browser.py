"""The pages of dated data and of handing a case over, in a real browser: nothing for axe, nothing sideways."""

import os
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser import assert_accessible, press
from tests.cast import new_account, sign_in
from tests.licensing import items
from tests.licensing.conftest import draft, on_its_way
from tests.shell.test_rule_settings_pages import ARTICLE, CODE, YEAR, notice_text
from yizheng.licensing.models import Case, Promise, RuleValue
from yizheng.people import vault
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account
from yizheng.people.scope import acting_as

__all__ = ["draft", "items", "on_its_way"]

pytestmark = pytest.mark.django_db(transaction=True)
SHOTS = os.environ.get("YIZHENG_SHOTS", "")


@pytest.fixture
def visit(chromium: Browser, live_server: Any) -> Iterator[Any]:
    """A page of the browser in which somebody is signed in."""
    contexts: list[BrowserContext] = []

    def signed_in(account: Account) -> Page:
        session = sign_in(Client(), account).cookies[settings.SESSION_COOKIE_NAME].value
        context = chromium.new_context(locale="zh-CN", base_url=live_server.url)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        contexts.append(context)
        return context.new_page()

    yield signed_in
    for context in contexts:
        context.close()


def looked_at(page: Page, name: str) -> None:
    """Axe finds nothing, nothing scrolls sideways, at both widths."""
    for width, height in ((1440, 900), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        if SHOTS:
            page.screenshot(path=f"{SHOTS}/{name}-{width}.png", full_page=True)
        assert_accessible(page, f"{name} {width}")
        beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert beyond == 0, f"{name}: {beyond} px beyond {width}"
    page.set_viewport_size({"width": 1440, "height": 900})


def test_a_rule_over_two_persons(visit: Any, system_admin: Account, security_admin: Account) -> None:
    today = timezone.localdate()
    RuleValue.objects.create(code=CODE, value=4, valid_from=today, article=ARTICLE, note="试行", added_by=system_admin)
    page = visit(system_admin)
    page.goto("/rules/values/")
    looked_at(page, "rules")
    press(page, "text=取得资格后多久未注册须先培训")
    press(page, "main button.btn-primary")
    assert page.inner_text(".error-summary").startswith("4 处要改")
    looked_at(page, "rule-wrong")
    page.fill("[name=value]", "3")
    page.fill("[name=valid_from]", (today + timedelta(days=9)).isoformat())
    page.fill("[name=article]", ARTICLE)
    page.fill("[name=note]", "办法修订，培训年限改为三年")
    press(page, "main button.btn-primary")
    looked_at(page, "rule-waiting")
    second = visit(security_admin)
    second.goto("/rules/values/")
    press(second, "text=取得资格后多久未注册须先培训")
    press(second, "text=看提请")
    looked_at(second, "rule-proposal")
    press(second, "button[value=approve]")
    assert "未到" in second.inner_text("main")
    looked_at(second, "rule-approved")


def test_a_year_over_two_persons(visit: Any, system_admin: Account, security_admin: Account) -> None:
    page = visit(system_admin)
    page.goto("/rules/calendar/")
    looked_at(page, "calendar")
    page.goto(f"/rules/calendar/{YEAR - 1}/")
    looked_at(page, "year-shipped")
    page.goto(f"/rules/calendar/{YEAR}/")
    looked_at(page, "year-unknown")
    page.fill("[name=text]", notice_text())
    page.fill("[name=notice]", f"《国务院办公厅关于{YEAR}年部分节假日安排的通知》")
    page.fill("[name=reason]", "通知已公布")
    press(page, "main button.btn-primary")
    looked_at(page, "year-preview")
    press(page, "main button.btn-primary")
    looked_at(page, "year-waiting")
    second = visit(security_admin)
    second.goto(f"/rules/calendar/{YEAR}/")
    press(second, "text=看提请")
    looked_at(second, "year-proposal")
    press(second, "button[value=approve]")
    assert "放假 15 日" in second.inner_text("main")


def test_promises(visit: Any, decider: Account, haidian: Any) -> None:
    today = timezone.localdate()
    Promise.objects.create(
        item_code="sample_licence", authority_scope=haidian.pk, days=12, valid_from=today - timedelta(days=30)
    )
    page = visit(decider)
    page.goto("/rules/promises/")
    looked_at(page, "promises")
    page.select_option("[name=item]", "sample_licence")
    page.fill("[name=days]", "25")
    page.fill("[name=valid_from]", (today + timedelta(days=1)).isoformat())
    press(page, "main button.btn-primary")
    assert "不能超过法定时限" in page.inner_text("main")
    looked_at(page, "promises-wrong")


def test_handing_a_case_over_by_key(visit: Any, draft: Any, on_its_way: Any, reviewer: Account, haidian: Any) -> None:
    vault.prepare()
    new_account(AccountKind.CLERK, "许同事", Role.REVIEWER, haidian)
    case: Case = on_its_way(draft(), "reviewing")
    with acting_as(reviewer):
        number = Case.objects.get(pk=case.pk).number
    page = visit(reviewer)
    page.goto(f"/desk/cases/{number}/")
    page.keyboard.press("t")
    page.wait_for_url("**/transfer/")
    looked_at(page, "transfer")
    page.fill("[name=reason]", "出差一周，请同事接着办")
    press(page, "main button.btn-primary")
    page.wait_for_url(f"**/desk/cases/{number}/")
    assert "转办给 许同事" in page.inner_text("main")
    looked_at(page, "transferred")
