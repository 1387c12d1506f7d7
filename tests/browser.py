"""The one Chromium of a test process, and what axe says of a page in it."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_FILE_PATH, AxeResults
from playwright.sync_api import Browser, Page, sync_playwright

from yizheng.cli.test import BROWSERS

# Playwright's event loop runs in the test's thread; Django would refuse its ORM there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

CHROMIUM = os.environ.get("YIZHENG_CHROMIUM") or next((path for name in BROWSERS if (path := shutil.which(name))), "")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=zh-CN",
]
_AXE = Path(AXE_FILE_PATH).read_text("utf-8")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Chromium, started by the first test that looks at a page and kept for all of them."""
    assert CHROMIUM, "没有找到 Chromium：请安装 chromium 和 fonts-noto-cjk"
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        found.close()


def press(page: Page, control: str) -> None:
    """Click what leads to a page or hands a form in, and wait until the page it leads to stands."""
    with page.expect_navigation(wait_until="load"):
        page.click(control)


def assert_accessible(page: Page, name: str = "") -> None:
    """Axe finds nothing on the page as it stands; a page that is looked at again at another width keeps its axe."""
    page.wait_for_load_state("load")
    if not page.evaluate("'axe' in window"):
        page.evaluate(_AXE)
    found = AxeResults(page.evaluate("() => axe.run(document, {resultTypes: ['violations']})"))
    assert found.violations_count == 0, f"{name} {found.generate_report()}"
