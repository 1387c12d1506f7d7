"""Pinyin of names: the surname read as a surname (曾 zeng, 单于 chanyu), the given name as its characters are read.

Surnames whose reading differs from the common one, and surnames of two characters, stand in ``data/surnames.csv``.
"""

import csv
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib import import_module
from itertools import chain, pairwise
from typing import Any

from yizheng.kernel.codes import DATA
from yizheng.kernel.names.folding import MIDDLE_DOT, fold_character, is_han, tidy_name

_TWO = 2
_WORDS = re.compile(r"[A-Za-z0-9]+|[^\x00-\x7F]+")


@cache
def dictionary() -> Any:
    """The package that reads characters; it is large, and most processes read no name."""
    return import_module("pypinyin")


@cache
def _surname_readings() -> dict[str, tuple[str, ...]]:
    with (DATA / "surnames.csv").open(encoding="utf-8", newline="") as file:
        return {row["surname"]: tuple(row["pinyin"].split()) for row in csv.DictReader(file)}


def split_name(name: str) -> tuple[str, str]:
    """Surname and given name of a Chinese name; a name with a middle dot, or in letters, has no surname."""
    name = tidy_name(name)
    if MIDDLE_DOT in name or not name or not is_han(name[0]):
        return "", name
    folded = "".join(map(fold_character, name))
    length = _TWO if len(name) >= _TWO and folded[:_TWO] in _surname_readings() else 1
    return name[:length], name[length:]


def syllables(name: str, *, person: bool = True) -> tuple[str, ...]:
    """The syllables of a name without tones, ü written v; Latin letters stay, other signs fall away.

    The name of an institution (``person=False``) has no surname.
    """
    surname, given = split_name(name) if person else ("", tidy_name(name))
    return (*_read_surname(surname), *_read(given))


@lru_cache(maxsize=4096)
def _read_surname(surname: str) -> tuple[str, ...]:
    folded = "".join(map(fold_character, surname))
    return _surname_readings().get(surname) or _surname_readings().get(folded) or _read(surname)


@lru_cache(maxsize=65536)
def _read(text: str) -> tuple[str, ...]:
    words = _WORDS.findall("".join(map(fold_character, text)))
    return tuple(chain.from_iterable(map(_read_word, words)))


def _read_word(word: str) -> Iterable[str]:
    """A Latin word is itself; of a Chinese one the syllables, leaving out what the dictionary cannot read.

    The dictionary reads the phrases it knows and else character by character, so a word none of whose characters begins
    a phrase with the next is read here, each character asked once and remembered.
    """
    if word.isascii():
        return (word.lower(),)
    if _phrases_begin().isdisjoint(map("".join, pairwise(word))):
        return chain.from_iterable(map(_look_up, word))
    return _look_up(word)


@cache
def _phrases_begin() -> frozenset[str]:
    """The first two characters of every phrase the dictionary knows."""
    return frozenset(phrase[:2] for phrase in dictionary().constants.PHRASES_DICT)


@lru_cache(maxsize=65536)
def _look_up(word: str) -> tuple[str, ...]:
    read = dictionary().lazy_pinyin(word, style=dictionary().Style.NORMAL, errors="ignore")
    return tuple(syllable.replace("ü", "v") for syllable in read)


@lru_cache(maxsize=32768)
def readings(character: str) -> frozenset[str]:
    """Every way a character is read, without tones."""
    plain = dictionary().Style.NORMAL
    found = dictionary().pinyin(fold_character(character), style=plain, heteronym=True, errors="ignore")
    return frozenset(chain.from_iterable(found))


def pinyin(name: str, *, person: bool = True) -> str:
    """The whole name in one word: zengxiaoming."""
    return fold_pinyin("".join(syllables(name, person=person)))


def initials(name: str, *, person: bool = True) -> str:
    """The first letters: zxm."""
    return "".join(syllable[0] for syllable in syllables(name, person=person))


def fold_pinyin(text: str) -> str:
    """Pinyin as a person types it to the form of ``pinyin``: no blanks and signs; lü and lyu are lv, a leading nyu is nv.

    Inside a word "nyu" stays: it is the seam of 任宇 (ren yu).
    """
    letters = text.casefold().replace("ü", "v")
    if not letters.isalnum():
        letters = "".join(character for character in letters if character.isalnum())
    return re.sub("^nyu", "nv", letters.replace("lyu", "lv"))
