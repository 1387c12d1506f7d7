"""Rule A: several patients of one ward with one organism within days."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Onset:
    """An infection's beginning."""

    day: date
    ward: str
    organism: str
    patient: str
    site: str = ""
    newborn: bool = False


def first_alarm(onsets: Iterable[Onset], patients: int, days: int) -> date | None:
    """The onset that completes the number of different patients in one ward with one organism, both ends of the days counted."""
    together: defaultdict[tuple[str, str], list[Onset]] = defaultdict(list)
    for each in sorted(onsets, key=lambda each: each.day):
        of_kind = together[each.ward, each.organism]
        of_kind.append(each)
        since = each.day - timedelta(days=days - 1)
        if len({other.patient for other in of_kind if other.day >= since}) >= patients:
            return each.day
    return None


@dataclass(frozen=True, slots=True)
class Cluster:
    """Every patient of windows with enough of them, and the day the last of these windows ends."""

    day: date
    patients: frozenset[str]


def clustered(onsets: Iterable[Onset], patients: int, days: int) -> Cluster | None:
    """The patients of one ward and organism in any window of so many days, wherever it lies, that holds enough of them."""
    listed = sorted(onsets, key=lambda each: each.day)
    inside: set[str] = set()
    last: date | None = None
    for end in listed:
        window = {each.patient for each in listed if end.day - timedelta(days=days) < each.day <= end.day}
        if len(window) >= patients:
            inside |= window
            last = end.day
    return Cluster(last, frozenset(inside)) if last is not None else None
