"""Every format has its page in docs/formats, and the page says what the declaration says."""

import os
from pathlib import Path

import pytest

from yizheng.intake.describing import page_of
from yizheng.intake.formats import formats

PAGES = Path(__file__).parents[2] / "docs" / "formats"


@pytest.mark.parametrize("declared", formats(), ids=lambda one: one.code)
def test_the_page_of_a_format_is_its_declaration(declared) -> None:
    page = PAGES / f"{declared.code}.md"
    if os.environ.get("YIZHENG_REWRITE_BASELINE"):
        page.write_text(page_of(declared), encoding="utf-8")
    assert page.read_text(encoding="utf-8") == page_of(declared)


def test_the_index_names_every_format() -> None:
    index = (PAGES / "README.md").read_text(encoding="utf-8")
    assert [one.code for one in formats() if f"({one.code}.md)" not in index] == []
