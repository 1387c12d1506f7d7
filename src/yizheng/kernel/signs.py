"""The signs people's programs put into text, folded in one way for names, numbers, codes and verification codes.

Full-width forms become half-width where the reader wants that; characters nobody sees (direction marks, joiners, byte
order marks, variation selectors, control characters) are taken away; private-use code points by which GBK and
GB 18030-2005 wrote characters that Unicode lacked then become those characters (GB 18030-2022, annex D).
"""

import re

_INVISIBLE_RANGES = (
    (0x00, 0x08), (0x0B, 0x0C), (0x0E, 0x1F), (0x7F, 0x9F), (0xAD, 0xAD), (0x034F, 0x034F), (0x061C, 0x061C),
    (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F),
    (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFFB), (0x1D173, 0x1D17A),
    (0xE0000, 0xE01EF),
)  # fmt: skip
INVISIBLE = dict.fromkeys(code for first, last in _INVISIBLE_RANGES for code in range(first, last + 1))
"""Characters that are not seen and never stored; tab, line feed and carriage return are blanks."""

FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
BLANKS = (*b" \t\r\n\v\f", 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000)
HYPHENS = (ord("-"), 0xFF0D, 0xAD, 0xFE63, *range(0x2010, 0x2016), 0x2212)
FORMULA_STARTS = "=+-@"
"""A text that begins so is a formula to a spreadsheet program."""

_NEWER = dict(
    zip(
        (0xE816, 0xE817, 0xE818, 0xE81E, 0xE826, 0xE82B, 0xE82C, 0xE831, 0xE832, 0xE83B, 0xE843, 0xE854, 0xE855, 0xE864),
        "\U00020087\U00020089\U000200cc\u9fb4\u9fb5\u9fb6\u9fb7\U000215d7\u9fb8\U0002298f\u9fb9\u9fba\U000241fe\u9fbb",
        strict=True,
    )
)  # fmt: skip
_FIRST_OF_GBK = 0xE815
_TRAILS = [trail for trail in range(0x50, 0xA1) if trail != 0x7F]
PRIVATE_USE: dict[int, str] = {
    _FIRST_OF_GBK + at: _NEWER.get(_FIRST_OF_GBK + at) or bytes((0xFE, trail)).decode("gb18030")
    for at, trail in enumerate(_TRAILS)
}
"""GBK FE50–FEA0 by the private-use code points it had; most have been characters of Unicode since 1999 or 2005."""

_FOLDED: dict[int, int | str | None] = {**INVISIBLE, **PRIVATE_USE}
WORTH_A_LOOK = (
    "[" + "".join(rf"\U{first:08x}-\U{last:08x}" for first, last in _INVISIBLE_RANGES) + r"\U0000e815-\U0000e864]"
)
"""A pattern, for Python and for polars alike, of the characters ``visible`` changes."""
_WORTH_A_LOOK = re.compile(WORTH_A_LOOK)
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_TO_HALF: dict[int, int | str | None] = {**FULL_WIDTH, 0x3000: 0x20}
_NUMBERS: dict[int, int | str | None] = {
    **FULL_WIDTH,
    **{code: code - 32 for code in range(ord("a"), ord("z") + 1)},
    **{code: code - 0xFEE0 - 32 for code in range(0xFF41, 0xFF5B)},
    **INVISIBLE,
    **dict.fromkeys((*BLANKS, *HYPHENS)),
}


def visible(text: str) -> str:
    """The text without what nobody sees, old private-use code points turned into their characters."""
    return text.translate(_FOLDED) if _WORTH_A_LOOK.search(text) else text


def half_width(text: str) -> str:
    """The visible text with letters, digits and signs half-width."""
    return visible(text).translate(_TO_HALF)


def normalise_number(text: str) -> str:
    """A number or code as people type it: half-width, upper case, without blanks, hyphens and what nobody sees."""
    return text.upper() if text.isascii() and text.isalnum() else text.translate(_NUMBERS)


def has_private_use(text: str) -> bool:
    """Whether a character stands in the text that only the sender's fonts know."""
    return _PRIVATE.search(visible(text)) is not None


def is_formula_like(text: str) -> bool:
    """Whether a spreadsheet program would take the text for a formula; full-width signs count."""
    return half_width(text).lstrip()[:1] in tuple(FORMULA_STARTS)


_NUMERIC = re.compile(r"[+-]?\d+(?:\.\d+)?%?", re.ASCII)


def neutralised(text: str) -> str:
    """The text for a file that a spreadsheet program may open: what it would take for a formula gets a mark before it."""
    return f"'{text}" if is_formula_like(text) and not _NUMERIC.fullmatch(text) else text
