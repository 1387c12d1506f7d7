"""The tokens keep their contrast (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re

import pytest

from yizheng.shell.bundles import STYLES

TOKENS = dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{3,6});", (STYLES / "tokens.css").read_text("utf-8")))
TEXT = [
    *((ink, ground) for ink in ("ink", "ink-2", "ink-3") for ground in ("surface", "page", "sub")),
    *((kind, ground) for kind in ("accent", "ok", "warn", "bad", "past", "end") for ground in ("surface", f"{kind}-tint")),
    ("ink-3", "accent-tint"), ("ink", "active"), ("ink", "read"), ("ink-2", "paper"), ("accent-hover", "surface"),
    ("surface", "accent"), ("surface", "ink"), ("surface", "bad"), ("ink-3", "end-tint"),
]  # fmt: skip
MARKS = [("control", "surface"), ("warn-bar", "surface"), ("accent", "surface"), ("ok", "surface"), ("bad", "surface")]


def _luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    channels = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(front: str, back: str) -> float:
    light, dark = sorted((_luminance(TOKENS[front]), _luminance(TOKENS[back])), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("front", "back"), TEXT)
def test_text_can_be_read(front: str, back: str) -> None:
    assert ratio(front, back) >= 4.5


@pytest.mark.parametrize(("front", "back"), MARKS)
def test_controls_and_marks_can_be_seen(front: str, back: str) -> None:
    assert ratio(front, back) >= 3


def test_colours_are_said_in_one_place() -> None:
    allowed = {"#000", "#fff", "#e8e8e8", "#8a94a0", "#2a3542", "#a9b2bc", "#5b6672", "#dcd4ee"}
    for path in STYLES.glob("*.css"):
        if path.name != "tokens.css":
            text = re.sub(r"url\([^)]*\)", "", path.read_text("utf-8"))
            assert set(re.findall(r"#[0-9a-f]{3,6}\b", text)) <= allowed, path.name
