"""What all examinations of a person say, year by year, in the units of the items."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from yizheng.people.models import Account
from yizheng.systems.sequelae import sealing
from yizheng.systems.sequelae.examinations.cells import Cell, cell_of
from yizheng.systems.sequelae.models import Examination, Person


@dataclass(slots=True)
class Year:
    """One year: its first day of examination, the cells by item, and the device each was measured with."""

    year: int
    on: date
    cells: dict[str, Cell] = field(default_factory=dict)
    devices: dict[str, str] = field(default_factory=dict)

    def number(self, code: str) -> float | None:
        """The value of an item; nothing where it was not measured or is a bound."""
        cell = self.cells.get(code)
        return cell.number if cell is not None and not cell.comparator else None

    @property
    def numbers(self) -> Mapping[str, float]:
        """All values that are numbers."""
        return {code: number for code in self.cells if (number := self.number(code)) is not None}


def years_of_many(account: Account | None, persons: Iterable[Person]) -> dict[int, list[Year]]:
    """The years of persons by key, the oldest first; nothing for who may not see examinations. The system (no account) sees all."""
    subjects = {each.pk: each.subject_id for each in persons}
    seen = Examination.objects.all() if account is None else Examination.objects.visible_to(account)
    columns = ("person_id", "round__year", "on", "device", "sealed", "source_id", "id")
    kept = list(seen.filter(withdrawn=False, person__in=subjects).values_list(*columns))
    rows = [row[:5] for row in _in_order(kept)]
    contents = sealing.opened([(subjects[person], sealed) for person, _, _, _, sealed in rows])
    found: dict[int, dict[int, Year]] = {}
    for (person, number, on, device, _), content in zip(rows, contents, strict=True):
        year = found.setdefault(person, {}).setdefault(number, Year(number, on))
        for code, kept in content.items():
            year.cells[code] = cell_of(kept)
            year.devices[code] = device
    return {person: [years[number] for number in sorted(years)] for person, years in found.items()}


def _in_order(rows: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """By day; what one source said of a round in the order it was loaded, so that a supplement lies over what stood before it."""
    found = list(rows)
    first: dict[tuple[int, int, int], date] = {}
    for person, year, on, _, _, source, _ in found:
        key = (person, year, source)
        first[key] = min(on, first.get(key, on))
    return sorted(found, key=lambda row: (first[row[0], row[1], row[5]], row[5], row[6]))


def years_of(account: Account, person: Person) -> list[Year]:
    """The years of one person."""
    return years_of_many(account, [person]).get(person.pk, [])


def changes_of_device(years: list[Year], code: str) -> list[tuple[int, str]]:
    """The years in which an item was first measured with another device, and which."""
    found, last = [], ""
    for year in years:
        device = year.devices.get(code, "")
        if year.number(code) is None or not device:
            continue
        if last and device != last:
            found.append((year.year, device))
        last = device
    return found
