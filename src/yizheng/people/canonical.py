"""One canonical form for each kind of identifier, so that every way of writing it meets in one blind index."""

import re
from enum import StrEnum

from yizheng.kernel.identifiers import canonical_resident_id, normalise_number
from yizheng.kernel.identifiers.resident import check_character

_NOT_IN_NUMBERS = re.compile(r"[().·（）]")
_COUNTRY_CODE = re.compile(r"^(?:\+|00)?86(?=1\d{10}$)")


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
    text = _NOT_IN_NUMBERS.sub("", normalise_number(value))
    if kind is IdentifierKind.RESIDENT_ID:
        return canonical_resident_id(text)
    return _COUNTRY_CODE.sub("", text) if kind is IdentifierKind.MOBILE else text


_RESIDENT_ID = re.compile(r"(?<![0-9])([1-9]\d{16})([0-9Xx])(?![0-9])")
_DIGEST = re.compile(r"(?<![0-9A-Za-z])[0-9a-f]{64}(?![0-9A-Za-z])")
_MOBILE = re.compile(r"(?<![0-9])1[3-9]\d{9}(?![0-9])")


def holds_identifier(text: str) -> bool:
    """Whether free text contains an identity number with a right check character, or a mobile number.

    Digits inside a digest are none: one in three hundred digests would look as if it held a mobile number.
    """
    text = _DIGEST.sub("", text)
    if _MOBILE.search(text):
        return True
    return any(check_character(body) == last.upper() for body, last in _RESIDENT_ID.findall(text))
