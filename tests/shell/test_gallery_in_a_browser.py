"""Every component in a real browser: nothing for axe, no sideways scrolling, nothing the security policy refuses."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import assert_accessible

WIDTHS = {1440: 900, 1000: 800, 760: 800, 390: 844, 320: 640}


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page(locale="zh-CN")
    yield page
    page.close()


def _open(page: Page, gallery: str, width: int) -> list[str]:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.set_viewport_size({"width": width, "height": WIDTHS[width]})
    answer = page.goto(gallery)
    assert answer is not None
    assert answer.status == 200, page.inner_text("body")[:600]
    return said


@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing(page: Page, gallery: str, width: int) -> None:
    said = _open(page, gallery, width)
    assert said == []
    assert_accessible(page, "components")


def test_components_never_scroll_sideways(page: Page, gallery: str) -> None:
    _open(page, gallery, 1440)
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert beyond == 0, f"{beyond} px beyond {width}"


def test_the_summary_of_faults_takes_focus_and_leads_to_the_field(page: Page, gallery: str) -> None:
    _open(page, gallery, 1440)
    assert page.locator(".error-summary").evaluate("element => element === document.activeElement")
    page.locator(".error-summary a").last.click()
    assert page.url.endswith("#id_begin")


def test_a_fault_vanishes_while_typing(page: Page, gallery: str) -> None:
    _open(page, gallery, 1440)
    assert page.locator("#id_begin_error").is_visible()
    page.locator("#id_begin").fill("2025-03-07")
    assert page.locator("#id_begin_error").count() == 0


def test_a_dialog_opens_and_closes(page: Page, gallery: str) -> None:
    _open(page, gallery, 1440)
    page.locator("[data-open=sample-dialog]").click()
    assert page.locator("#sample-dialog h2").inner_text() == "通过审核 3 件"
    page.keyboard.press("Escape")
    assert not page.locator("#sample-dialog").is_visible()
