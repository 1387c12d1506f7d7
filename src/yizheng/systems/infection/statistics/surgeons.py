"""A surgeon's figures (WS/T 312, C.1–C.6) beside indirect standardisation, and why one of them cannot be given."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from yizheng.kernel.statistics.intervals import poisson_mid_p
from yizheng.systems.infection.rates import PERCENT, ratio
from yizheng.systems.infection.records.declaring import Row
from yizheng.systems.infection.statistics.indicators import CONFIDENCE, LEAST_EXPECTED
from yizheng.systems.infection.statistics.risk import index_of, lacking
from yizheng.systems.infection.surgery import Surgeon

Reference = Mapping[tuple[str, int], tuple[int, int]]
"""Operations and infections of the whole city by category and risk index."""


@dataclass
class SurgeonFigures:
    """What one surgeon's operations say."""

    code: str
    rated: Surgeon = field(default_factory=Surgeon)
    operations: int = 0
    infections: int = 0
    lacking: Counter[str] = field(default_factory=Counter)
    observed: int = 0
    expected: float = 0.0
    compared: int = 0

    def count(self, row: Row, reference: Reference) -> None:
        """Add an operation."""
        infected = row.get("ssi") not in (None, "", "0")
        self.operations += 1
        self.infections += infected
        index = index_of(row)
        if index is None:
            self.lacking.update(lacking(row))
            return
        self.rated.operations[index] += 1
        self.rated.infections[index] += infected
        operations, infections = reference.get((str(row.get("category")), index), (0, 0))
        if operations:
            self.compared += 1
            self.observed += infected
            self.expected += infections / operations

    @property
    def rate(self) -> float | None:
        """C.3: infections per 100 operations, all of them."""
        return ratio(self.infections, self.operations, PERCENT)

    @property
    def mean_index(self) -> float | None:
        """C.5: the mean risk index of the operations that have one."""
        return self.rated.mean_index

    @property
    def adjusted(self) -> float | None:
        """C.6: the rate over the mean index; nothing where that is 0 or not known."""
        return ratio(self.rate, self.mean_index)

    @property
    def ratio(self) -> float | None:
        """Observed over expected; nothing where too few are expected."""
        enough = round(self.expected, 9) >= LEAST_EXPECTED  # ten tenths are one
        return self.observed / self.expected if enough else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The mid-P interval of the ratio."""
        if self.ratio is None:
            return None
        low, high = poisson_mid_p(self.observed, CONFIDENCE)
        return low / self.expected, high / self.expected

    @property
    def by_index(self) -> list[tuple[int, int, int, float | None]]:
        """C.4: of each index operations, infections and rate."""
        rated = self.rated
        return [
            (index, rated.operations[index], rated.infections[index], ratio(rated.infections[index], rated.operations[index], PERCENT))
            for index in range(4)
        ]  # fmt: skip

    def reasons(self) -> list[str]:
        """Why a figure is missing, or rests on less than all operations; each a sentence for the surgeon."""
        unrated = self.operations - self.rated.total
        found = []
        if unrated:
            parts = "，".join(f"{words} {number} 台" for words, number in self.lacking.most_common())
            found.append(f"{unrated} 台手术评不出危险指数：{parts}。这些手术计入专率，不计入平均危险指数和标化比。")
        if not self.rated.total:
            found.append("没有一台手术评得出危险指数，平均危险指数和调正率为“—”。")
        elif not self.mean_index:
            found.append("有危险指数的手术全部是 0 级，平均危险指数为 0，除以 0 没有意义：调正率为“—”，不是 0。")
        if self.ratio is None:
            found.append(
                f"按全市同类手术、同一危险指数的感染率，这 {self.compared} 台手术预期 {self.expected:.2f} 例，不足 {LEAST_EXPECTED:g} 例。"
                "一例之差就会使比值大幅变动，所以标化比为“—”；手术再多一些，或者把期间放长，就会给出。"
            )
        return found


def surgeons(rows: Iterable[Row], reference: Reference) -> dict[str, SurgeonFigures]:
    """The surgeons of the rows by code."""
    found: dict[str, SurgeonFigures] = {}
    for row in rows:
        code = str(row.get("surgeon") or "")
        if code:
            found.setdefault(code, SurgeonFigures(code)).count(row, reference)
    return dict(sorted(found.items()))


def reference_of(months: Iterable[Mapping[str, int]]) -> dict[tuple[str, int], tuple[int, int]]:
    """The city's operations and infections by category and index, from the counts of its sheets."""
    found: dict[tuple[str, int], list[int]] = defaultdict(lambda: [0, 0])
    for counts in months:
        for item, number in counts.items():
            parts = item.split(".")
            if len(parts) == 4 and parts[0] == "operation" and parts[2].isdigit():
                found[parts[1], int(parts[2])][parts[3] == "ssi"] += number
    return {key: (operations, infections) for key, (operations, infections) in found.items()}
