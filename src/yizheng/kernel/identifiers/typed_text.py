"""What people type for a number, brought to one form: half-width, upper case, without blanks and hyphens."""

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_LOWER = {code: code - 32 for code in range(ord("a"), ord("z") + 1)}
_FULL_WIDTH_LOWER = {code: code - 0xFEE0 - 32 for code in range(0xFF41, 0xFF5B)}
_BLANKS = dict.fromkeys(
    [0x3000, 0xA0, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, *range(0x2000, 0x200B), *b" \t\r\n\v\f"]
)
_HYPHENS = dict.fromkeys([ord("-"), 0xFF0D, 0xAD, *range(0x2010, 0x2016), 0x2212])
_FOLD: dict[int, int | None] = {**_FULL_WIDTH, **_LOWER, **_FULL_WIDTH_LOWER, **_BLANKS, **_HYPHENS}


def normalise_number(text: str) -> str:
    """Full-width to half-width, letters upper case, blanks, hyphens and invisible characters removed."""
    return text.upper() if text.isascii() and text.isalnum() else text.translate(_FOLD)
