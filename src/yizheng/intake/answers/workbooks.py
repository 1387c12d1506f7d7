"""A workbook answered in place: its markup is copied in a stream, and one cell is put behind the rows that need it.

Everything else of the workbook, its looks and its other sheets, stays as it is. A workbook whose rows are not written
in the plain way is answered with a new one.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from yizheng.documents.spreadsheets import cell_of_text
from yizheng.intake.ahead import one_ahead
from yizheng.intake.files.events_of_rows import Surroundings
from yizheng.intake.files.sheet_rows import ROW_END, Around, NotPlain, Rows, plain_pieces
from yizheng.intake.files.workbook_parts import opened_package, parts_of
from yizheng.kernel.archives import Archive
from yizheng.kernel.places import column_number, letters

_PIECE = 4 * 1024 * 1024
_ANY_CELL = re.compile(rb"<c[ >/]")
_PLACED_CELL = re.compile(rb'<c r="([A-Z]+)')
_END = ROW_END.encode()


def answer_xlsx(
    source: Path,
    name: str,
    target: Path,
    words: Mapping[str, Mapping[int, str]],
    widths: Mapping[str, int],
    column: str,
) -> None:
    """Copy the workbook; ``words`` says for each sheet by its name what stands behind which row, ``widths`` where.

    Raises NotPlain where a sheet cannot be answered in place.
    """
    with opened_package(source, name) as archive:
        sheets = {one.part: one.name for one in parts_of(archive).sheets if one.name in words}
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as answer:
            for member in archive.members:
                with answer.open(member, "w", force_zip64=True) as new:
                    title = sheets.get(member)
                    if title is None:
                        with archive.open(member) as old:
                            new.writelines(old)
                        continue
                    said = dict(words[title])
                    for markup in one_ahead(_answered(archive, member, said, column, widths[title])):
                        new.write(markup)


def _answered(archive: Archive, part: str, words: dict[int, str], column: str, width: int) -> Iterator[bytes]:
    """The markup of the sheet with the words in it; the first row gets the heading of the column."""
    begun = False
    for piece in plain_pieces(archive, part, Surroundings(), piece=_PIECE):
        if isinstance(piece, Around):
            yield piece.markup
            continue
        if not begun:
            words[piece.first] = column
            begun = True
        yield _with_cells(piece, words, width)


def _with_cells(rows: Rows, words: Mapping[int, str], width: int) -> bytes:
    """The rows with a cell more where something is said of them."""
    wanted = rows.numbers.is_in([number for number in words if rows.first <= number <= rows.last])
    if not wanted.any():
        return rows.markup
    parts = rows.markup.split(_END)
    for at in wanted.arg_true().to_list():
        number = int(rows.numbers[at])
        parts[at] += _cell(parts[at], words[number], number, width, rows).encode()
    return _END.join(parts)


def _cell(row: bytes, text: str, number: int, width: int, rows: Rows) -> str:
    """The cell behind the others; where cells have no places, empty ones fill up a row that is shorter."""
    placed = _PLACED_CELL.findall(row)
    if placed and column_number(placed[-1].decode()) > width:
        raise NotPlain(rows.first - 1)
    missing = 0 if placed else width - len(_ANY_CELL.findall(row))
    if missing < 0:
        raise NotPlain(rows.first - 1)
    place = f"{letters(width)}{number}" if placed else ""
    return "<c/>" * missing + cell_of_text(text, place)
