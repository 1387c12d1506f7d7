"""A text file answered in its own encoding and separator: lines stay byte for byte, one cell is put behind each."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path

from yizheng.intake.files.texts import Shape, raw_blocks, shape_of

_MARK = b"\xef\xbb\xbf"


def answer_text(source: Path, name: str, target: Path, words: Mapping[int, str], column: str) -> None:
    """Put ``column`` behind the first line that is a heading, and the words behind their rows."""
    shape = shape_of(source, name)
    with source.open("rb") as stream:
        marked = stream.read(3) == _MARK
    row = 0
    with target.open("wb") as out:
        if marked:
            out.write(_MARK)
        for block in raw_blocks(source, name):
            for record in _records(block, shape):
                row += 1
                out.write(_answered(record, column if row == 1 else words.get(row, ""), shape))


def _records(block: bytes, shape: Shape) -> Iterator[bytes]:
    """Records of a block: lines, but for line ends inside quotes."""
    if b'"' not in block:
        yield from block.splitlines(keepends=True) if b"\r" in block.replace(b"\r\n", b"") else _lines(block)
        return
    held = b""
    for line in _lines(block):
        held += line
        if held.count(b'"') % 2 == 0:
            yield held
            held = b""
    if held:
        yield held


def _lines(block: bytes) -> list[bytes]:
    lines = block.split(b"\n")
    whole = [line + b"\n" for line in lines[:-1]]
    return [*whole, lines[-1]] if lines[-1] else whole


def _answered(record: bytes, words: str, shape: Shape) -> bytes:
    body = record.rstrip(b"\r\n")
    end = record[len(body) :] or b"\n"
    return (
        body + shape.separator.encode() + _cell(words, shape).encode(shape.encoding, errors="replace") + end
    )


def _cell(words: str, shape: Shape) -> str:
    if not words:
        return ""
    cell = io.StringIO()
    csv.writer(cell, delimiter=shape.separator, lineterminator="").writerow([words])
    return cell.getvalue()
