"""Every format has its page in docs/formats, and the page says what the declaration says."""

import os
from pathlib import Path

import pytest

from yizheng.intake.describing import page_of, write_template
from yizheng.intake.files import open_source
from yizheng.intake.formats import Format, formats
from yizheng.intake.headings import place
from yizheng.kernel import codes
from yizheng.people.auditing.wording import detail_words

PAGES = Path(__file__).parents[2] / "docs" / "formats"


@pytest.mark.parametrize("declared", formats(), ids=lambda one: one.code)
def test_the_page_of_a_format_is_its_declaration(declared: Format) -> None:
    page = PAGES / f"{declared.code}.md"
    if os.environ.get("YIZHENG_REWRITE_BASELINE"):
        page.write_text(page_of(declared), encoding="utf-8")
    assert page.read_text(encoding="utf-8") == page_of(declared)


def test_the_index_names_every_format() -> None:
    index = (PAGES / "README.md").read_text(encoding="utf-8")
    assert [one.code for one in formats() if f"({one.code}.md)" not in index] == []


def test_the_trail_calls_a_format_by_its_title() -> None:
    assert detail_words({"format": "exam_result", "file": "1a2b"})[0] == ("格式", "医师资格考试成绩")
    assert detail_words({"format": "gone"})[0] == ("格式", "gone")


@pytest.mark.parametrize("declared", formats(), ids=lambda one: one.code)
def test_the_template_of_a_format_is_empty_and_has_its_code_lists(declared: Format, tmp_path: Path) -> None:
    path = tmp_path / "模板.xlsx"
    write_template(declared, path)
    tables = {column.table for column in declared.columns if column.table}
    with open_source(path, path.name) as source:
        found = {one.name: list(one.rows()) for one in source.tables}
        first = source.tables[0]
        placing = place(declared, first, {})
    assert [cells for _, _, cells in found.pop("数据")] == [[one.heading for one in declared.columns]]
    assert placing is not None
    assert set(placing.cells) == {one.name for one in declared.columns}
    assert len(found.pop("填写说明")) == len(declared.columns) + 1
    listed = {name: [cells for _, _, cells in rows] for name, rows in found.items()}
    assert listed == {
        codes.table(name).title[:31]: [["代码", "名称"], *([one.code, one.name] for one in codes.table(name).items())]
        for name in tables
    }
