"""Beds and departments against the licence, departments nobody reports for, codes of people no register knows at the hospital."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

SUBJECTS: Mapping[str, tuple[str, ...]] = {
    "icu": ("28",),
    "newborn": ("07.01", "07"),
    "surgery": ("04", "05", "08", "10", "11", "12"),
    "dialysis": ("03.06", "03"),
}
"""The kinds of units, each with the subjects of the licence of which one allows it."""
NAMES = {"icu": "重症监护病房", "newborn": "新生儿病房", "surgery": "外科病区", "dialysis": "血液透析室"}
EXPECTED = {"28": "icu", "07.01": "newborn", "04": "surgery"}
"""Subjects of the licence behind which a unit is expected that reports."""


@dataclass(frozen=True, slots=True)
class Ward:
    """A unit as the hospital registered it for reporting."""

    name: str
    kind: str
    beds: int


@dataclass(frozen=True, slots=True)
class Difference:
    """What does not agree: of which matter, what is reported, what is registered."""

    matter: str
    reported: str
    registered: str


def of_licence(wards: Sequence[Ward], beds: int, subjects: Collection[str], names: Mapping[str, str]) -> Iterator[Difference]:  # fmt: skip
    """The units beside a licence; as many beds as licensed is in order."""
    together = sum(each.beds for each in wards)
    if together > beds:
        yield Difference("床位", f"监测科室合计 {together} 张", f"执业登记 {beds} 张")
    for each in wards:
        if each.kind in SUBJECTS and not any(_within(subject, SUBJECTS[each.kind]) for subject in subjects):
            wanted = "、".join(names.get(code, code) for code in SUBJECTS[each.kind])
            yield Difference("科室没有诊疗科目", each.name, f"没有登记{wanted}")
    kinds = {each.kind for each in wards}
    for subject, kind in EXPECTED.items():
        if kind not in kinds and any(_within(each, (subject,)) for each in subjects):
            yield Difference("缺监测科室", f"没有{NAMES[kind]}", f"登记有{names.get(subject, subject)}")


def _within(subject: str, allowed: Collection[str]) -> bool:
    return any(subject == each or subject.startswith(f"{each}.") for each in allowed)


def of_people(matter: str, codes: Collection[str], here: Collection[str], elsewhere: Collection[str]) -> Iterator[Difference]:  # fmt: skip
    """Codes of people that the register knows elsewhere, or nowhere; in words that name at most five."""
    for found, words in (
        (sorted(set(codes) & set(elsewhere) - set(here)), "登记在其他机构"),
        (sorted(set(codes) - set(elsewhere) - set(here)), "登记簿里没有这个执业证书编码"),
    ):
        if found:
            shown = "、".join(found[:5]) + (f" 等 {len(found)} 个" if len(found) > 5 else "")
            yield Difference(matter, shown, words)
