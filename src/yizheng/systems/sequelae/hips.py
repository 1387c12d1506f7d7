"""The Harris hip score: pain, function, deformity and motion, a hip at a time."""

from collections.abc import Mapping
from functools import cache

from yizheng.systems.sequelae.tables import rows

MOTION_FACTOR, MOST_MOTION = 0.05, 5
"""Degrees times their index, times this; the full table adds up to a little more than the points there are."""
BANDS = {
    "flexion_deg": ((45, 1.0), (90, 0.6), (110, 0.3)),
    "abduction_deg": ((15, 0.8), (20, 0.3)),
    "external_rotation_deg": ((15, 0.4),),
    "adduction_deg": ((15, 0.2),),
}
"""For each motion: up to how many degrees a degree counts how much; beyond the last nothing."""
GRADES = ((90, "excellent"), (80, "good"), (70, "fair"))


@cache
def points() -> Mapping[str, frozenset[float]]:
    """The points that may be given for each item."""
    found: dict[str, set[float]] = {}
    for row in rows("harris"):
        found.setdefault(row["item"], set()).add(float(row["points"]))
    return {item: frozenset(allowed) for item, allowed in found.items()}


def motion(degrees: Mapping[str, float]) -> float:
    """The points for motion."""
    total = 0.0
    for name, bands in BANDS.items():
        start = 0.0
        for end, index in bands:
            total += max(0.0, min(degrees[name], end) - start) * index
            start = end
    return min(MOTION_FACTOR * total, MOST_MOTION)


def grade(total: float) -> str:
    """What a total is called."""
    return next((name for least, name in GRADES if total >= least), "poor")
