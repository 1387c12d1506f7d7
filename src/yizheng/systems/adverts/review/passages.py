"""Everything of an advert that is read by the screening, passage by passage, and what it hits there.

A passage is a field, the words of a sample, a shot of a script, or what was read from the file of a sample.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from yizheng.systems.adverts.review.filing import Filing, Spared
from yizheng.systems.adverts.screening.licence import AdvertLicence
from yizheng.systems.adverts.screening.screen import Hit, Outlet, screen
from yizheng.systems.adverts.screening.vocabulary import holds

MOST_SHOWN = 3
"""How many places of the same words are shown with a finding."""
_AROUND = 14
"""How many characters before and behind a hit are shown with it."""
_BRIEF = 40


@dataclass(frozen=True, slots=True)
class Passage:
    """Words in their place."""

    field: str
    place: str
    text: str
    sample: int = 0
    """The sample it belongs to; none for the free items."""
    kind: str = "field"
    """field, words, shot or file."""
    shot: int = 0
    recognised: bool = False


def passages(filing: Filing) -> Iterator[Passage]:
    """Every passage, in the order of the form; then the files."""
    free = f"接诊时间：{filing.hours}\n联系电话：{filing.telephone}"
    yield Passage("content.hours", "接诊时间和电话", free)
    for number, row in enumerate(filing.samples, 1):
        yield Passage("samples.samples", _named(filing, number), str(row.get("words", "")), number, "words")
    for at, shot in enumerate(filing.script):
        words = f"字幕：{shot.get('caption', '')}\n配音：{shot.get('voice', '')}"
        place, sample = f"样件{shot.get('sample')} 镜号{shot.get('shot')}", int(shot.get("sample") or 0)
        yield Passage("samples.script", place, words, sample, "shot", at)
    for file in filing.files:
        if file.words and file.number <= len(filing.samples):
            place = f"{_named(filing, file.number)}的文件{'（机器识别）' if file.recognised else ''}"
            yield Passage(
                f"material:sample_{file.number}", place, file.words, file.number, "file", recognised=file.recognised
            )


def _named(filing: Filing, number: int) -> str:
    return f"样件{number}“{filing.samples[number - 1].get('title', '')}”"


def hits_in(passage: Passage, licence: AdvertLicence, exceptions: Sequence[Spared], on: date) -> list[Hit]:
    """What the rules in force on a day hit in a passage, without what two persons have spared."""
    found = screen(passage.text, Outlet.AD, licence).hits
    return [hit for hit in found if holds(hit.code, on) and not _spared(passage.text, hit, exceptions)]


def _spared(text: str, hit: Hit, exceptions: Sequence[Spared]) -> bool:
    """Whether the hit lies within a phrase of the list, letter for letter."""
    for each in exceptions:
        if each.rule != hit.code:
            continue
        at = text.find(each.phrase, max(0, hit.last - len(each.phrase)), hit.first + len(each.phrase))
        if at >= 0:
            return True
    return False


def grouped(hits: Sequence[Hit]) -> dict[tuple[str, str], list[Hit]]:
    """The hits of a passage by rule and words."""
    found: defaultdict[tuple[str, str], list[Hit]] = defaultdict(list)
    for hit in hits:
        found[hit.code, hit.words].append(hit)
    return dict(found)


def brief(words: str) -> str:
    """Long words by their beginning, their end and their length, so that two of them stay two."""
    plain = " ".join(words.split())
    return plain if len(plain) <= _BRIEF else f"{plain[: _BRIEF // 2]}…{plain[-_BRIEF // 4 :]}（{len(words)} 字）"


def shown(text: str, hit: Hit) -> str:
    """A hit in its place, marked."""
    before = text[max(0, hit.first - _AROUND) : hit.first]
    behind = text[hit.last : hit.last + _AROUND]
    return f"{before}【{brief(hit.words)}】{behind}".replace("\n", " ")
