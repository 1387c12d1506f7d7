"""The word lists by which names are judged, from ``data/naming.toml``: words, patterns, and what only looks like one."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from yizheng.systems.institutions.categories import DATA

GAP = "|"
"""Stands where something was taken out of a text, so that its neighbours make no new word."""


@dataclass(frozen=True, slots=True)
class WordList:
    """One list."""

    name: str
    words: tuple[str, ...]
    pattern: re.Pattern[str]
    passed_over: re.Pattern[str] | None

    def find(self, text: str) -> str:
        """The first word of the list in a text; empty when there is none."""
        found = next(self._matches(text), None)
        return found.group() if found else ""

    def without(self, text: str) -> str:
        """A text with a gap where a word of the list stands."""
        for found in reversed([*self._matches(text)]):
            text = text[: found.start()] + GAP + text[found.end() :]
        return text

    def _matches(self, text: str) -> Iterator[re.Match[str]]:
        if self.passed_over:
            text = self.passed_over.sub(lambda found: GAP * len(found.group()), text)
        return self.pattern.finditer(text)


def any_of(words: Iterable[str]) -> str:
    """A pattern that finds the longest of these words."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


@cache
def word_list(name: str) -> WordList:
    """The list of that name."""
    entry = tomllib.loads((DATA / "naming.toml").read_text(encoding="utf-8"))[name]
    words = tuple(entry.get("words", ()))
    alternatives = [*([any_of(words)] if words else []), *entry.get("forms", ())]
    passed_over = re.compile(any_of(entry["not"])) if "not" in entry else None
    return WordList(name, words, re.compile("|".join(alternatives)), passed_over)
