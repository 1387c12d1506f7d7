"""The month of an intensive care unit, in a browser: typed by keyboard, three findings mended, returned, handed up again."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import press
from tests.journeys.conftest import Actor
from tests.systems.infection.conftest import Ward, log, made
from yizheng.people import vault
from yizheng.people.models import Scope
from yizheng.people.scopes import load_jurisdictions
from yizheng.systems.infection.reporting.lifecycle import SheetState

pytestmark = pytest.mark.django_db(transaction=True)
FIRST_DAY = {"entered": "0", "left": "0", "present": "8", "cvc": "5", "uc": "6", "vent": "3"}
SLIPS = (("4-cvc", "12", "5"), ("11-entered", "1", "0"), ("19-vent", "", "3"))
"""Cells, what is typed by mistake, and what was meant."""


@pytest.fixture
def ward(transactional_db: None) -> Ward:
    vault.prepare()
    load_jurisdictions()
    return made(Scope.objects.get(code="110000"), Scope.objects.get(code="110108"))


def type_the_month(page: Page) -> None:
    """The first day by hand, every further one with the key that copies the row above."""
    for name, value in FIRST_DAY.items():
        page.fill(f"[name='0-{name}']", value)
    page.focus("[name='0-entered']")
    for _ in log()[1:]:
        page.keyboard.press("Enter")
        page.keyboard.press("Control+d")


def said(page: Page, words: str) -> None:
    expect(page.locator("#findings h2")).to_contain_text(words, timeout=10_000)


def test_a_nurse_enters_a_month_mends_three_findings_and_hands_it_up_twice(walk: Any, ward: Ward):
    nurse = walk(Actor(ward.nurse))
    page = nurse.page
    nurse.go("/infection/")
    nurse.picture("infection-desk")
    press(page, "text=ICU 患者日志")
    type_the_month(page)
    expect(page.locator("[data-sum]").nth(2)).to_have_text(str(8 * len(log())))
    for cell, slip, _ in SLIPS:
        page.fill(f"[name='{cell}']", slip)
    said(page, "3 处错误")
    expect(page.locator("[data-cell='4-cvc']")).to_have_class("count wrong")
    nurse.picture("infection-sheet-with-findings")
    page.click("[data-goto='4-cvc']")
    expect(page.locator("[name='4-cvc']")).to_be_focused()
    for cell, _, meant in SLIPS:
        page.fill(f"[name='{cell}']", meant)
    expect(page.locator("#findings")).to_contain_text("没有错误", timeout=10_000)
    press(page, "button[value=submit]")
    sheet = ward.act(ward.sheet("icu_log"), "approve")
    ward.act(sheet, "return", reason="零点在住人数请按交班本核对")
    nurse.go("/infection/")
    expect(page.locator(".note")).to_contain_text("零点在住人数请按交班本核对")
    press(page, ".note a")
    page.fill("[name='0-uc']", "7")
    press(page, "button[value=submit]")
    sheet = ward.sheet("icu_log")
    assert sheet.state == SheetState.SUBMITTED
    assert sheet.version is not None
    assert (sheet.version.number, sheet.version.rows[0]["uc"]) == (2, 7)
