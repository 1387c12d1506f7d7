"""Names brought to one form: for keeping (``tidy_name``) and for comparing and searching (``fold_name``).

Keeping changes nothing a person would see as another name: half-width letters, one middle dot (U+00B7), composed
characters, no stray blanks, nothing that is not seen. Folding goes on to simplified characters and one form of each
glyph variant. Look-alikes and homophones (琦/琪, 闫/阎) are different names: they are never folded. Rare characters beyond
the basic plane stay what they are.
"""

import csv
import re
import unicodedata
from functools import cache, lru_cache

from opencc import OpenCC

from yizheng.kernel.codes import DATA
from yizheng.kernel.signs import has_private_use, is_formula_like, visible

MIDDLE_DOT = "·"
# letters, digits, the full stop and the blank; brackets and commas are full-width by right in Chinese
_HALF_WIDTH = {
    code: code - 0xFEE0 for code in (0xFF0E, *range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
_BLANK = {0x3000: 0x20}
_DOTS = dict.fromkeys(map(ord, "•・･‧∙⋅●᛫"), MIDDLE_DOT)
_PLAIN: dict[int, int | str | None] = {**_HALF_WIDTH, **_BLANK, **_DOTS}
_RADICALS = range(0x2E80, 0x2FE0)
_HAN = r"[\u3400-\u9FFF\uF900-\uFAFF\U00020000-\U0003FFFF]"
_COMMON = re.compile(r"[\u4E00-\u9FFF]+")
_DOT_IN_HAN = re.compile(rf"(?<={_HAN})\s*[.·。｡]\s*(?={_HAN})")
_BLANK_IN_HAN = re.compile(rf"(?<={_HAN})\s+(?={_HAN})")


def is_han(character: str) -> bool:
    """Whether a character is a Chinese one, of any plane."""
    code = ord(character)
    return 0x3400 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or 0x20000 <= code <= 0x3FFFF or code == 0x3007


def _plain(character: str) -> str:
    """Kangxi radicals, which PDF copies leave in place of characters, back to the character."""
    return unicodedata.normalize("NFKC", character) if ord(character) in _RADICALS else character


def tidy_name(text: str) -> str:
    """The form to keep: half-width, one kind of middle dot, NFC, no blanks around or between Chinese characters."""
    if _COMMON.fullmatch(text):
        return text
    text = visible(text).translate(_PLAIN)
    text = unicodedata.normalize("NFC", "".join(map(_plain, text)))
    text = " ".join(text.split())
    text = _DOT_IN_HAN.sub(MIDDLE_DOT, text)
    return _BLANK_IN_HAN.sub("", text)


def fault_of_name(text: str) -> str:
    """Why a text can be nobody's name, in words for who typed it; empty when it can."""
    if is_formula_like(text):
        return "姓名不能以 =、+、-、@ 开头，请核对后重新填写"
    if has_private_use(text):
        return "姓名中有其他系统自造的字，本平台无法显示，请改用输入法中的同一个字"
    return ""


@cache
def _glyphs() -> dict[str, str]:
    """Each variant of a character to its canonical form."""
    with (DATA / "variant_characters.csv").open(encoding="utf-8", newline="") as file:
        return {row["variant"]: row["canonical"] for row in csv.DictReader(file)}


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


def _plain_letter(character: str) -> str:
    """A letter without case and accents."""
    decomposed = unicodedata.normalize("NFKD", character)
    return "".join(part for part in decomposed if not unicodedata.combining(part)).casefold()


@lru_cache(maxsize=32768)
def fold_character(character: str) -> str:
    """One character simplified, by itself and not by its neighbours, so that parts of a name fold like the whole."""
    character = _glyphs().get(character, character)
    if not is_han(character):
        return _plain_letter(character)
    simplified = str(_simplifier().convert(character))
    return _glyphs().get(simplified, simplified)


@lru_cache(maxsize=32768)
def _compared(character: str) -> str:
    """One character as ``fold_name`` has it: nothing where it is a blank or a sign."""
    # a character newer than this Python's Unicode tables is not alphanumeric to it
    return "".join(part for part in fold_character(character) if is_han(part) or part.isalnum())


def fold_name(text: str) -> str:
    """The form to compare: tidied, simplified, glyph variants joined; case, accents, blanks and signs are ignored."""
    return "".join(map(_compared, tidy_name(text)))


def same_name(one: str, other: str) -> bool:
    """Whether two writings are the same name."""
    return fold_name(one) == fold_name(other)
