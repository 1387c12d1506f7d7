"""A list on paper lies across, one line a row: seventy-two rows on two pages, no date and no number broken."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from tests.licensing import items
from tests.licensing.conftest import draft, on_its_way
from tests.shell.test_rule_settings_in_a_browser import SHOTS, visit
from yizheng.licensing.models import Case
from yizheng.people import vault
from yizheng.people.models import Account

__all__ = ["draft", "items", "on_its_way", "visit"]

ROWS = 72
MORE_ROWS = """rows => {
  const body = document.querySelector("tbody");
  const row = body.querySelector("tr:last-child");
  for (let n = 1; n < rows; n += 1) body.append(row.cloneNode(true));
}"""


@pytest.mark.django_db(transaction=True)
def test_seventy_two_rows_take_two_pages(
    visit: Any, draft: Callable[..., Case], on_its_way: Callable[..., Case], acceptor: Account
) -> None:
    vault.prepare()
    case = on_its_way(draft(), "received")
    page: Page = visit(acceptor)
    page.goto("/desk/?view=all")
    page.goto(page.get_attribute("a[data-key=p]", "href") or "")
    page.evaluate(MORE_ROWS, ROWS)
    made = page.pdf(prefer_css_page_size=True, path=f"{SHOTS}/printed.pdf" if SHOTS else None)
    pages = PdfReader(io.BytesIO(made)).pages
    assert len(pages) == 2
    assert pages[0].mediabox.width > pages[0].mediabox.height
    words = [line for each in pages for line in each.extract_text().splitlines()]
    assert sum(case.number in line for line in words) == ROWS
