"""An editor publishes a notice that a second person approved, in a browser, and takes it off again."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser import press
from tests.cast import PASSWORD
from tests.journeys.conftest import Actor
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account, Grant, Scope
from yizheng.people.scopes import load_jurisdictions
from yizheng.people.signing_in import totp

pytestmark = pytest.mark.django_db(transaction=True)


def an_editor(username: str, name: str) -> Actor:
    account = Account.objects.create_account(username, AccountKind.CLERK, name, password=PASSWORD)
    Grant.objects.create(account=account, role=Role.EDITOR, scope=Scope.objects.get(code="110000"))
    secret = totp.new_secret()
    totp.enrol(account, secret)
    return Actor(account, secret)


def test_an_editor_publishes_a_notice_that_a_second_person_approved(walk: Any, transactional_db: None) -> None:
    load_jurisdictions()
    editor = walk(an_editor("site-editor", "网站编辑 黎书言"))
    page = editor.page
    editor.go("/content/new/")
    page.select_option("[name=place]", "infection:notices")
    page.fill("[name=title]", "监测月报截止日期")
    page.fill("[name=body]", "每月 10 日以前上报。\n\n- 没有发生的也要零报告\n\n联系 13800000000")
    press(page, "main .btn-primary")
    expect(page.locator(".note.bad")).to_contain_text("第 5 行")
    page.fill("[name=body]", "每月 10 日以前上报。\n\n- 没有发生的也要零报告")
    press(page, "button[value=save]")
    page.fill("#propose", "已核对日期")
    press(page, "button[value=propose]")
    editor.picture("content-article-waiting")
    second = walk(an_editor("site-review", "网站编辑 钟毓秀"))
    second.go("/work/approvals/")
    press(second.page, "main a[href^='/work/approvals/']")
    expect(second.page.locator(".preview")).to_contain_text("零报告")
    second.picture("content-approval")
    press(second.page, "button[value=approve]")
    visitor = walk(None)
    visitor.go("/public/sites/infection/")
    press(visitor.page, "text=监测月报截止日期")
    expect(visitor.page.locator("article")).to_contain_text("没有发生的也要零报告")
    visitor.picture("content-notice")
    editor.go("/content/")
    press(page, "text=监测月报截止日期")
    page.fill("#withdraw", "日期有变")
    press(page, "button[value=withdraw]")
    visitor.go("/public/sites/infection/")
    expect(visitor.page.locator("main")).not_to_contain_text("监测月报截止日期")
