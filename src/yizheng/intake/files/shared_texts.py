"""The texts a workbook (xlsx) keeps once for all its sheets, and cells that name them by their number.

The list may be as long as the sheet. It is read once, and cells are marked so that the number is told from a value.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from html import unescape

import polars as pl

_PART = "xl/sharedStrings.xml"
_PIECE = 8 * 1024 * 1024
_END = b"</si>"
_MARK = "\U000f5ffd"
"""A character of private use, put before the number of a shared text."""
_CELL = re.compile(rb' t="s"([^>]*)><v>')
_PLAIN_CELL = b' t="s"><v>'
_PLAIN = r"<t(?: [^>]*)?>([^<]*)</t>"
_TEXT = re.compile(_PLAIN)
_READING = re.compile(r"<rPh[ >].*?</rPh>", re.DOTALL)


def shared_texts(package: zipfile.ZipFile) -> pl.Series:
    """The texts by their number. Raises what a broken package raises."""
    if _PART not in package.namelist():
        return pl.Series([], dtype=pl.String)
    return pl.concat([pl.Series([], dtype=pl.String), *_read(package)])


def marked(rows: bytes) -> bytes:
    """The markup of rows with each number of a shared text marked."""
    mark = _MARK.encode()
    if b' t="s"' not in rows:
        return rows
    replaced = rows.replace(_PLAIN_CELL, b' t="str"><v>' + mark)
    return _CELL.sub(rb' t="str"\1><v>' + mark, replaced) if b' t="s"' in replaced else replaced


def with_texts(cells: pl.Series, texts: pl.Series) -> pl.Series:
    """The cells with the texts their marked numbers stand for. Raises polars' error for a number there is no text of."""
    named = cells.str.starts_with(_MARK)
    if not named.any():
        return cells
    numbers = cells.set(~named.fill_null(value=False), None).str.strip_prefix(_MARK).cast(pl.UInt32)
    return (
        pl.select(pl.when(named).then(texts.gather(numbers)).otherwise(cells)).to_series().alias(cells.name)
    )


def _read(package: zipfile.ZipFile) -> Iterator[pl.Series]:
    rest = b""
    with package.open(_PART) as stream:
        while piece := stream.read(_PIECE):
            rest += piece
            cut = rest.rfind(_END)
            if cut >= 0:
                yield _texts(rest[:cut].decode())
                rest = rest[cut + len(_END) :]


def _texts(markup: str) -> pl.Series:
    items = pl.Series([markup]).str.split(_END.decode()).explode()
    if "<r>" in markup or "<rPh" in markup:
        texts = pl.Series([_joined(item) for item in items.to_list()], dtype=pl.String)
    else:
        texts = items.str.extract(_PLAIN).fill_null("")
    if "&" in markup:
        escaped = texts.filter(texts.str.contains("&", literal=True)).unique().to_list()
        texts = texts.replace(escaped, [unescape(one) for one in escaped])
    return texts


def _joined(item: str) -> str:
    """A text in several pieces of different looks, without the readings above it."""
    return "".join(_TEXT.findall(_READING.sub("", item)))
