"""What all examinations of a person say, year by year, in the units of the items."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

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


def years_of(account: Account, person: Person) -> list[Year]:
    """Her years, the oldest first; nothing for who may not see examinations."""
    rows = list(
        Examination.objects.visible_to(account).standing().filter(person=person).select_related("round").order_by("on")
    )
    contents = sealing.opened([(person.subject_id, row.sealed) for row in rows])
    found: dict[int, Year] = {}
    for row, content in zip(rows, contents, strict=True):
        year = found.setdefault(row.round.year, Year(row.round.year, row.on))
        for code, kept in content.items():
            year.cells[code] = cell_of(kept)
            year.devices[code] = row.device
    return [found[year] for year in sorted(found)]


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
