"""The rows of a sheet (xlsx) in pieces of one plain markup, whoever wrote the sheet.

Most programs write rows in one plain way; it is recognised by a pattern over each whole row and cut as it is, but for runs of
different looks and characters written as numbers, which are rewritten first (`rich_text`). From the
first row that is written otherwise (prefixes, single quotes, comments, formulas) the
sheet is read by events and its rows are written anew in the plain way. Either way a row is never read by half.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from yizheng.intake.files.events_of_rows import Surroundings, rows_by_events
from yizheng.intake.files.refusing import has_merged_cells
from yizheng.intake.files.rich_text import decoded, has_coded_number, without_runs
from yizheng.kernel.archives import Archive, ArchiveFault, BadArchive, MemberStream

PIECE = 16 * 1024 * 1024
BEGINNING = 256 * 1024
ROW_END = "</row>"
_DATA = b"<sheetData>"
_DATA_END = b"</sheetData>"
_LONGEST_ROW = 4 * PIECE
_EMPTY_ROW = r"<row([^<>]*)/>"
_VALUE = r"(?:<v>[-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?</v>)?"
_CELL = (
    r"<c(?: r=\"[A-Z]{1,3}[0-9]{1,7}\")?"
    r"(?:(?: s=\"[0-9]+\")?/>"
    rf"|(?: s=\"[0-9]+\")?(?: t=\"[nb]\")?(?: s=\"[0-9]+\")?>{_VALUE}</c>"
    r"|(?: s=\"[0-9]+\")?(?: t=\"(?:s|str|e)\")(?: s=\"[0-9]+\")?><v>[^<]*</v></c>"
    r"|(?: s=\"[0-9]+\")?(?: t=\"inlineStr\")(?: s=\"[0-9]+\")?><is><t(?: xml:space=\"preserve\")?>[^<]*</t></is></c>)"
)
_PLAIN_ROW = rf"^\s*<row(?: [\w:.]+=\"[^\"<>&]*\")*\s*>\s*(?:{_CELL}\s*)*$"
_NUMBER = r"^\s*<row[^>]*? r=\"([0-9]{1,7})\""
_NUMBER_OF_CELL = r"<c r=\"[A-Z]+([0-9]+)\""
_HIDDEN, _SHOWN = (rf"^\s*<row[^>]*? hidden=\"(?:{flag})\"" for flag in ("1|true", "0|false"))


@dataclass(frozen=True, slots=True)
class Rows:
    """Whole rows in plain markup, with the number of each and whether it is hidden.

    ``named`` says whether the markup itself gives the numbers.
    """

    markup: bytes
    numbers: pl.Series
    hidden: pl.Series
    named: bool = True

    @property
    def first(self) -> int:
        """The number of the first row."""
        return int(self.numbers[0])

    @property
    def last(self) -> int:
        """The number of the last row."""
        return int(self.numbers[-1])


class NotPlain(Exception):
    """The sheet is written in another way from behind row ``last`` on."""

    def __init__(self, last: int) -> None:
        super().__init__(last)
        self.last = last


@dataclass(frozen=True, slots=True)
class Around:
    """The markup before the rows, or behind them, as it stands in a plain sheet."""

    markup: bytes


def rows_of(archive: Archive, part: str, name: str, title: str, around: Surroundings) -> Iterator[Rows]:
    """The rows of a sheet; ``around`` is told what stands about them. Raises UnreadableFile and BadArchive."""
    try:
        for piece in plain_pieces(archive, part, around):
            if isinstance(piece, Rows):
                yield piece
    except NotPlain as otherwise:
        for markup, numbers, hidden in rows_by_events(archive, part, name, title, around, otherwise.last):
            yield Rows(markup, pl.Series(numbers, dtype=pl.Int64), pl.Series(hidden, dtype=pl.Boolean))
    if around.merged:
        raise has_merged_cells(name, title, around.merged)


def plain_pieces(
    archive: Archive, part: str, around: Surroundings, beginning: int = 0, piece: int = 0
) -> Iterator[Rows | Around]:
    """The whole sheet in pieces, the first about ``beginning`` long so that a heading is read without the rest.

    Raises NotPlain where the sheet is written otherwise.
    """
    last = 0
    with archive.open(part) as stream:
        before, rest = _opening(stream, beginning or BEGINNING)
        around.feed(before)
        yield Around(before)
        for markup in _whole_rows(stream, rest, piece or PIECE):
            if markup.endswith(ROW_END.encode()):
                rows = _plain_rows(markup, last, hidden=around.rows_are_hidden)
                last = rows.last
                yield rows
            else:
                yield from _closing(markup, last, around)


def _opening(stream: MemberStream, beginning: int) -> tuple[bytes, bytes]:
    """The markup before the rows, and what was read behind it."""
    start = stream.read(beginning)
    at = start.find(_DATA)
    head = start[: at + len(_DATA)]
    declared = re.match(rb"(?:\xef\xbb\xbf)?<\?xml[^>]*encoding=[\"']([^\"']*)", head)
    if at < 0 or b"<!" in head or (declared and declared[1].lower() != b"utf-8"):
        raise NotPlain(0)
    return head, start[len(head) :]


def _whole_rows(stream: MemberStream, rest: bytes, piece: int) -> Iterator[bytes]:
    """Pieces that end behind a row; the last one is what stands behind all rows."""
    end = ROW_END.encode()
    while True:
        cut = rest.rfind(end)
        if cut >= 0:
            yield rest[: cut + len(end)]
            rest = rest[cut + len(end) :]
        more = stream.read(piece)
        if not more:
            break
        rest += more
        if len(rest) > _LONGEST_ROW and end not in rest:
            raise BadArchive(ArchiveFault.DAMAGED)
    yield rest


def _closing(markup: bytes, last: int, around: Surroundings) -> Iterator[Rows | Around]:
    """What stands behind the last row; rows without any cell may come first."""
    at = markup.find(_DATA_END)
    empty = markup[:at].strip()
    if at < 0 or (empty and not re.fullmatch(rb"(?:<row[^<>]*/>\s*)+", empty)):
        raise NotPlain(last)
    if empty:
        yield _plain_rows(markup[:at], last, hidden=around.rows_are_hidden)
    around.feed(markup[at:], final=True)
    yield Around(markup[at:])


def _plain_rows(markup: bytes, before: int, *, hidden: bool) -> Rows:
    """The rows, if every one of them is plain; numbers must rise."""
    try:
        said = without_runs(markup.decode())
    except UnicodeDecodeError:
        raise NotPlain(before) from None
    text = pl.Series([said])
    if text.str.contains(_EMPTY_ROW).any():
        text = text.str.replace_all(_EMPTY_ROW, f"<row$1>{ROW_END}")
    rows = text.str.split(ROW_END).explode().head(-1)
    if not rows.str.contains(_PLAIN_ROW).all():
        raise NotPlain(before)
    numbers, named = _numbers(rows, before)
    hides = ~rows.str.contains(_SHOWN) if hidden else rows.str.contains(_HIDDEN)
    return Rows(_written(str(text.item()), before).encode().rstrip(), numbers, hides, named)


def _written(markup: str, before: int) -> str:
    """Plain rows with every character written as itself."""
    if "_x" not in markup:
        return markup
    if has_coded_number(markup):
        raise NotPlain(before)
    return decoded(markup)


def _numbers(rows: pl.Series, before: int) -> tuple[pl.Series, bool]:
    for pattern in (_NUMBER, _NUMBER_OF_CELL):
        numbers = rows.str.extract(pattern).cast(pl.Int64)
        missing = numbers.null_count()
        if missing == 0:
            rising = numbers[0] > before and bool((numbers.diff().drop_nulls() > 0).all())
            if not rising:
                raise NotPlain(before)
            return numbers, True
        if missing < len(numbers):
            raise NotPlain(before)
    return pl.Series(range(before + 1, before + 1 + len(rows)), dtype=pl.Int64), False
