"""A DBF file answered with one more field of text behind the others."""

from collections.abc import Mapping
from pathlib import Path

_WIDTH = 254
_RECORDS = 20_000


def answer_dbf(source: Path, target: Path, words: Mapping[int, str], column: str) -> None:
    """Copy the file with the field ``column``; rows are numbered as they were read, the field names being row 1."""
    with source.open("rb") as stream, target.open("wb") as out:
        fixed = bytearray(stream.read(32))
        records = int.from_bytes(fixed[4:8], "little")
        start, width = int.from_bytes(fixed[8:10], "little"), int.from_bytes(fixed[10:12], "little")
        encoding = "utf-8" if fixed[29] == 0x7E else "gb18030"
        rest = stream.read(start - 32)
        fields = rest[: rest.index(b"\r")] if b"\r" in rest else rest
        fixed[8:10] = (start + 32).to_bytes(2, "little")
        fixed[10:12] = (width + _WIDTH).to_bytes(2, "little")
        named = _cut(column, 10, encoding).ljust(11, b"\0")
        out.write(bytes(fixed) + fields + named + b"C" + bytes(4) + bytes([_WIDTH]) + bytes(15))
        out.write(rest[len(fields) :])
        for first in range(0, records, _RECORDS):
            content = stream.read(min(_RECORDS, records - first) * width)
            for at in range(0, len(content), width):
                number = first + at // width + 2
                out.write(content[at : at + width])
                out.write(_cut(words.get(number, ""), _WIDTH, encoding).ljust(_WIDTH))
        out.write(b"\x1a")


def _cut(text: str, width: int, encoding: str) -> bytes:
    """As much of the text as fits, never half a character."""
    return text.encode(encoding)[:width].decode(encoding, errors="ignore").encode(encoding)
