"""What a typed number of an institution is, and where it disagrees with the register (WS 218, GB 32100, GB 11714).

A registration number of today is made of organisation code, area, economic type, category and classification; older
licences bear 12, 15 or 18 digits, which say nothing that could be judged. The areas a number may bear, and between which
days it could be given with them, stand in the code table of districts: a number keeps the area of the day it was issued.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from yizheng.kernel import codes
from yizheng.kernel.identifiers.institution import SHAPE, TEMPORARY, Segments
from yizheng.kernel.identifiers.uscc import ALPHABET, is_organisation_code
from yizheng.kernel.identifiers.uscc import is_uscc as has_right_check
from yizheng.kernel.signs import INVISIBLE

PROFIT = "3"
"""Nature 营利性."""
OLD_CLASSIFICATION = "3"
STAYS_VALID = frozenset({"temp_org", "class_legacy"})
"""What is worth knowing of a number that is right all the same."""
_DASHES = dict.fromkeys(map(ord, "−⁃˗─━"), "-")
_HYPHEN_BEFORE = 8
_LEGACY = re.compile("[0-9]{12}|[0-9]{15}|[0-9]{18}")


class NumberKind(StrEnum):
    """What a number is, or is said to be."""

    REGISTRATION = "reg_no"
    USCC = "uscc"
    ORGANISATION = "org_code"
    LEGACY = "legacy"
    INVALID = "invalid"


_LENGTHS = {NumberKind.REGISTRATION: 22, NumberKind.USCC: 18, NumberKind.ORGANISATION: 9}
_SHAPES = {
    NumberKind.REGISTRATION: SHAPE,
    NumberKind.USCC: re.compile(f"[{ALPHABET}]{{18}}"),
    NumberKind.ORGANISATION: re.compile("[0-9A-Z]{8}[0-9X]"),
}


@dataclass(frozen=True, slots=True)
class InstitutionNumber:
    """A number read: its kind, its parts as far as its kind has them, and what is wrong with it."""

    kind: NumberKind
    normal: str = ""
    org_code: str = ""
    region: str = ""
    economic: str = ""
    category: str = ""
    classification: str = ""
    problems: frozenset[str] = frozenset()

    @property
    def valid(self) -> bool:
        """Whether nothing is wrong but what a right number may show too."""
        return self.problems <= STAYS_VALID


def read_number(
    text: str, declared: NumberKind, *, issued: date | None = None, uscc: str = "", nature: str = ""
) -> InstitutionNumber:
    """A number as typed, beside the USCC and the nature (经营性质) the register holds of its institution."""
    cleaned = _cleaned(text)
    problems = {"hyphen"} if _hyphen_misplaced(cleaned, declared) else set()
    number = cleaned.replace("-", "")
    if declared is NumberKind.REGISTRATION and _LEGACY.fullmatch(number):
        region = number[:6] if len(number) == 12 and _is_numbered(number[:6]) else ""
        return InstitutionNumber(NumberKind.LEGACY, number, region=region, problems=frozenset(problems))
    if len(number) != _LENGTHS[declared]:
        return InstitutionNumber(NumberKind.INVALID, problems=frozenset(problems | {"length"}))
    if not _SHAPES[declared].fullmatch(number):
        return InstitutionNumber(NumberKind.INVALID, problems=frozenset(problems | {"chars"}))
    parts = _parts(number, declared)
    problems |= {*_own_problems(declared, parts, issued), *_disagreements(parts, uscc, nature)}
    if declared is NumberKind.USCC and not has_right_check(number):
        problems.add("uscc_check")
    if any(prefix_disagrees(each, nature) for each in (uscc, number if declared is NumberKind.USCC else "") if each):
        problems.add("prefix_nature")
    return InstitutionNumber(declared, number, **parts, problems=frozenset(problems))


def prefix_disagrees(uscc: str, nature: str) -> bool:
    """Whether the beginning of a USCC does not go with the nature: who seeks profit is a company, who does not is none."""
    if nature == PROFIT:
        return not uscc.startswith("9")
    return nature in ("1", "2") and uscc.startswith(("91", "92"))


def _cleaned(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).translate(INVISIBLE).upper()
    dashed = ("-" if unicodedata.category(sign) == "Pd" else sign for sign in plain.translate(_DASHES))
    return "".join("".join(dashed).split())


def _hyphen_misplaced(cleaned: str, declared: NumberKind) -> bool:
    """A hyphen stands before the last character of an organisation code and nowhere else."""
    places = [len(cleaned[:at].replace("-", "")) for at, sign in enumerate(cleaned) if sign == "-"]
    return bool(places) and (declared is NumberKind.USCC or any(place != _HYPHEN_BEFORE for place in places))


def _parts(number: str, declared: NumberKind) -> dict[str, str]:
    if declared is NumberKind.USCC:
        return {"org_code": number[8:17], "region": number[2:8]}
    if declared is NumberKind.ORGANISATION:
        return {"org_code": number}
    return dict(zip(("org_code", "region", "economic", "category", "classification"), Segments.of(number), strict=True))


def _own_problems(declared: NumberKind, parts: dict[str, str], issued: date | None) -> Iterator[str]:
    if declared is NumberKind.USCC:
        return
    registration = declared is NumberKind.REGISTRATION
    if registration and parts["org_code"].startswith(TEMPORARY):
        yield "temp_org"
    elif not is_organisation_code(parts["org_code"]):
        yield "org_check"
    if registration:
        yield from _region_problems(parts["region"], issued)
        if parts["economic"] not in codes.table("economic_type"):
            yield "economic"
        if parts["category"] not in codes.table("institution_category"):
            yield "category"
        if parts["classification"] == OLD_CLASSIFICATION:
            yield "class_legacy"
        elif parts["classification"] not in codes.table("institution_classification"):
            yield "class"


def _is_numbered(region: str) -> bool:
    found = codes.table("district").get(region)
    return found is not None and found.flag("numbered")


def _region_problems(region: str, issued: date | None) -> Iterator[str]:
    if not _is_numbered(region):
        yield "region_unknown"
        return
    if issued is None:
        return
    span = codes.table("district")[region].attributes
    if span["numbered_to"] and issued.isoformat() > span["numbered_to"]:
        yield "region_abolished"
    if span["numbered_from"] and issued.isoformat() < span["numbered_from"]:
        yield "region_not_yet"


def _disagreements(parts: dict[str, str], uscc: str, nature: str) -> Iterator[str]:
    if uscc and not parts["org_code"].startswith(TEMPORARY) and uscc[8:17] != parts["org_code"]:
        yield "uscc_mismatch"
    classification = parts.get("classification", OLD_CLASSIFICATION)
    expected = codes.table("institution_business_nature").get(nature)
    if expected and classification not in (OLD_CLASSIFICATION, expected.attributes["classification"]):
        yield "nature_mismatch"
