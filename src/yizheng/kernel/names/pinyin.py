"""Pinyin of names: the surname read as a surname (曾 zeng, 单于 chanyu), the given name as its characters are read.

Surnames whose reading differs from the common one, and surnames of two characters, stand in ``data/surnames.csv``.
"""

import csv
import re
from functools import cache, lru_cache

from pypinyin import Style, lazy_pinyin

from yizheng.kernel.codes import DATA
from yizheng.kernel.names.folding import MIDDLE_DOT, fold_character, is_han, tidy_name

_TWO = 2
_WORDS = re.compile(r"[A-Za-z0-9]+|[^\x00-\x7F]+")


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


def _read_surname(surname: str) -> tuple[str, ...]:
    folded = "".join(map(fold_character, surname))
    return _surname_readings().get(surname) or _surname_readings().get(folded) or _read(surname)


@lru_cache(maxsize=65536)
def _read(text: str) -> tuple[str, ...]:
    simplified = "".join(map(fold_character, text))
    return tuple(syllable for word in _WORDS.findall(simplified) for syllable in _read_word(word))


def _read_word(word: str) -> list[str]:
    """A Latin word is itself; of a Chinese one the syllables, leaving out what the dictionary cannot read."""
    if word.isascii():
        return [word.lower()]
    return [syllable.replace("ü", "v") for syllable in lazy_pinyin(word, style=Style.NORMAL, errors="ignore")]


def pinyin(name: str, *, person: bool = True) -> str:
    """The whole name in one word: zengxiaoming."""
    return fold_pinyin("".join(syllables(name, person=person)))


def initials(name: str, *, person: bool = True) -> str:
    """The first letters: zxm."""
    return "".join(syllable[0] for syllable in syllables(name, person=person))


def sort_key(name: str, *, person: bool = True) -> str:
    """A text that orders names as a Chinese register does: by syllables, then by the characters themselves."""
    return " ".join(syllables(name, person=person)) + "\x1f" + tidy_name(name)


def fold_pinyin(text: str) -> str:
    """Pinyin as a person types it to the form of ``pinyin``: no blanks and signs; lü and lyu are lv, a leading nyu is nv.

    Inside a word "nyu" stays: it is the seam of 任宇 (ren yu).
    """
    letters = "".join(character for character in text.casefold().replace("ü", "v") if character.isalnum())
    return re.sub("^nyu", "nv", letters.replace("lyu", "lv"))
