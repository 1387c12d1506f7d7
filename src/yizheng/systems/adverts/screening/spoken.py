"""Words hidden behind their sound: written in pinyin, half in pinyin, or with other characters of the same sound (跟治, gen zhi, 根zhi).

A text is a row of syllables: of each character its sound, of a stretch of letters the syllables it can be cut into. A word is
found where its syllables stand in a row. Of two characters the tones must agree too, and what stands there must be no common
expression itself, for Chinese is full of words that sound alike.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from yizheng.kernel.names.folding import is_han
from yizheng.kernel.names.pinyin import dictionary
from yizheng.systems.adverts.screening.vocabulary import rows, words_of_bans

_LETTERS = re.compile(r"[a-zü]+[1-5]?")
_HEARD = frozenset({"F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9"})
_LONGEST = 6
_OFTEN_SPELLED = frozenset({"F2", "F3", "F8", "F9"})
"""Bans whose words of two characters are known by the sound of one and the other itself."""
_INITIALS = (*"bpmfdtnlgkhjqxrzcsyw", "zh", "ch", "sh")
_FINALS = (
    *"aoeiuv", "ai", "ei", "ao", "ou", "an", "en", "ang", "eng", "er", "ong", "ia", "ie", "iao", "iu", "ian", "in",
    "iang", "ing", "iong", "ua", "uo", "uai", "ui", "uan", "un", "uang", "ue", "ve",
)  # fmt: skip
_SYLLABLES = frozenset(
    [
        *(initial + final for initial in _INITIALS for final in _FINALS),
        "a",
        "o",
        "e",
        "ai",
        "an",
        "ang",
        "en",
        "er",
        "ou",
        "ao",
    ]
)
_UTMOST = ("好", "佳", "高", "低", "新", "优", "强", "大", "先", "专", "权", "具", "快", "便", "受", "有")
"""What follows 最 where it is written by its sound."""


@dataclass(frozen=True, slots=True)
class _Sound:
    syllable: str
    toned: str
    character: str
    first: int
    last: int


def _plain(word: str) -> tuple[str, ...]:
    return tuple(dictionary().lazy_pinyin(word))


def _toned(word: str) -> list[str]:
    found: list[str] = dictionary().lazy_pinyin(word, style=dictionary().Style.TONE3)
    return found


@lru_cache(maxsize=8192)
def _sound(character: str) -> tuple[str, str]:
    return _plain(character)[0], _toned(character)[0]


@cache
def _dictionary() -> Mapping[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Syllables to the words they may be, with the ban of each."""
    found: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    for each in words_of_bans():
        for word in (*each.words, *each.sounds):
            heard = each.ban in _HEARD or (each.ban == "F1" and len(word) > 1)
            if heard and 1 < len(word) <= _LONGEST and all(map(is_han, word)):
                found.setdefault(_plain(word), []).append((word, each.ban))
    for following in _UTMOST:
        word = f"最{following}"
        found.setdefault(_plain(word), []).append((word, "F8"))
    return {key: tuple(words) for key, words in found.items()}


@cache
def _letters() -> Mapping[str, tuple[str, ...]]:
    """The same words as letters in one stretch, with the bans they may stand for, those of other bans than F1 first."""
    found: dict[str, set[str]] = {}
    for syllables, words in _dictionary().items():
        found.setdefault("".join(syllables), set()).update(ban for _, ban in words)
    return {letters: tuple(sorted(codes, key=lambda ban: (ban == "F1", ban))) for letters, codes in found.items()}


def _in_letters(text: str) -> Iterator[tuple[int, int, str]]:
    """Words in stretches of letters, however the letters fall into syllables."""
    for run in _LETTERS.finditer(text):
        letters = run.group().rstrip("12345")
        for first in range(len(letters)):
            if _sizes(letters[:first]) is None:
                continue
            for last in range(len(letters), first + 3, -1):
                codes = _letters().get(letters[first:last])
                if codes and _sizes(letters[last:]) is not None:
                    yield run.start() + first, run.start() + last, codes[0]
                    break


def heard(text: str) -> Iterator[tuple[int, int, str]]:
    """First place, place behind, and ban of each word that is hidden behind its sound."""
    yield from _in_letters(text)
    sounds = list(_sounds(text))
    known = _dictionary()
    for start in range(len(sounds)):
        for length in range(min(_LONGEST, len(sounds) - start), 1, -1):
            row = sounds[start : start + length]
            if any(row[place].last != row[place + 1].first for place in range(length - 1)):
                continue
            words = known.get(tuple(each.syllable for each in row))
            if words and length == 2 and _of_other_words(text, row):
                continue
            found = min(
                (ban for word, ban in words or () if _means(row, word, ban)), key=lambda ban: ban == "F1", default=None
            )
            if found:
                yield row[0].first, row[-1].last, found
                break


@cache
def _ordinary() -> frozenset[str]:
    return frozenset(each["word"] for each in rows("ordinary"))


def _common(text: str) -> bool:
    """Whether it is a common expression, which hides nothing."""
    return text in dictionary().constants.PHRASES_DICT or text in _ordinary()


def _of_other_words(text: str, row: list[_Sound]) -> bool:
    """Whether one of two characters belongs to a common expression with its neighbour outside: 行政机关 is no 正畸."""
    before, behind = text[max(0, row[0].first - 1) : row[0].last], text[row[-1].first : row[-1].last + 1]
    return any(len(each) == 2 and _common(each) for each in (before, behind))


def _means(row: list[_Sound], word: str, ban: str) -> bool:
    """Whether the sounds are a way to write the word, and not the word itself or another common one."""
    written = "".join(each.character or " " for each in row)
    if written == word:
        return False
    letters = written.count(" ")
    if letters:
        return len(word) > 1
    if _common(written) or any(_common(written[place : place + 2]) for place in range(len(word) - 1)):
        return False
    same = sum(one == other for one, other in zip(written, word, strict=True))
    toned = [each.toned for each in row] == _toned(word)
    if len(word) == 2:
        return toned or (same > 0 and ban in _OFTEN_SPELLED)
    return same > 0


def _sounds(text: str) -> Iterator[_Sound]:
    place = 0
    while place < len(text):
        if is_han(text[place]):
            plain, toned = _sound(text[place])
            yield _Sound(plain, toned, text[place], place, place + 1)
            place += 1
        elif run := _LETTERS.match(text, place):
            yield from _cut(run.group().rstrip("12345"), run.start())
            place = run.end()
        else:
            place += 1


def _cut(letters: str, at: int) -> Iterator[_Sound]:
    """The syllables a stretch of letters can be cut into; nothing where some are left over."""
    for size in _sizes(letters) or ():
        yield _Sound(letters[:size], "", "", at, at + size)
        letters, at = letters[size:], at + size


@lru_cache(maxsize=4096)
def _sizes(letters: str) -> tuple[int, ...] | None:
    if not letters:
        return ()
    for size in range(min(6, len(letters)), 0, -1):
        if letters[:size] in _SYLLABLES:
            rest = _sizes(letters[size:])
            if rest is not None:
                return (size, *rest)
    return None


def sound_of(text: str) -> str:
    """The letters a text is written with in pinyin."""
    return "".join(part for each in dictionary().pinyin(text, style=dictionary().Style.NORMAL) for part in each)
