"""The markup of a sheet (xlsx) as it is streamed: cut behind ends of rows, and looked at for what is not taken in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

from yizheng.intake.files.refusing import UnreadableFile

PIECE = 16 * 1024 * 1024
BEGINNING = 256 * 1024
ROW_END = b"</row>"
_NUMBERED_ROW = re.compile(rb'<row [^>]*?\br="(\d+)"')
_NUMBERED_CELL = re.compile(rb'<c r="[A-Z]+(\d+)"')
_ANY_ROW = re.compile(rb"<row[ />]")
_FORMULA = re.compile(rb'<c r="([A-Z]+\d+)"[^>]*><f[ >/]')
_ANY_FORMULA = re.compile(rb"<f[ >/]")
_MERGED = re.compile(rb'<mergeCell ref="([A-Z]+\d+:[A-Z]+\d+)"')


def whole_rows(stream: IO[bytes], beginning: int = BEGINNING, piece: int = PIECE) -> Iterator[bytes]:
    """The markup in pieces that end behind a row; the last one is what stands behind all rows.

    The first piece is about ``beginning`` long, so that a heading is read without the rest.
    """
    rest, size = b"", beginning
    while more := stream.read(size):
        cut = more.rfind(ROW_END)
        if cut < 0:
            rest += more
            continue
        yield rest + more[: cut + len(ROW_END)]
        rest, size = more[cut + len(ROW_END) :], piece
    yield rest


def refuse_markup(piece: bytes, title: str, name: str) -> None:
    """Formulas and merged cells of a sheet: what a row says must not depend on another file, or on which cell is looked at.

    What is merged is told behind all rows. Raises UnreadableFile.
    """
    if _ANY_FORMULA.search(piece):
        formula = _FORMULA.search(piece)
        where = f"的 {formula[1].decode()} 等" if formula else "中有"
        raise UnreadableFile(
            "formula",
            f"“{name}”工作表“{title}”{where}单元格是公式；请全选复制后“选择性粘贴—数值”，再保存上传",
        )
    merged = None if b"<row" in piece else _MERGED.search(piece)
    if merged:
        raise UnreadableFile(
            "merged_cells",
            f"“{name}”工作表“{title}”有合并单元格（{merged[1].decode()}）；请取消合并，表头只占一行，再上传",
        )


def rows_of(piece: bytes, before: int) -> tuple[int, int, bool]:
    """The numbers of the first and the last row of a piece, and whether rows or their cells say them.

    Rows without numbers are counted on from ``before``.
    """
    for number in (_NUMBERED_ROW, _NUMBERED_CELL):
        first, last = number.search(piece), number.search(piece, max(0, piece.rfind(b"<row")))
        if first and last:
            return int(first[1]), int(last[1]), True
    return before + 1, before + len(_ANY_ROW.findall(piece)), False
