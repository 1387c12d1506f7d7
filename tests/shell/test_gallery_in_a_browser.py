"""Every kind of page in a real browser: nothing for axe, no sideways scrolling, nothing the security policy refuses."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import assert_accessible
from yizheng.shell.gallery import PAGES

WIDTHS = {1440: 900, 1000: 800, 760: 800, 390: 844, 320: 640}


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page(locale="zh-CN")
    yield page
    page.close()


def _open(page: Page, gallery: str, name: str, width: int) -> list[str]:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.set_viewport_size({"width": width, "height": WIDTHS[width]})
    answer = page.goto(f"{gallery}/{name}/")
    assert answer is not None
    assert answer.status == 200, page.inner_text("body")[:600]
    return said


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(page: Page, gallery: str, name: str, width: int) -> None:
    said = _open(page, gallery, name, width)
    assert said == []
    assert_accessible(page, name)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_never_scrolls_sideways(page: Page, gallery: str, name: str) -> None:
    _open(page, gallery, name, 1440)
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert beyond == 0, f"{beyond} px beyond {width}"


def test_public_pages_need_no_script(page: Page, gallery: str) -> None:
    _open(page, gallery, "home", 1440)
    assert page.locator("script").count() == 0


def test_pages_keep_their_weight(gallery: str, page: Page) -> None:
    weights: dict[str, int] = {}
    page.on(
        "requestfinished", lambda request: weights.update({request.url: request.sizes()["responseBodySize"]})
    )
    _open(page, gallery, "home", 1440)
    styles = sum(size for url, size in weights.items() if ".css" in url)
    assert styles <= 20_000
    assert len(weights) <= 8
    weights.clear()
    _open(page, gallery, "worklist", 1440)
    assert sum(size for url, size in weights.items() if ".js" in url) <= 40_000
    assert len(weights) <= 8


def test_the_worklist_is_worked_from_the_keys(page: Page, gallery: str) -> None:
    _open(page, gallery, "worklist", 1440)
    for _ in range(5):
        page.keyboard.press("j")
    assert page.locator("tr.cursor .name").inner_text() == "贺云舟"
    page.keyboard.press("x")
    assert page.locator(".batch").is_visible()
    assert "可一并处理" in page.locator("[data-batch-says]").inner_text()
    page.keyboard.press("k")
    page.keyboard.press("x")
    assert "许南乔" in page.locator("[data-batch-says]").inner_text()
    assert page.locator("[data-batch-verb].first").is_disabled()
    page.keyboard.press("Escape")
    assert not page.locator(".batch").is_visible()
    page.keyboard.press("/")
    page.keyboard.type("jx")
    assert page.locator("#site-search").input_value() == "jx"


def test_single_letters_may_be_switched_off(page: Page, gallery: str) -> None:
    _open(page, gallery, "worklist", 1440)
    page.evaluate("document.body.dataset.keys = 'off'")
    page.keyboard.press("j")
    assert page.locator("tr.cursor").count() == 0
    page.keyboard.press("/")
    assert page.locator("#site-search").evaluate("element => element === document.activeElement")


def test_a_verb_asks_for_its_reason_before_it_acts(page: Page, gallery: str) -> None:
    _open(page, gallery, "case", 1440)
    page.keyboard.press("a")
    assert not page.locator("#confirm").is_visible(), "what is not possible yet does nothing"
    page.keyboard.press("n")
    assert page.locator("#confirm h2").inner_text() == "拟不予许可"
    assert page.locator("#confirm-opinion").evaluate("element => element === document.activeElement")
    page.keyboard.press("Escape")
    assert not page.locator("#confirm").is_visible()


def test_the_summary_of_faults_takes_focus_and_leads_to_the_field(page: Page, gallery: str) -> None:
    _open(page, gallery, "form-faults", 1440)
    assert page.locator(".error-summary").evaluate("element => element === document.activeElement")
    page.locator(".error-summary a").first.click()
    assert page.url.endswith("#id_training_finish")


def test_a_fault_vanishes_while_typing(page: Page, gallery: str) -> None:
    _open(page, gallery, "form", 1440)
    assert page.locator("#id_training_finish_error").is_visible()
    page.locator("#id_training_finish").fill("2025-03-07")
    assert page.locator("#id_training_finish_error").count() == 0


def test_the_phone_has_its_verbs_within_reach(page: Page, gallery: str) -> None:
    _open(page, gallery, "case", 390)
    bottom = page.locator(".bottom-nav").bounding_box()
    verb = page.locator("[name=verb][value=propose_refusal]").bounding_box()
    assert bottom is not None
    assert verb is not None
    assert verb["height"] >= 44
    assert verb["y"] + verb["height"] <= bottom["y"]


def test_the_public_menu_opens_without_script(chromium: Browser, gallery: str) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{gallery}/home/")
    link = page.get_by_role("link", name="办事入口")
    assert not link.is_visible()
    page.locator(".menu-label").click()
    assert link.is_visible()
    context.close()
