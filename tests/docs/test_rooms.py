"""The house is told as it stands: every room, in the order the check of layers holds."""

import re
import tomllib
from pathlib import Path

import pytest

from tests.docs.pages import CODE, DOCS, README, ROOT, TWIN, name, text

ROOMS = sorted(path.parent.name for path in CODE.glob("*/__init__.py"))
SYSTEMS = sorted(path.parent.name for path in (CODE / "systems").glob("*/__init__.py"))


def layers() -> list[str]:
    """The rooms that exist, lowest first, as the contract of layers has them; systems count as one."""
    contracts = tomllib.loads(text(ROOT / "pyproject.toml"))["tool"]["importlinter"]["contracts"]
    floors = [re.findall(r"yizheng\.(\w+)", floor) for floor in reversed(contracts[0]["layers"])]
    return list(dict.fromkeys(room for floor in floors for room in floor if room in ROOMS))


def test_every_room_is_held_by_the_check_of_layers() -> None:
    assert sorted(layers()) == ROOMS


def test_the_table_of_rooms_follows_the_layers() -> None:
    rows = re.findall(r"^\| `(\w+)` \|", text(DOCS / "architecture.md"), re.MULTILINE)
    assert [room for room in rows if room in ROOMS] == layers()


@pytest.mark.parametrize("page", [README, TWIN], ids=name)
def test_the_readme_names_every_room_and_system(page: Path) -> None:
    assert [room for room in (*ROOMS, *SYSTEMS) if f"`{room}`" not in text(page)] == []


def test_the_picture_shows_every_room_and_says_so_in_words() -> None:
    picture = text(DOCS / "house.svg")
    words = picture.partition("<desc")[2].partition("</desc>")[0]
    shown = picture.partition("</desc>")[2]
    alternative = text(DOCS / "architecture.md").partition("![")[2].partition("](house.svg)")[0]
    for room in (*(room for room in ROOMS if room != "systems"), *SYSTEMS):
        assert room in words
        assert room in shown
        assert room in alternative


def test_every_folder_of_tests_is_told() -> None:
    folders = {path.parent.relative_to(ROOT / "tests").parts[0] for path in (ROOT / "tests").glob("*/**/test_*.py")}
    assert [folder for folder in sorted(folders) if f"`tests/{folder}`" not in text(DOCS / "testing.md")] == []
