"""Outline icons drawn into the page, read once from the files the asset builder put into static/vendor/icons.

Icons never speak: a word stands beside each of them, so they are hidden from screen readers.
"""

import re
from functools import cache
from pathlib import Path

from django.utils.safestring import SafeString, mark_safe

FOLDER = Path(__file__).parent / "static" / "vendor" / "icons"
_SHAPE = re.compile(r"<(?:path|circle|rect|line|polyline|polygon|ellipse)\b[^>]*/>")
_CANVAS = re.compile(r'<path\s+stroke="none" d="M0 0h24v24H0z" fill="none"\s*/>')


class MissingIcon(LookupError):
    """The icon is not among the built assets."""


@cache
def icon(name: str) -> SafeString:
    """The icon as an inline SVG of 1 em; `MissingIcon` when it was not built in."""
    path = FOLDER / f"{name}.svg"
    try:
        source = path.read_text("utf-8")
    except FileNotFoundError:
        raise MissingIcon(
            f"icon {name!r} is not in {FOLDER}; add it to assets/manifest.json and build the assets (./yizheng up)"
        ) from None
    shapes = "".join(_SHAPE.findall(_CANVAS.sub("", source)))
    return mark_safe(f'<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{shapes}</svg>')  # noqa: S308
