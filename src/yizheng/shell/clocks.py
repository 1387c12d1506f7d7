"""How a clock stands on the page: the words and the tone.

In ink while there is time, a warning at two working days or fewer, red when over, violet while it stands still
and grey before it starts; the sentence says why. Day counts are working days unless the ledger says otherwise.
"""

from dataclasses import dataclass

from yizheng.licensing.case_clock.clock import Clock

SOON = 2
"""Working days left at which a clock begins to warn."""


@dataclass(frozen=True, slots=True)
class Face:
    """A clock as words: short for a table, long for a page head, with the tone as a CSS class."""

    short: str
    long: str
    tone: str


def face(clock: Clock) -> Face:
    """The words and tone of a clock."""
    if clock.stopped:
        return Face(f"停计 · {clock.stopped}", f"停计：{clock.stopped}", "past")
    if clock.due_on is None:
        return Face("未起算", "时限未起算", "end")
    if clock.left < 0:
        return Face(f"超 {-clock.left} 日", f"超 {-clock.left} 个工作日", "bad")
    if clock.left == 0:
        return Face("今天", "今天到期", "warn")
    tone = "warn" if clock.left <= SOON else ""
    return Face(f"剩 {clock.left} 日", f"剩 {clock.left} 个工作日", tone)
