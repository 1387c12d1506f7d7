"""A text file answered in its own encoding and separator: lines stay byte for byte, one cell is put behind each."""

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
            end = _plain_end(block)
            records = list(_records(block)) if end is None else block.removesuffix(end).split(end)
            said = {at: words[number] for number in words if 0 <= (at := number - row - 1) < len(records)}
            if row == 0:
                said[0] = column
            out.write(_answered(records, said, shape, end))
            row += len(records)


def _plain_end(block: bytes) -> bytes | None:
    """How every line of the block ends, where it is told without looking at quotes; else None."""
    if b'"' in block or not block.endswith(b"\n"):
        return None
    lines, returns = block.count(b"\n"), block.count(b"\r")
    if not returns:
        return b"\n"
    return b"\r\n" if returns == lines == block.count(b"\r\n") else None


def _answered(records: list[bytes], said: Mapping[int, str], shape: Shape, end: bytes | None) -> bytes:
    """The records with one cell more each; those of which nothing is said are joined at once."""
    if end is None:
        return b"".join(_with_cell(record, said.get(at, ""), shape) for at, record in enumerate(records))
    empty, parts, start = shape.separator.encode() + end, [], 0
    for at in sorted(said):
        if start < at:
            parts.append(empty.join(records[start:at]) + empty)
        parts.append(_with_cell(records[at] + end, said[at], shape))
        start = at + 1
    if start < len(records):
        parts.append(empty.join(records[start:]) + empty)
    return b"".join(parts)


def _records(block: bytes) -> Iterator[bytes]:
    """Records of a block: lines, but for line ends inside quotes."""
    if b'"' not in block:
        yield from block.splitlines(keepends=True)
        return
    held = b""
    for line in io.BytesIO(block):
        held += line
        if held.count(b'"') % 2 == 0:
            yield held
            held = b""
    if held:
        yield held


def _with_cell(record: bytes, words: str, shape: Shape) -> bytes:
    body = record.rstrip(b"\r\n")
    end = record[len(body) :] or b"\n"
    return body + shape.separator.encode() + _cell(words, shape).encode(shape.encoding, errors="replace") + end


def _cell(words: str, shape: Shape) -> str:
    if not words:
        return ""
    cell = io.StringIO()
    csv.writer(cell, delimiter=shape.separator, lineterminator="").writerow([words])
    return cell.getvalue()
