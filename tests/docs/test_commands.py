"""Every command is told, and every command told exists."""

import re
import shutil
from pathlib import Path

import pytest
from django.core.management import get_commands

from tests.docs.pages import CODE, DOCS, PAGES, README, ROOT, TWIN, blocks, name, text
from yizheng.cli.__main__ import COMMANDS

_CALL = re.compile(r"\./yizheng +(?!命令)([^\s`，。）)]+)(?: +([^\s`，。）)]+))?")


def calls(page: Path) -> list[tuple[str, str]]:
    return _CALL.findall(text(page))


@pytest.mark.parametrize("page", [README, TWIN, DOCS / "operations.md"], ids=name)
def test_every_command_is_told(page: Path) -> None:
    told = {command for command, _ in calls(page)}
    assert set(COMMANDS) <= told


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_command_told_exists(page: Path) -> None:
    for command, argument in calls(page):
        assert command in {*COMMANDS, "--help"}
        if command == "manage" and re.fullmatch(r"[a-z_]+", argument):
            assert argument in get_commands()


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_option_told_exists(page: Path) -> None:
    sources = text(*(CODE / "cli").rglob("*.py"))
    for options in re.findall(r"\./yizheng (?:up|identify) ((?:--[a-z-]+ ?)+)", text(page)):
        assert all(f'"{option}"' in sources for option in options.split())


def test_every_option_of_up_is_told() -> None:
    declared = re.findall(r'add_argument\("(--[a-z-]+)"', text(CODE / "cli" / "running" / "up.py"))
    for page in (README, TWIN, DOCS / "operations.md"):
        assert all(option in text(page) for option in declared)


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_what_a_block_runs_is_there(page: Path) -> None:
    for block in blocks(page, "sh"):
        for line in block.lines:
            words = [word for word in line.split() if not re.fullmatch(r"[A-Z_]+=\S+", word)]
            program = words[0]
            assert shutil.which(program) or (ROOT / program).exists(), line
            for path in (word for word in words[1:] if word.startswith("tests/")):
                assert (ROOT / path).exists(), line
