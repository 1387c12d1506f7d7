"""DBF files (dBASE, FoxPro): records of fixed width, text mostly in GBK, read in blocks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from yizheng.intake.files.refusing import UnreadableFile
from yizheng.intake.files.tables import BLOCK_ROWS, MOST_COLUMNS, Table, block_of, cell_names, number_name, numbered

_UTF8 = frozenset({0x7E})
"""Language marks used by programs that write UTF-8."""
_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
_TEXTS, _FIGURES, _INTEGER = frozenset("CDL"), frozenset("NF"), "I"


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    kind: str
    start: int
    end: int


def dbf_table(path: Path, name: str) -> Table:
    """The table of a DBF file; its first row is made of the field names. Raises UnreadableFile."""
    with path.open("rb") as stream:
        fixed = stream.read(32)
        records = int.from_bytes(fixed[4:8], "little")
        start = int.from_bytes(fixed[8:10], "little")
        width = int.from_bytes(fixed[10:12], "little")
        descriptors = stream.read(max(0, start - 32))
    encoding = "utf-8" if fixed[29] in _UTF8 else "gb18030"
    fields = _fields(descriptors, encoding, name)
    if path.stat().st_size < start + records * width:
        raise UnreadableFile("truncated", f"“{name}”不完整：应有 {records} 条记录，文件提前结束；请重新传输")
    return Table(name, len(fields), lambda: _blocks(path, fields, start, width, records, encoding))


def _fields(descriptors: bytes, encoding: str, name: str) -> list[_Field]:
    fields: list[_Field] = []
    at = 1  # behind the mark of deletion
    for offset in range(0, len(descriptors) - 31, 32):
        one = descriptors[offset : offset + 32]
        if one[0] == 0x0D:
            break
        kind, length = chr(one[11]), one[16] + (one[17] << 8 if chr(one[11]) == "C" else 0)
        heading = one[:11].split(b"\0", 1)[0].decode(encoding, errors="replace").strip()
        fields.append(_Field(heading, kind, at, at + length))
        at += length
    if not fields:
        raise UnreadableFile("truncated", f"“{name}”的 DBF 表头损坏，请重新导出")
    if len(fields) > MOST_COLUMNS:
        raise UnreadableFile("too_many_columns", f"“{name}”有 {len(fields)} 列，超过 {MOST_COLUMNS} 列")
    others = [one.name for one in fields if one.kind not in _TEXTS | _FIGURES | {_INTEGER}]
    if others:
        raise UnreadableFile("memo", f"“{name}”的备注型或二进制字段（{'、'.join(others)}）不能接收，请改为字符型后导出")
    return fields


def _blocks(
    path: Path, fields: list[_Field], start: int, width: int, records: int, encoding: str
) -> Iterator[pl.DataFrame]:
    yield block_of([[one.name for one in fields]], 1, len(fields))
    with path.open("rb") as stream:
        stream.seek(start)
        for first in range(0, records, BLOCK_ROWS):
            content = stream.read(min(BLOCK_ROWS, records - first) * width)
            yield _block(content, fields, width, first + 2, encoding)


def _block(content: bytes, fields: list[_Field], width: int, first_row: int, encoding: str) -> pl.DataFrame:
    places = range(0, len(content), width)
    broken: set[int] = set()
    columns = {
        cell: _column(content, places, one, encoding, broken)
        for cell, one in zip(cell_names(len(fields)), fields, strict=True)
    }
    flaws = ["deleted" if content[at] == 0x2A else "" for at in places]
    for index in broken:
        flaws[index] = flaws[index] or "encoding"
    frame = pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))
    figures = [at for at, one in enumerate(fields) if one.kind in _FIGURES | {_INTEGER}]
    frame = frame.with_columns((pl.col(f"c{at}") != "").alias(number_name(at)) for at in figures)
    return numbered(frame, first_row, flaws)


def _column(content: bytes, places: range, one: _Field, encoding: str, broken: set[int]) -> list[str]:
    cells = [content[at + one.start : at + one.end] for at in places]
    if one.kind == _INTEGER:
        return [str(int.from_bytes(cell, "little", signed=True)) for cell in cells]
    joined = b"\n".join(cells)
    try:
        texts = joined.decode(encoding).split("\n")
    except UnicodeDecodeError:
        texts = []
    if len(texts) != len(cells):  # broken characters, or a line feed inside a cell
        texts = [_decoded(cell, encoding, index, broken) for index, cell in enumerate(cells)]
    if one.kind == "D":
        return [_DAY.sub(r"\1-\2-\3", text.strip()) for text in texts]
    if one.kind == "L":
        return [{"T": "是", "Y": "是", "F": "否", "N": "否"}.get(text.strip().upper(), "") for text in texts]
    return [text.strip(" \0") for text in texts]


def _decoded(cell: bytes, encoding: str, index: int, broken: set[int]) -> str:
    try:
        return cell.decode(encoding)
    except UnicodeDecodeError:
        broken.add(index)
        return cell.decode(encoding, errors="replace")
