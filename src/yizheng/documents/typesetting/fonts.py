"""The typefaces of printed instruments: Song first, then fonts an operator added for rare characters, then sans.

Fonts come from the installed font package and from one optional folder, never from the machine, so that the same data
gives the same page everywhere. A character that no face has is printed as its code point, （U+20BB7）, because a name
with a hole in it is worse than a name with a number in it.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn
import typst

from yizheng.documents.typesetting.coverage import covered

SONG = "Noto Serif SC"
SANS = "Noto Sans SC"
_FONT_FILES = ("*.otf", "*.ttf", "*.ttc")
_LAYOUT = frozenset("\n")


@dataclass(frozen=True)
class Typefaces:
    """The faces a page may use: those of the font package and those in `extra` folders."""

    extra: tuple[Path, ...] = ()

    @property
    def folders(self) -> tuple[Path, ...]:
        """Where font files lie, the package's own folder first."""
        return (pylopdf_fonts_zh_cn.serif_path().parent, *self.extra)

    @cached_property
    def loaded(self) -> typst.Fonts:
        """The faces as the typesetter holds them."""
        return typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[str(folder) for folder in self.folders],
        )

    @cached_property
    def song(self) -> tuple[str, ...]:
        """Family names for running text, in the order in which a glyph is sought."""
        added = [family for family in self.loaded.families() if family not in (SONG, SANS)]
        return (SONG, *added, SANS)

    @cached_property
    def characters(self) -> frozenset[int]:
        """Every code point at least one face can print."""
        files = sorted(file for folder in self.folders for form in _FONT_FILES for file in folder.glob(form))
        return frozenset().union(*(covered(file) for file in files))

    def missing(self, text: str) -> list[str]:
        """Characters of `text` that no face can print, in order of appearance."""
        return [mark for mark in text if ord(mark) not in self.characters and mark not in _LAYOUT]

    def legible(self, value: Any) -> Any:
        """`value` (text, list, dict) with each unprintable character written as its code point."""
        if isinstance(value, str):
            return "".join(self._printed(mark) for mark in value)
        if isinstance(value, list | tuple):
            return [self.legible(item) for item in value]
        if isinstance(value, dict):
            return {key: self.legible(item) for key, item in value.items()}
        return value

    def _printed(self, mark: str) -> str:
        if mark in _LAYOUT or ord(mark) in self.characters:
            return mark
        return f"（U+{ord(mark):04X}）"


@lru_cache(maxsize=4)
def typefaces(*extra: Path) -> Typefaces:
    """The faces for these extra folders, loaded once a process; folders that do not exist are left out."""
    return Typefaces(tuple(folder for folder in extra if folder.is_dir()))
