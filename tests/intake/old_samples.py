"""Old workbooks (xls) as small as they can be: BIFF8 records in a compound file, written cell by cell."""

from collections.abc import Sequence
from pathlib import Path
from struct import pack

_SECTOR = 512
_FREE, _END, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
Cell = str | float | None


def xls(
    path: Path,
    rows: Sequence[Sequence[Cell]],
    *,
    further: bytes = b"",
    hidden_rows: Sequence[int] = (),
    from_1904: bool = False,
    days: Sequence[int] = (),
    hidden_sheets: Sequence[str] = (),
) -> Path:
    """One sheet of these cells, with ``further`` records behind them; numbers in the columns ``days`` have a date format."""
    cells = b"".join(
        _cell(row, column, cell, day=column in days)
        for row, line in enumerate(rows)
        for column, cell in enumerate(line)
        if cell is not None
    )
    hiding = b"".join(record(0x208, pack("<HHHHHHHH", row, 0, 9, 255, 0, 0, 0x0120, 0x0F)) for row in hidden_rows)
    shown = _part(0x10, hiding + cells + further)
    names = ["数据", *hidden_sheets]
    path.write_bytes(_compound(_workbook(names, [shown] + [_part(0x10, b"")] * len(hidden_sheets), from_1904)))
    return path


def record(kind: int, body: bytes) -> bytes:
    """One record."""
    return pack("<HH", kind, len(body)) + body


def error_cell(row: int, column: int) -> bytes:
    """A cell that says #N/A."""
    return record(0x205, pack("<HHHBB", row, column, 0, 0x2A, 1))


def formula_cell(row: int, column: int) -> bytes:
    """A cell whose value is the formula 1."""
    return record(0x06, pack("<HHHdHIH3s", row, column, 0, 1.0, 0, 0, 3, b"\x1e\x01\x00"))


def merged_cells(first: int, last: int, left: int, right: int) -> bytes:
    """Cells that are one."""
    return record(0xE5, pack("<HHHHH", 1, first, last, left, right))


def _cell(row: int, column: int, cell: str | float, *, day: bool) -> bytes:
    if isinstance(cell, str):
        return record(0x204, pack("<HHHHB", row, column, 0, len(cell), 1) + cell.encode("utf-16-le"))
    return record(0x203, pack("<HHHd", row, column, 1 if day else 0, cell))


def _part(kind: int, body: bytes) -> bytes:
    return record(0x809, pack("<HHHHII", 0x600, kind, 0, 0, 0, 0)) + body + record(0x0A, b"")


def _workbook(names: Sequence[str], sheets: Sequence[bytes], from_1904: bool) -> bytes:
    formats = b"".join(record(0xE0, pack("<HH", 0, number) + bytes(16)) for number in (0, 14))
    # the record of the writer's name makes the stream longer than short ones, which are kept otherwise
    fixed = record(0x42, pack("<H", 1200)) + record(0x22, pack("<H", from_1904)) + formats + record(0x5C, b" " * 4200)
    listed = [pack("<BB", len(name), 1) + name.encode("utf-16-le") for name in names]
    start = len(_part(5, fixed)) + sum(10 + len(one) for one in listed)
    bound = b""
    for at, name in enumerate(listed):
        bound += record(0x85, pack("<IBB", start, at > 0, 0) + name)
        start += len(sheets[at])
    return _part(5, fixed + bound) + b"".join(sheets)


def _compound(stream: bytes) -> bytes:
    sectors = -(-len(stream) // _SECTOR)
    table = [_TABLE, _END, *range(3, sectors + 2), _END]
    assert len(table) <= 128
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += pack("<IIIIIIIIII", 0, 1, 1, 0, 4096, _END, 0, _END, 0, 0)
    header += b"\xff" * (_SECTOR - len(header))
    root = _entry("Root Entry", 5, _END, 0, child=1)
    book = _entry("Workbook", 2, 2, len(stream), child=_FREE)
    numbers = b"".join(pack("<I", one) for one in table) + b"\xff" * (_SECTOR - 4 * len(table))
    return header + numbers + root + book + bytes(256) + stream.ljust(sectors * _SECTOR, b"\0")


def _entry(name: str, kind: int, start: int, size: int, *, child: int) -> bytes:
    text = name.encode("utf-16-le")
    return (
        text.ljust(64, b"\0")
        + pack("<HBBIII", len(text) + 2, kind, 1, _FREE, _FREE, child)
        + bytes(36)
        + pack("<IQ", start, size)
    )
