"""Text files of separated values, in blocks cut at line ends, UTF-8 with or without its mark, or GB18030.

A block is parsed at once; memory holds one block whatever the length of the file. A line whose bytes are neither
encoding, or the other than the rest of the file, is marked and goes on.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from yizheng.intake.files.refusing import UnreadableFile
from yizheng.intake.files.tables import Table, block_of, cell_names, checked_width, numbered

BLOCK_BYTES = 16 * 1024 * 1024
_LONGEST_RECORD = 4 * BLOCK_BYTES
_SAMPLE = 256 * 1024
_MARK = b"\xef\xbb\xbf"
_SEPARATORS = ",\t;|"
_LINES_LOOKED_AT = 50
_TOLD_SEPARATOR = re.compile(r"[\"']?sep=([,;|\t])[\"']?", re.IGNORECASE)
"""A line by which spreadsheet programs tell one another the separator."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How a text file is written, as its beginning shows it."""

    encoding: str
    separator: str
    columns: int


def shape_of(path: Path, name: str) -> Shape:
    """Encoding, separator and number of columns. Raises UnreadableFile."""
    with path.open("rb") as stream:
        sample = stream.read(_SAMPLE)
    whole_lines = sample[: sample.rfind(b"\n") + 1] if len(sample) == _SAMPLE else sample
    encoding = encoding_of(whole_lines or sample)
    text = (whole_lines or sample).decode(encoding, errors="replace").removeprefix("\ufeff")
    separator = _separator(text)
    columns = max((len(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator)), default=0)
    checked_width(columns, name)
    return Shape(encoding, separator, columns)


def text_table(path: Path, name: str) -> Table:
    """The one table of a text file. Raises UnreadableFile."""
    shape = shape_of(path, name)
    # one column more than was seen, so that cells beyond are noticed
    columns = shape.columns + 1

    def blocks(size: int = BLOCK_BYTES) -> Iterator[pl.DataFrame]:
        return _blocks(path, name, shape, columns, size)

    return Table(name, columns, blocks, beginning=lambda: next(blocks(_SAMPLE), None))


def encoding_of(sample: bytes) -> str:
    """``utf-8`` or ``gb18030``, by which of the two more lines are; UTF-8 when both fit."""
    if sample.startswith(_MARK):
        return "utf-8"
    lines = [line for line in sample.splitlines() if not line.isascii()]
    utf8, gb18030 = (sum(_decoded(line, one) is not None for line in lines) for one in ("utf-8", "gb18030"))
    return "gb18030" if utf8 < gb18030 and utf8 * 2 < len(lines) else "utf-8"


def raw_blocks(path: Path, name: str, size: int = BLOCK_BYTES) -> Iterator[bytes]:
    """The bytes of the file without its mark, cut behind line ends that are not inside quotes.

    Raises UnreadableFile when a quote is opened and never closed.
    """
    with path.open("rb") as stream:
        if stream.read(3) != _MARK:
            stream.seek(0)
        rest = b""
        while piece := stream.read(size):
            rest += piece
            cut = _last_record_end(rest)
            if cut:
                yield rest[:cut]
                rest = rest[cut:]
            elif len(rest) > _LONGEST_RECORD:
                raise _unbalanced(name)
        if rest:
            yield rest


def _last_record_end(content: bytes) -> int:
    """Behind the last line end before which quotes are balanced; 0 when there is none near the end."""
    cut = content.rfind(b"\n") + 1
    balanced = content.count(b'"', 0, cut) % 2 == 0
    tries = 0
    while cut and not balanced and tries < 1000:
        earlier = content.rfind(b"\n", 0, cut - 1) + 1
        balanced = content.count(b'"', earlier, cut) % 2 == 1
        cut, tries = earlier, tries + 1
    return cut if balanced else 0


def _blocks(path: Path, name: str, shape: Shape, columns: int, size: int) -> Iterator[pl.DataFrame]:
    row = 1
    for raw in raw_blocks(path, name, size):
        if b"\0" in raw:
            raise UnreadableFile("not_a_table", f"“{name}”中夹有非文字内容，请重新导出为 csv 后上传")
        text, flawed = decode_block(raw, shape.encoding)
        frame = _parsed(text, name, shape.separator, columns)
        flaws = None
        if flawed:
            flaws = ["encoding" if index in flawed else "" for index in range(frame.height)]
        yield numbered(frame, row, flaws)
        row += frame.height


def decode_block(raw: bytes, encoding: str) -> tuple[bytes, frozenset[int]]:
    """The block as UTF-8, and the numbers from 0 of the lines that were not in the encoding of the file."""
    whole = _decoded(raw, encoding)
    if whole is not None:
        return whole.encode(), frozenset()
    other = "gb18030" if encoding == "utf-8" else "utf-8"
    flawed, lines = set(), []
    for index, line in enumerate(raw.split(b"\n")):
        text = _decoded(line, encoding)
        if text is None:
            flawed.add(index)
            text = _decoded(line, other) or line.decode(encoding, errors="replace")
        lines.append(text)
    return "\n".join(lines).encode(), frozenset(flawed)


def _parsed(text: bytes, name: str, separator: str, columns: int) -> pl.DataFrame:
    """The cells of a block. Where the fast parser sees another number of rows than there are, the patient one reads."""
    if b'"' not in text and b"\r" not in text.replace(b"\r\n", b"\n"):
        lines = text.count(b"\n") + (not text.endswith(b"\n"))
        frame = _fast(text, separator, columns)
        if frame is not None and frame.height == lines:
            return frame
    return _patient(text, name, separator, columns)


def _fast(text: bytes, separator: str, columns: int) -> pl.DataFrame | None:
    try:
        return pl.read_csv(
            text,
            has_header=False,
            separator=separator,
            quote_char=None,
            schema=dict.fromkeys(cell_names(columns), pl.String),
            extra_columns="raise",
            missing_columns="insert",
            empty_string_is_null=False,
        ).fill_null("")
    except pl.exceptions.PolarsError:
        return None


def _patient(text: bytes, name: str, separator: str, columns: int) -> pl.DataFrame:
    reader = csv.reader(io.StringIO(text.decode(), newline=""), delimiter=separator, strict=True)
    try:
        rows = list(reader)
    except csv.Error as error:
        raise _unbalanced(name) from error
    whole = [row if len(row) <= columns else [*row[: columns - 1], separator.join(row[columns - 1 :])] for row in rows]
    return block_of(whole, 0, columns).select(cell_names(columns))


def _separator(text: str) -> str:
    """The sign that divides most of the first lines; titles above the heading have none, or another."""
    lines = text.split("\n", _LINES_LOOKED_AT)[:_LINES_LOOKED_AT]
    told = _TOLD_SEPARATOR.fullmatch(lines[0].strip())
    if told:
        return told[1]
    return max(_SEPARATORS, key=lambda sign: (sum(sign in line for line in lines), text.count(sign, 0, 4096)))


def _decoded(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _unbalanced(name: str) -> UnreadableFile:
    return UnreadableFile("unbalanced_quotes", f"“{name}”中有未成对的英文双引号，无法分辨列；请用表格软件重新导出")
