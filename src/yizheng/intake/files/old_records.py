"""The records of an old workbook (xls, BIFF5 and BIFF8, MS-XLS): what kind of cell stands where, what is hidden or merged.

The values are read by calamine; these records say what it does not: numbers, errors, formulas, merged cells, what is not shown.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from yizheng.intake.files.compound import CompoundFile
from yizheng.kernel.archives import ArchiveFault, BadArchive
from yizheng.kernel.places import letters

_BEGIN, _END = 0x809, 0x0A
_SHEET, _EPOCH, _PASSWORD = 0x85, 0x22, 0x2F
_FORMULAS = (0x06, 0x206, 0x406)
_ROW, _COLUMNS, _MERGED = 0x208, 0x7D, 0xE5
_NUMBERS, _SEVERAL_NUMBERS = (0x203, 0x27E), 0xBD
_TEXTS, _TRUTH_OR_ERROR = (0xFD, 0x204, 0xD6), 0x205


class HasPassword(ValueError):
    """The workbook is enciphered."""


@dataclass
class OldSheet:
    """What the records of one sheet say; rows and columns from 0."""

    place: int
    is_hidden: bool
    numbers: dict[int, set[int]] = field(default_factory=dict)
    """By column the rows in which a number stands."""
    errors: set[int] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    first_column: int = 1 << 16
    formula: str = ""
    merged: str = ""
    """The first formula, and the first merged cells; empty when there are none."""


@dataclass(frozen=True)
class OldWorkbook:
    """The sheets with cells in the order of the file, and whether days count from 1904."""

    sheets: tuple[OldSheet, ...]
    counts_from_1904: bool


def old_workbook(content: bytes) -> OldWorkbook:
    """What the records say. Raises BadArchive and HasPassword."""
    stream = CompoundFile(content).stream("Workbook", "Book")
    if stream is None:
        raise BadArchive(ArchiveFault.MISSING)
    sheets, from_1904 = [], False
    for kind, body in _records(stream, 0):
        if kind == _PASSWORD:
            raise HasPassword
        if kind == _EPOCH and len(body) >= 2:
            from_1904 = body[0] == 1
        if kind == _SHEET and len(body) >= 6 and body[5] == 0:
            sheets.append(OldSheet(int.from_bytes(body[:4], "little"), bool(body[4] & 3)))
    for sheet in sheets:
        for kind, body in _records(stream, sheet.place):
            _note(sheet, kind, body)
    return OldWorkbook(tuple(sheets), from_1904)


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Kind and content of the records of one part, without those of charts within it."""
    depth = 0
    while at + 4 <= len(stream):
        kind, length = (
            int.from_bytes(stream[at : at + 2], "little"),
            int.from_bytes(stream[at + 2 : at + 4], "little"),
        )
        body = stream[at + 4 : at + 4 + length]
        if len(body) < length:
            break
        at += 4 + length
        depth += (kind == _BEGIN) - (kind == _END)
        if depth <= 0:
            return
        if depth == 1:
            yield kind, body
    raise BadArchive(ArchiveFault.DAMAGED)


def _note(sheet: OldSheet, kind: int, body: bytes) -> None:
    row, column = int.from_bytes(body[:2], "little"), int.from_bytes(body[2:4], "little")
    if kind in _FORMULAS:
        sheet.formula = sheet.formula or f"{letters(column)}{row + 1}"
    elif kind in _NUMBERS:
        _number(sheet, row, column)
    elif kind == _SEVERAL_NUMBERS:
        for at in range((len(body) - 6) // 6):
            _number(sheet, row, column + at)
    elif kind == _TRUTH_OR_ERROR and len(body) >= 8:
        _number(sheet, row, column)
        if body[7]:
            sheet.errors.add(row)
    elif kind in _TEXTS:
        sheet.first_column = min(sheet.first_column, column)
    elif kind == _MERGED and len(body) >= 10:
        first, last, left, right = (int.from_bytes(body[at : at + 2], "little") for at in (2, 4, 6, 8))
        sheet.merged = sheet.merged or f"{letters(left)}{first + 1}:{letters(right)}{last + 1}"
    else:
        _note_hidden(sheet, kind, body)


def _note_hidden(sheet: OldSheet, kind: int, body: bytes) -> None:
    first, last = int.from_bytes(body[:2], "little"), int.from_bytes(body[2:4], "little")
    if kind == _ROW and len(body) >= 16 and body[12] & 0x20:
        sheet.hidden_rows.add(first)
    elif kind == _COLUMNS and len(body) >= 10 and body[8] & 1:
        sheet.hidden_columns |= set(range(first, last + 1))


def _number(sheet: OldSheet, row: int, column: int) -> None:
    sheet.numbers.setdefault(column, set()).add(row)
    sheet.first_column = min(sheet.first_column, column)
