"""What a number turned out to be: its kind, its parts, and what is wrong with it in words a person can act on."""

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """The kinds of number the register knows."""

    RESIDENT_ID = "resident_id"
    USCC = "uscc"
    QUALIFICATION_NUMBER = "qualification_number"
    PRACTICE_NUMBER = "practice_number"
    NURSE_NUMBER = "nurse_number"
    INSTITUTION_NUMBER = "institution_number"
    HMT_PERMIT = "hmt_permit"
    PASSPORT = "passport"
    FOREIGN_PERMANENT_RESIDENCE = "foreign_permanent_residence"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """What the number is called in Chinese."""
        return _LABELS[self]


_LABELS = {
    Kind.RESIDENT_ID: "居民身份证号码",
    Kind.USCC: "统一社会信用代码",
    Kind.QUALIFICATION_NUMBER: "医师资格证书编码",
    Kind.PRACTICE_NUMBER: "医师执业证书编码",
    Kind.NURSE_NUMBER: "护士执业证书编号",
    Kind.INSTITUTION_NUMBER: "医疗机构登记号",
    Kind.HMT_PERMIT: "港澳台居民证件号码",
    Kind.PASSPORT: "护照号码",
    Kind.FOREIGN_PERMANENT_RESIDENCE: "外国人永久居留身份证号码",
    Kind.UNKNOWN: "未知号码",
}


@dataclass(frozen=True, slots=True)
class Identified:
    """A number read as ``kind``. It is valid when there are no problems; ``parts`` holds what could be read of it.

    ``parts["number"]`` is the canonical form: the one to store and to compare.
    """

    kind: Kind
    parts: dict[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()

    @property
    def valid(self) -> bool:
        """Whether the number stands up to every check of its kind."""
        return not self.problems

    @property
    def number(self) -> str:
        """The canonical form."""
        return self.parts.get("number", "")

    def as_json(self) -> dict[str, object]:
        """The form printed by ``./yizheng identify``."""
        return {"kind": self.kind.value, "valid": self.valid, "parts": self.parts, "problems": list(self.problems)}
