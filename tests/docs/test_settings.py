"""Every variable the program and its tests read is told, and every one told is read."""

import re

from tests.docs.pages import CODE, PAGES, ROOT, text

_NAME = r"(?:YIZHENG|DATABASE)_[A-Z_]*[A-Z]"


def read() -> set[str]:
    """Names in quotes in Python, and those the shell script expands."""
    python = text(*CODE.rglob("*.py"), *(ROOT / "tests").rglob("*.py"))
    return set(re.findall(rf"[\"']({_NAME})[\"']", python)) | set(
        re.findall(rf"\$\{{({_NAME})", text(ROOT / "yizheng"))
    )


def told() -> set[str]:
    return set(re.findall(rf"\b({_NAME})\b", text(*PAGES)))


def test_every_setting_read_is_told() -> None:
    assert read() - told() == set()


def test_every_setting_told_is_read() -> None:
    assert told() - read() == set()
