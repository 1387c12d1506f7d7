"""A row of a file as what it says: whose it is, the day, the cells by item, and what of it cannot be read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from yizheng.kernel.chinese_dates import parse_date
from yizheng.kernel.linkage.scoring import Record
from yizheng.systems.sequelae.examinations.cells import Cell, Unreadable, read_cell
from yizheng.systems.sequelae.examinations.checks import STOPS, Fault
from yizheng.systems.sequelae.examinations.fields import fields
from yizheng.systems.sequelae.examinations.headings import BIRTH, CODE, DAY, NAME, NUMBER, PEOPLE, SEX, TEXT, place
from yizheng.systems.sequelae.examinations.units import converted

SEXES = {"男": "male", "女": "female", "1": "male", "2": "female", "M": "male", "F": "female"}
Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """What one row says."""

    record: Record
    on: date | None
    cells: Mapping[str, Cell]
    faults: tuple[Fault, ...]
    text: str = ""
    """What was found, in the words of who examined."""

    @property
    def bounds(self) -> dict[str, float]:
        """The values behind a comparator: not compared with others, and possible all the same."""
        return {code: cell.number for code, cell in self.cells.items() if cell.number is not None and cell.comparator}

    @property
    def numbers(self) -> dict[str, float]:
        """The values that are numbers without a comparator."""
        return {
            code: cell.number for code, cell in self.cells.items() if cell.number is not None and not cell.comparator
        }


def read_row(texts: Texts, kept: Mapping[str, list[str]]) -> Row:
    """The row of the texts under its headings."""
    placed = {heading: at for heading in texts if (at := place(heading, kept)) is not None}
    said = {code: texts[heading] for heading, (code, _) in placed.items()}
    words = "。".join(
        texts[heading].strip() for heading, (code, _) in placed.items() if code == TEXT and texts[heading].strip()
    )
    cells, faults = {}, []
    for heading, (code, unit) in placed.items():
        if code not in fields():
            continue
        try:
            cells[code] = converted(code, read_cell(texts[heading], said.get(f"{code}:range", "")), unit)
        except Unreadable as unreadable:
            faults.append(Fault("X00", code, f"{fields()[code].title}：{unreadable}", STOPS))
    people = {name: said.get(name, "").strip() for name in PEOPLE}
    record = Record(
        people[NAME], SEXES.get(people[SEX].upper(), ""), parse_date(people[BIRTH]) if people[BIRTH] else None,
        people[NUMBER], people[CODE],
    )  # fmt: skip
    on = parse_date(people[DAY]) if people[DAY] else None
    if people[DAY] and on is None:
        faults.append(Fault("X00", DAY, f"体检日期“{people[DAY][:20]}”不是日期", STOPS))
    if people[BIRTH] and record.birth is None:
        faults.append(Fault("X00", BIRTH, f"出生日期“{people[BIRTH][:20]}”不是日期"))
    return Row(record, on, cells, tuple(faults), words)
