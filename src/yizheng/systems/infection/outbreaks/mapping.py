"""病区图: where in the hospital cases of an event began, ward by ward and day by day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from yizheng.systems.infection.records.declaring import Row, day_of


@dataclass(frozen=True, slots=True)
class WardLine:
    """A ward with its new cases on each day shown."""

    name: str
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts)


def ward_map(rows: Iterable[Row], wards: Mapping[str, str], first: date, days: int) -> Sequence[WardLine]:
    """The wards in which cases began in the days from the first, the ward with most in front."""
    began: Counter[tuple[str, date]] = Counter()
    for row in rows:
        day = day_of(row.get("onset"))
        if day is not None and first <= day < first + timedelta(days=days):
            began[str(row.get("ward")), day] += 1
    every = {ward for ward, _ in began}
    lines = [
        WardLine(wards.get(ward, ward), tuple(began[ward, first + timedelta(days=number)] for number in range(days)))
        for ward in every
    ]
    return sorted(lines, key=lambda line: (-line.total, line.name))
