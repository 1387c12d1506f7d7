"""Rates, shares and process indicators of hospital infection: each a numerator over a denominator, never an average of rates."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

Counts = Mapping[str, float]


def ratio(numerator: float | None, denominator: float | None, multiplier: float = 1) -> float | None:
    """A numerator over its denominator, times 100 for percent, 1000 for per mille; nothing without either or over zero."""
    if numerator is None or not denominator:
        return None
    return numerator * multiplier / denominator


PERCENT, PER_MILLE = 100, 1000


@dataclass(frozen=True, slots=True)
class Share:
    """An indicator in percent: its name and the items that are summed above and below the line."""

    name: str
    above: str
    below: tuple[str, ...]

    def of(self, items: Counts) -> float | None:
        """Its value in percent."""
        return ratio(items[self.above], sum(items[each] for each in self.below), PERCENT)

    def reported(self, items: Counts) -> bool:
        """Whether all its items are there; zero reported is not the same as not reported."""
        return self.above in items and all(each in items for each in self.below)


PROCESS = (
    Share("hand_hygiene_compliance", "hh_acts", ("hh_opportunities",)),
    Share("hand_hygiene_correct", "hh_correct_acts", ("hh_acts",)),
    Share("sampling_before_treatment", "treated_sampled_before", ("treated",)),
    Share("restricted_sampling_before", "restricted_sampled_before", ("restricted_treated",)),
    Share("special_sampling_before", "special_sampled_before", ("special_treated",)),
    Share("clean_prophylaxis", "clean_prophylaxis", ("clean_operations",)),
    Share("missed_cases", "missed_cases", ("reported_cases", "missed_cases")),
    Share("discharge_antibacterial_use", "discharges_with_antibacterials", ("discharges",)),
)
"""The process indicators, in the order they are shown in."""
PROCESS_ITEMS = frozenset(item for each in PROCESS for item in (each.above, *each.below))


def summed(rows: Iterable[Mapping[str, object]], unit: str) -> dict[str, dict[str, float]]:
    """The items of each unit, in the order units first appear; an item given again adds up."""
    found: dict[str, dict[str, float]] = {}
    for row in rows:
        items = found.setdefault(str(row[unit]), defaultdict(float))
        items[str(row["item"])] += float(str(row["value"]))
    return {name: dict(items) for name, items in found.items()}


@dataclass(frozen=True, slots=True)
class Stratum:
    """What was observed in a stratum, and the rate it is compared with: per multiplier, or from counts, unrounded."""

    name: str
    observed: int
    denominator: float
    multiplier: float
    reference_rate: float | None
    reference_events: float | None
    reference_denominator: float | None

    @property
    def rate(self) -> float | None:
        """The observed rate per multiplier."""
        return ratio(self.observed, self.denominator, self.multiplier)

    @property
    def reference(self) -> float | None:
        """The reference rate per multiplier."""
        share = ratio(self.reference_events, self.reference_denominator)
        return self.reference_rate if share is None else share * self.multiplier

    @property
    def expected(self) -> float | None:
        """How many would be expected at the reference rate."""
        share = ratio(self.reference_events, self.reference_denominator)
        if share is not None:
            return self.denominator * share
        return None if self.reference_rate is None else self.denominator / self.multiplier * self.reference_rate


@dataclass(frozen=True, slots=True)
class Standardised:
    """A row of indirect standardisation: a stratum, or the total of a set."""

    name: str
    observed: int
    rate: float | None
    reference: float | None
    expected: float | None

    @property
    def ratio(self) -> float | None:
        """Observed over expected (SIR)."""
        return ratio(self.observed, self.expected)

    def shown(self, minimum_expected: float) -> float | None:
        """The ratio, unless too few are expected to print it."""
        return self.ratio if (self.expected or 0) >= minimum_expected else None


TOTAL = "TOTAL"


def standardised(sets: Mapping[str, Sequence[Stratum]]) -> Iterator[tuple[str, Standardised]]:
    """Each stratum of each set and then the total of the set: what was observed over what was expected, summed."""
    for name, members in sets.items():
        for each in members:
            yield name, Standardised(each.name, each.observed, each.rate, each.reference, each.expected)
        expected = [each.expected for each in members]
        observed, people = sum(each.observed for each in members), sum(each.denominator for each in members)
        whole = None if None in expected else sum(filter(None, expected))
        yield name, Standardised(TOTAL, observed, ratio(observed, people, members[0].multiplier), None, whole)
