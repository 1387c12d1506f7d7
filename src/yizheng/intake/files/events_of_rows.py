"""Rows of a sheet (xlsx) that is not written in the plain way: read by events, and written anew in the plain way.

What is looked at is the text between tags and the few attributes that mean something. Where two programs could read
such a sheet differently (a row or a cell twice, a cell that says it stands in another row) it is refused as damaged.
"""

import re
from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape

from yizheng.intake.files.refusing import UnreadableFile, has_formula
from yizheng.intake.files.rich_text import CARRIAGE_RETURN, NOT_IN_XML
from yizheng.intake.files.xml_events import XmlEvents, is_on, unescaped
from yizheng.kernel.archives import Archive, ArchiveFault, BadArchive
from yizheng.kernel.places import column_number, letters

_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_AT_ONCE = 20_000
_TEXTS = ("str", "inlineStr")
_KINDS = ("", "n", "s", "b", "e", "d", *_TEXTS)
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384
_FIGURE = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?", re.ASCII)
_VALUES = {"": _FIGURE, "n": _FIGURE, "s": re.compile(r"\d+", re.ASCII), "b": re.compile(r"[01]|true|false")}
"""What stands in a cell that is no text, by its type."""


class Surroundings:
    """What stands around the rows: columns that are not shown, and merged cells behind all rows.

    Fed with the markup before and behind the rows, which together are a whole document.
    """

    def __init__(self) -> None:
        self.hidden_columns: set[int] = set()
        """From 0."""
        self.rows_are_hidden = False
        """Whether a row that says nothing of it is hidden."""
        self.merged = ""
        """The first merged cells, empty when there are none."""
        self._events = XmlEvents(self.started)

    def feed(self, piece: bytes, *, final: bool = False) -> None:
        """Read on. Raises BadArchive."""
        self._events.feed(piece, final=final)

    def started(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if name == "col" and is_on(attributes, "hidden"):
            first, last = attributes.get("min", ""), attributes.get("max", "")
            if first.isdecimal() and last.isdecimal():
                self.hidden_columns |= set(range(int(first) - 1, min(int(last), _MOST_COLUMNS)))
        elif name == "sheetFormatPr" and is_on(attributes, "zeroHeight"):
            self.rows_are_hidden = True
        elif name == "mergeCell" and not self.merged:
            self.merged = attributes.get("ref", "?")


Piece = tuple[bytes, list[int], list[bool]]


def rows_by_events(
    archive: Archive, part: str, name: str, title: str, around: Surroundings, behind: int
) -> Iterator[Piece]:
    """Markup, numbers and hiding of the rows behind the row ``behind``. Raises UnreadableFile and BadArchive."""
    reading = _Reading(name, title, around, behind)
    events = XmlEvents(reading.started, reading.ended, reading.text)
    with archive.open(part) as stream:
        for piece in stream:
            events.feed(piece)
            if len(reading.numbers) >= _AT_ONCE:
                yield reading.taken()
    events.feed(b"", final=True)
    if reading.numbers:
        yield reading.taken()


class _Reading:
    """The state between two events."""

    def __init__(self, name: str, title: str, around: Surroundings, behind: int) -> None:
        self.numbers: list[int] = []
        self._markup: list[str] = []
        self._hidden: list[bool] = []
        self._name, self._title, self._around, self._behind = name, title, around, behind
        self._inside = self._reading = False
        self._row = self._column = 0
        self._is_numbered = self._hides = False
        self._cells: list[str] | None = None
        self._cell: Mapping[str, str] | None = None
        self._text: list[str] = []
        self._collecting = ""
        self._holders: list[str] = []

    def taken(self) -> Piece:
        """What was read since the last time."""
        piece = "".join(self._markup).encode(), self.numbers, self._hidden
        self._markup, self.numbers, self._hidden = [], [], []
        return piece

    def started(self, name: str, attributes: Mapping[str, str]) -> None:
        if not self._inside:
            self._inside = name == "sheetData"
            self._around.started(name, attributes)
        elif name == "row":
            self._begin_row(attributes)
        elif name == "c":
            self._begin_cell(attributes)
        elif name == "f":
            raise self._formula()
        elif name == "rPh":
            self._reading = True
        elif name in ("v", "t", "is") and not self._reading:
            self._collecting = name if name != "is" else ""
            self._holders.append(name)

    def ended(self, name: str) -> None:
        if name == "sheetData":
            self._inside = False
        elif name == "row" and self._cells is not None:
            self._end_row(self._cells)
        elif name == "c" and self._cell is not None:
            self._end_cell(self._cell)
        elif name == "rPh":
            self._reading = False
        self._collecting = ""

    def text(self, piece: str) -> None:
        if self._collecting and self._cell is not None:
            self._text.append(piece)

    def _begin_row(self, attributes: Mapping[str, str]) -> None:
        if self._cells is not None:
            raise BadArchive(ArchiveFault.DAMAGED)
        told = attributes.get("r", "").strip()
        number = int(told) if told.isdecimal() else self._row + 1
        if number <= self._row or number > _MOST_ROWS or (told and not told.isdecimal()):
            raise BadArchive(ArchiveFault.DAMAGED)
        self._row, self._column, self._cells, self._is_numbered = number, 0, [], bool(told)
        shown = attributes.get("hidden", "") in ("0", "false") or not self._around.rows_are_hidden
        self._hides = is_on(attributes, "hidden") or not shown

    def _end_row(self, cells: list[str]) -> None:
        if self._row > self._behind:
            self._markup.append(f'<row r="{self._row}">{"".join(cells)}</row>')
            self.numbers.append(self._row)
            self._hidden.append(self._hides)
        self._cells = None

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        if self._cells is None:
            raise BadArchive(ArchiveFault.DAMAGED)
        column, told = self._column + 1, attributes.get("r")
        if told is not None:
            place = _REFERENCE.fullmatch(told.replace("$", "").strip().upper())
            if place is None or (int(place[2]) != self._row and self._row_is_told(int(place[2]))):
                raise BadArchive(ArchiveFault.DAMAGED)
            column = column_number(place[1])
        if column <= self._column or column > _MOST_COLUMNS or attributes.get("t", "") not in _KINDS:
            raise BadArchive(ArchiveFault.DAMAGED)
        self._column, self._cell, self._text, self._holders = column, attributes, [], []

    def _row_is_told(self, number: int) -> bool:
        """Whether a cell contradicts its row; the first cell of a row without a number gives it one."""
        if self._column == 0 and number > self._row and not self._is_numbered:
            self._row = number
        return number != self._row

    def _end_cell(self, cell: Mapping[str, str]) -> None:
        kind, text = cell.get("t", ""), "".join(self._text)
        self._cell = None
        two_values = "v" in self._holders and (len(self._holders) > 1 or kind == "inlineStr")
        if self._cells is None or two_values or self._holders.count("is") > 1:
            raise BadArchive(ArchiveFault.DAMAGED)
        if kind in _TEXTS:
            kind, text = "str", NOT_IN_XML.sub("", unescaped(text))
        else:
            text = text.strip()
        if not text:
            return
        if kind in _VALUES and not _VALUES[kind].fullmatch(text):
            raise BadArchive(ArchiveFault.DAMAGED)
        style = cell.get("s", "")
        styled = f' s="{style}"' if style.isdecimal() else ""
        typed = f' t="{kind}"' if kind else ""
        place = f"{letters(self._column - 1)}{self._row}"
        self._cells.append(f'<c r="{place}"{styled}{typed}><v>{escape(text, CARRIAGE_RETURN)}</v></c>')

    def _formula(self) -> UnreadableFile:
        return has_formula(self._name, self._title, f"{letters(max(0, self._column - 1))}{self._row}")
