"""One canonical form for each kind of identifier, so that every way of writing it meets in one blind index."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_SEPARATORS = re.compile(r"[\s\-‐–—·.()]+")


class IdentifierKind(StrEnum):
    """What the vault keeps. The 27-digit qualification number contains the identity number and is kept as one."""

    RESIDENT_ID = "resident_id"
    QUALIFICATION_NUMBER = "qualification_number"
    MOBILE = "mobile"
    HMT_PERMIT = "hmt_permit"
    PASSPORT = "passport"

    @property
    def label(self) -> str:
        """What the pages call it."""
        return _LABELS[self]


_LABELS = {
    IdentifierKind.RESIDENT_ID: "居民身份证号码",
    IdentifierKind.QUALIFICATION_NUMBER: "医师资格证书编码",
    IdentifierKind.MOBILE: "手机号码",
    IdentifierKind.HMT_PERMIT: "港澳台居民通行证号码",
    IdentifierKind.PASSPORT: "护照号码",
}


def canonical(kind: IdentifierKind | str, value: str) -> str:
    """The form under which ``value`` is enciphered and indexed: half-width, upper case, no separators.

    A 15-digit identity number becomes the 18-digit one of the same person (GB 11643-1999); a mobile number loses +86.
    """
    kind = IdentifierKind(kind)
    text = _SEPARATORS.sub("", unicodedata.normalize("NFKC", value)).upper()
    if kind is IdentifierKind.RESIDENT_ID and len(text) == 15 and text.isdecimal():
        return _eighteen(text)
    if kind is IdentifierKind.MOBILE:
        return re.sub(r"^(\+|00)?86(?=1\d{10}$)", "", text)
    return text


def _eighteen(fifteen: str) -> str:
    body = fifteen[:6] + "19" + fifteen[6:]
    return body + check_character(body)


def check_character(body: str) -> str:
    """The 18th character of an identity number from its first 17 digits (ISO 7064 MOD 11-2)."""
    return _CHECK[sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11]


_RESIDENT_ID = re.compile(r"(?<![0-9])([1-9]\d{16})([0-9Xx])(?![0-9])")
_MOBILE = re.compile(r"(?<![0-9])1[3-9]\d{9}(?![0-9])")


def holds_identifier(text: str) -> bool:
    """Whether free text contains an identity number with a right check character, or a mobile number."""
    if _MOBILE.search(text):
        return True
    return any(check_character(body) == last.upper() for body, last in _RESIDENT_ID.findall(text))
