"""How much data a measurement stands on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """So many people are known, the first `doctors` of them registered; so many institutions."""

    name: str
    title: str
    people: int
    doctors: int
    institutions: int
    registrations: int
    """How often a doctor's registration was stated: each time beyond the first makes two versions and closes one."""
    hidden: bool = False
    """For trying a question while it is written; its figures say nothing."""


SCALES = {
    scale.name: scale
    for scale in (
        Scale("hamlet", "试用", 1_200, 600, 60, 3, hidden=True),
        Scale("town", "一镇", 30_000, 14_000, 1_200, 4, hidden=True),
        Scale("city", "一市", 400_000, 300_000, 12_000, 2),
        Scale("country", "全国", 10_000_000, 4_800_000, 400_000, 3),
    )
}
