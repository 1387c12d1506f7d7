"""What was typed outlives an ended session and a lost race; an address that takes posts leads to its page."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from tests.cast import sign_in
from tests.licensing import items
from tests.licensing.conftest import draft, on_its_way
from tests.shell.test_rule_settings_in_a_browser import visit
from yizheng.licensing.models import Case
from yizheng.people import vault
from yizheng.people.models import Account

__all__ = ["draft", "items", "on_its_way", "visit"]

Filled = Callable[..., Case]


@pytest.fixture
def reviewed(db: None, draft: Filled, on_its_way: Filled) -> Case:
    return on_its_way(draft(), "reviewing")


@pytest.fixture(autouse=True)
def vault_key(db: None) -> None:
    vault.prepare()


def sign_in_again(page: Page, account: Account) -> None:
    session = sign_in(Client(), account).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [
            {
                "name": settings.SESSION_COOKIE_NAME,
                "value": session,
                "url": page.url.split("/", 3)[0] + "//" + page.url.split("/", 3)[2],
            }
        ]
    )


@pytest.mark.django_db(transaction=True)
def test_an_opinion_outlives_the_session(visit: Any, reviewed: Case, reviewer: Account) -> None:
    page: Page = visit(reviewer)
    page.goto(f"/desk/cases/{reviewed.number}/")
    page.keyboard.press("n")
    page.fill("#confirm-opinion", "证明与登记不符")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/sign-in/**")
    sign_in_again(page, reviewer)
    page.goto(f"/desk/cases/{reviewed.number}/act/")
    assert page.url.endswith(f"/desk/cases/{reviewed.number}/")
    expect(page.locator("#opinion")).to_have_value("证明与登记不符")


@pytest.mark.django_db
def test_who_lost_the_race_reads_what_she_had_typed(client: Client, reviewed: Case, reviewer: Account) -> None:
    sent = {"verb": "pass_review", "revision": reviewed.revision - 1, "opinion": "同意，材料齐全"}
    lost = sign_in(client, reviewer).post(f"/desk/cases/{reviewed.number}/act/", sent)
    assert lost.status_code == 409
    assert "没有提交：同意，材料齐全" in lost.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("posted", "page"),
    [("/desk/batch/", "/desk/"), ("/desk/cases/{number}/act/", "/desk/cases/{number}/"),
     ("/desk/cases/{number}/dispose/T02/", "/desk/cases/{number}/"), ("/desk/views/save/", "/desk/views/")],
)  # fmt: skip
def test_an_address_that_takes_posts_leads_to_its_page(
    client: Client, reviewed: Case, reviewer: Account, posted: str, page: str
) -> None:
    number = reviewed.number
    answer = sign_in(client, reviewer).get(posted.format(number=number), headers={"accept": "text/html"})
    assert (answer.status_code, answer["Location"]) == (302, page.format(number=number))
    assert client.get(posted.format(number=number)).status_code == 405


@pytest.mark.django_db(transaction=True)
def test_the_help_of_keys_does_not_switch_them_off(visit: Any, reviewer: Account) -> None:
    page: Page = visit(reviewer)
    page.goto("/desk/")
    page.keyboard.press("?")
    expect(page.locator("#keys-dialog")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#keys-dialog")).not_to_be_visible()
    assert page.locator("body").get_attribute("data-keys") == "on"
