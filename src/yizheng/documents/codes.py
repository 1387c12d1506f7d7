"""核验码: opaque random codes that a person can read aloud and type, in Crockford's base 32 (no I, L, O, U)."""

import secrets

from yizheng.kernel.identifiers import normalise_number

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_BYTES = 16
CODE_LENGTH = 26
CHECK_WORD_BYTES = 10
CHECK_WORD_LENGTH = 16
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})


class NotACode(ValueError):
    """The text is no code at all: wrong length or letters."""


def new_code() -> str:
    """A fresh code of 128 random bits."""
    return to_text(secrets.token_bytes(CODE_BYTES))


def new_check_word() -> str:
    """The 16 letters (80 bits) printed beside the code and found nowhere else: they salt the digest of what is printed."""
    return _letters(secrets.token_bytes(CHECK_WORD_BYTES), CHECK_WORD_LENGTH)


def to_text(raw: bytes) -> str:
    """Sixteen bytes as 26 letters."""
    return _letters(raw, CODE_LENGTH)


def to_bytes(code: str) -> bytes:
    """The sixteen bytes of a code in canonical form. Raises NotACode."""
    value = 0
    for letter in code:
        if letter not in ALPHABET:
            raise NotACode(code)
        value = value << 5 | ALPHABET.index(letter)
    if len(code) != CODE_LENGTH or value >> (8 * CODE_BYTES):
        raise NotACode(code)
    return value.to_bytes(CODE_BYTES, "big")


def read(typed: str) -> str:
    """A code as a person typed it (groups, lower case, O for 0) in canonical form. Raises NotACode."""
    code = normalise_number(typed).translate(_MISREAD)
    to_bytes(code)
    return code


def grouped(code: str) -> str:
    """A code as it is printed: 7K2M4-Q9TXR-…"""
    return "-".join([code[:5], code[5:10], code[10:15], code[15:20], code[20:]])


def grouped_word(word: str) -> str:
    """A check word as it is printed: four groups of four."""
    return "-".join(word[at : at + 4] for at in range(0, len(word), 4))


def _letters(raw: bytes, length: int) -> str:
    value = int.from_bytes(raw, "big")
    return "".join(ALPHABET[value >> shift & 31] for shift in range(5 * (length - 1), -1, -5))
