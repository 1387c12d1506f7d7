"""The words of the screening, from data: bans with their articles, words and forms, labels, look-alikes, exemptions."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from yizheng.kernel import codes
from yizheng.kernel.statutes import Article, article
from yizheng.systems.adverts.screening.reading import UNREADABLE, fold, folded

_LETTERS = {"0": "o〇零", "1": "li", "5": "s"}
"""Letters that a machine or a rogue writes for a figure."""
DATA = Path(__file__).parent.parent / "data"


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one file of words."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@dataclass(frozen=True, slots=True)
class Ban:
    """One rule of the screening: what it forbids, on which articles, and whether a hit blocks or is weighed."""

    code: str
    title: str
    severity: str
    articles: tuple[Article, ...]


@cache
def ban(code: str) -> Ban:
    """The rule of a code; on which days it holds stands in the code table."""
    row = codes.table("advert_ban")[code]
    return Ban(row.code, row.name, row.attributes["severity"], tuple(map(article, row.many("basis"))))


def holds(code: str, on: date) -> bool:
    """Whether the rule is in force on a day."""
    return codes.table("advert_ban")[code].in_force(on)


@cache
def _look_alikes() -> Mapping[str, str]:
    return {each["read"]: each["seen"] for each in rows("look_alikes")}


def _seen_as(character: str, extra: str = "") -> str:
    seen = character + _look_alikes().get(character, "") + extra
    return f"[{re.escape(seen)}]" if len(seen) > 1 else re.escape(seen)


def spelled(word: str) -> str:
    """A pattern for a word of several characters, each of which may be one that looks like it."""
    return "".join(map(_seen_as, word)) if len(word) > 1 else re.escape(word)


def _misread(word: str) -> Iterator[str]:
    """Patterns for a long word of which one character is another."""
    for place in range(len(word)):
        yield f"{re.escape(word[:place])}[一-鿿]{re.escape(word[place + 1 :])}"


def any_of(words: list[str]) -> str:
    """A pattern for any of the words, the longest first."""
    return "|".join(map(spelled, sorted(set(words), key=lambda word: (-len(word), word))))


@cache
def surnames() -> str:
    """A pattern for a surname."""
    with (codes.DATA / "surnames.csv").open(encoding="utf-8", newline="") as file:
        found = [next(iter(each.values())) for each in csv.DictReader(file)]
    return "|".join(sorted(found, key=len, reverse=True))


@dataclass(frozen=True, slots=True)
class Words:
    """What one ban is known by."""

    ban: str
    words: tuple[str, ...]
    tight: re.Pattern[str]
    english: re.Pattern[str] | None
    sounds: tuple[str, ...]
    """Words that are looked for by their sound beside the others."""


@cache
def words_of_bans() -> tuple[Words, ...]:
    """The words and forms of every ban."""
    found = []
    table = rows("ban_words")
    for ban in dict.fromkeys(each["ban"] for each in table):
        own = [each for each in table if each["ban"] == ban]
        words = [folded(word) for each in own if each["kind"] == "word" for word in each["words"].split()]
        forms = [each["words"].replace("{surname}", surnames()) for each in own if each["kind"] == "form"]
        noisy = [folded(word) for each in own if each["kind"] == "noisy" for word in each["words"].split()]
        forms += [form for word in noisy for form in _misread(word)]
        english = [each["words"] for each in own if each["kind"] == "english"]
        found.append(
            Words(
                ban,
                tuple(words),
                re.compile("|".join([any_of(words), *forms]) if words else "|".join(forms)),
                re.compile(rf"(?<![a-z])(?:{'|'.join(english)})(?![a-z])") if english else None,
                tuple(word for each in own if each["kind"] == "sound" for word in each["words"].split()),
            )
        )
    return tuple(found)


@cache
def labels() -> tuple[tuple[int, re.Pattern[str]], ...]:
    """The labels of each item: words that name it and say nothing themselves."""
    return tuple(
        (int(each["item"]), re.compile(any_of([folded(label) for label in each["label"].split()])))
        for each in rows("labels")
    )


@cache
def exemptions() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """What frees a clause or a sentence from the bans: quoted law, and disclaimers."""
    return tuple((each["kind"], re.compile("".join(map(fold, each["pattern"])))) for each in rows("exempt"))


def damaged(text: str) -> str:
    """A pattern for a registered text that may have lost single characters; numbers may be spelled."""
    return "".join(_one(part) for part in re.findall(r"[0-9]+|.", folded(text)))


def _one(part: str) -> str:
    if part.isdigit():
        number = int(part)
        alike = "".join(f"[{each}{_LETTERS.get(each, '')}{UNREADABLE}]" for each in part)
        return f"(?:{alike}|{_numeral(number)})" if 0 < number < 100 else alike
    return _seen_as(part, UNREADABLE)


def _numeral(number: int) -> str:
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    if tens == 0:
        return digits[ones]
    written = ("" if tens == 1 else digits[tens]) + "十" + (digits[ones] if ones else "")
    return f"{written}|{digits[tens]}{digits[ones]}"
