"""Whether two records are of one institution: codes first, then names and addresses (WS 218, GB 32100, 细则第四十条).

``same`` may be joined without asking, ``review`` is for a person, ``different`` is left alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from yizheng.kernel.identifiers.institution import TEMPORARY
from yizheng.kernel.identifiers.uscc import is_organisation_code, is_uscc
from yizheng.kernel.signs import normalise_number
from yizheng.systems.institutions.linkage.likeness import is_miswritten, is_short_form
from yizheng.systems.institutions.linkage.telling import tell_apart, telling
from yizheng.systems.institutions.linkage.writing import address_key, district_of_today, name_key
from yizheng.systems.institutions.numbering.numbers import NumberKind, read_number


class Verdict(StrEnum):
    """What two records are to one another."""

    SAME = "same"
    DIFFERENT = "different"
    REVIEW = "review"


@dataclass(frozen=True)
class LinkedRecord:
    """One record of an institution as some register has it."""

    name: str
    address: str = ""
    district: str = ""
    uscc: str = ""
    reg_no: str = ""

    @cached_property
    def name_key(self) -> str:
        """The name as it is compared."""
        return name_key(self.name)

    @cached_property
    def address_key(self) -> str:
        """The address as it is compared."""
        return address_key(self.address)

    @cached_property
    def registration(self) -> str:
        """The registration number in its normal form; as typed where it is none."""
        return read_number(self.reg_no, NumberKind.REGISTRATION).normal or normalise_number(self.reg_no)

    @cached_property
    def code(self) -> str:
        """The organisation code by a valid USCC, else by a registration number whose check is right; a temporary one too."""
        uscc = normalise_number(self.uscc)
        if is_uscc(uscc):
            return uscc[8:17]
        found = read_number(self.reg_no, NumberKind.REGISTRATION)
        if found.kind is not NumberKind.REGISTRATION:
            return ""
        right = found.org_code.startswith(TEMPORARY) or is_organisation_code(found.org_code)
        return found.org_code if right else ""


def compare(one: LinkedRecord, other: LinkedRecord) -> Verdict:
    """What two records are to one another."""
    names = one.name_key == other.name_key
    addresses = _addresses_agree(one, other)
    ours, theirs = _codes(one, other)
    if ours and ours == theirs:
        renamed = bool(one.registration) and one.registration == other.registration and addresses
        return Verdict.SAME if names or renamed else Verdict.REVIEW
    if ours and theirs:
        return Verdict.REVIEW if names and addresses else Verdict.DIFFERENT
    if names:
        return Verdict.SAME if addresses else Verdict.REVIEW
    return Verdict.REVIEW if addresses else _by_names(one.name_key, other.name_key)


def _by_names(one: str, other: str) -> Verdict:
    if tell_apart(telling(one), telling(other)):
        return Verdict.DIFFERENT
    return Verdict.REVIEW if is_short_form(one, other) or is_miswritten(one, other) else Verdict.DIFFERENT


def _addresses_agree(one: LinkedRecord, other: LinkedRecord) -> bool:
    if not one.address_key or one.address_key != other.address_key:
        return False
    ours, theirs = district_of_today(one.district), district_of_today(other.district)
    return not ours or not theirs or ours == theirs


def _codes(one: LinkedRecord, other: LinkedRecord) -> tuple[str, str]:
    """The codes of both sides; a temporary one counts only where both carry the same."""
    ours, theirs = one.code, other.code
    if ours != theirs:
        ours, theirs = ("" if code.startswith(TEMPORARY) else code for code in (ours, theirs))
    return ours, theirs
