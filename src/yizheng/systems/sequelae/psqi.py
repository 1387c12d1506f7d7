"""PSQI, the quality of sleep of the last month: eighteen answers make seven components of 0 to 3, added up (Buysse 1989).

Items 1 and 3 are times of the clock written in four digits (2230), items 2 and 4 minutes. Above 7 sleep is called bad in China, above 5
in the original. Hours in bed run over midnight.
"""

from collections.abc import Mapping, Sequence

ITEMS = ("1", "2", "3", "4", *(f"5{each}" for each in "abcdefghij"), "6", "7", "8", "9")
BED, FALLING, RISING, SLEPT = ITEMS[:4]
RANGES = {BED: (0, 2359), FALLING: (0, 600), RISING: (0, 2359), SLEPT: (0, 1440)}
BAD, BAD_ORIGINAL = 7, 5
COMPONENTS = ("睡眠质量", "入睡时间", "睡眠时间", "睡眠效率", "睡眠障碍", "催眠药物", "日间功能")
DAY = 24 * 60


def clock(said: int) -> int | None:
    """Minutes since midnight of a time in four digits; nothing where there is no such time."""
    hours, minutes = divmod(said, 100)
    return hours * 60 + minutes if hours < 24 and minutes < 60 else None


def components(answers: Mapping[str, int]) -> dict[str, int] | None:
    """The seven components; nothing where an answer is missing or a time is none."""
    if any(item not in answers for item in ITEMS):
        return None
    bed, rising = clock(answers[BED]), clock(answers[RISING])
    in_bed = (rising - bed) % DAY if bed is not None and rising is not None else 0
    if not in_bed:
        return None
    slept, efficiency = answers[SLEPT] / 60, 100 * answers[SLEPT] / in_bed
    falling = _above(answers[FALLING], (15, 30, 60)) + answers["5a"]
    disturbed = sum(answers[f"5{each}"] for each in "bcdefghij")
    found = (
        answers["6"], _above(falling, (0, 2, 4)), 0 if slept > 7 else 1 if slept >= 6 else 2 if slept >= 5 else 3,
        0 if efficiency >= 85 else 1 if efficiency >= 75 else 2 if efficiency >= 65 else 3,
        _above(disturbed, (0, 9, 18)), answers["7"], _above(answers["8"] + answers["9"], (0, 2, 4)),
    )  # fmt: skip
    return dict(zip(COMPONENTS, found, strict=True))


def _above(value: int, limits: Sequence[int]) -> int:
    """How many of the limits a value exceeds."""
    return sum(value > each for each in limits)
