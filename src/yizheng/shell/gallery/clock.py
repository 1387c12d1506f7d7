"""A clock with given figures, for gallery pages."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class SampleClock:
    """See `yizheng.shell.clocks.ClockLike`."""

    left: int
    due_on: date | None
    total: int = 20
    sentence: str = ""
    stopped: str = ""
    runs: bool = True

    @property
    def used(self) -> int:
        """Days used."""
        return self.total - self.left

    @property
    def share(self) -> float:
        """The share used."""
        return min(1.0, self.used / self.total)


def due(left: int, month: int, day: int, total: int = 20, sentence: str = "") -> SampleClock:
    """A running clock that ends on a day of 2025."""
    return SampleClock(left, date(2025, month, day), total, sentence)


def stopped(reason: str, sentence: str = "") -> SampleClock:
    """A clock that stands still."""
    return SampleClock(6, None, 20, sentence, reason, runs=False)
