"""The pages hold together: links lead somewhere, code quoted is code, the two READMEs are twins, nothing local slipped in."""

import re
from pathlib import Path

import pytest

from tests.docs.pages import (
    CODE,
    DECISIONS,
    DOCS,
    PAGES,
    README,
    ROOT,
    TWIN,
    blocks,
    headings,
    links,
    name,
    prose,
    quoted,
    text,
)

BASES = (ROOT, CODE, CODE / "systems", CODE / "systems" / "doctors", ROOT / "src")
_PATH = re.compile(r"[A-Za-z_.][\w.-]*(?:/[\w.-]+)+\.(?:py|csv|sql|md|svg|css|js)")
_HERE = re.compile(r"/(?:root|home|Users|tmp|mnt)/|/work/(?:main|shared)")
_REGISTRY = re.compile(
    r"pypi\.|pythonhosted|npmjs|npmmirror|\bmirrors?\.[a-z]|tuna\.|aliyun|devpi|nexus", re.IGNORECASE
)
_BUILDERS = re.compile(r"\b(?:AI|LLM|GPT|Claude|Copilot|prompt|sub-?agents?)\b")


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in links(page):
        if not target.startswith(("http://127.0.0.1", "#")):
            assert "://" not in target, target
            assert (page.parent / target.partition("#")[0]).exists(), target


def test_every_page_is_reached_from_the_readme() -> None:
    reached, waiting = set(), [README]
    while waiting:
        page = waiting.pop()
        reached.add(page)
        for target in links(page):
            found = (page.parent / target.partition("#")[0]).resolve()
            found = found / "README.md" if found.is_dir() else found
            if found.suffix == ".md" and found.exists() and found not in reached:
                waiting.append(found)
    assert sorted(name(page) for page in set(PAGES) - reached) == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_files_named_exist(page: Path) -> None:
    for path in quoted(page):
        if _PATH.fullmatch(path):
            assert any((base / path).exists() for base in BASES), path


@pytest.mark.parametrize("page", [*PAGES, DOCS / "house.svg"], ids=name)
def test_nothing_of_one_machine_and_no_registry_is_named(page: Path) -> None:
    for pattern in (_HERE, _REGISTRY, _BUILDERS):
        assert pattern.findall(text(page)) == []
    assert str(ROOT) not in text(page)


def test_decisions_are_numbered_once_and_listed_with_their_titles() -> None:
    listed = re.findall(r"^- \[(\d{4})\]\((\S+)\) (.+)$", text(DOCS / "decisions" / "README.md"), re.MULTILINE)
    assert [file for _, file, _ in listed] == [page.name for page in DECISIONS]
    assert len({number for number, _, _ in listed}) == len(listed)
    for number, file, title in listed:
        assert file.startswith(number)
        assert text(DOCS / "decisions" / file).splitlines()[0] == f"# {number} {title}"


@pytest.mark.parametrize("page", DECISIONS, ids=name)
def test_a_decision_begins_with_its_question(page: Path) -> None:
    assert re.match(r"# .+\n\n(?:## |\*\*)(?:Question|Context)", text(page))


def test_the_readme_and_its_twin_have_the_same_shape() -> None:
    assert headings(README) == headings(TWIN)
    assert blocks(README) == blocks(TWIN)
    assert _rows(README) == _rows(TWIN)
    assert sorted(_targets(README)) == sorted(_targets(TWIN))


def _rows(page: Path) -> list[int]:
    """Columns of every row of every table, in order."""
    return [line.count("|") for line in prose(page).splitlines() if line.startswith("|")]


def _targets(page: Path) -> set[str]:
    return {target for target in links(page) if not target.startswith("README")}


def test_code_quoted_about_items_is_code() -> None:
    source = {
        line.strip() for path in (CODE / "systems").rglob("*.py") for line in path.read_text("utf-8").splitlines()
    }
    shown = [line for block in blocks(DOCS / "adding-an-item.md", "python") for line in block.lines]
    assert [line for line in shown if line.strip() not in source] == []


def test_the_method_table_names_every_method_of_an_item() -> None:
    declared = re.findall(
        r"^    def (\w+)\(\s*self", text(CODE / "licensing" / "item.py").partition("class Item:")[2], re.MULTILINE
    )
    told = re.findall(r"^\| `(\w+)` \|", text(DOCS / "adding-an-item.md"), re.MULTILINE)
    assert set(declared) - {"examine", "needed_materials"} == set(told)
