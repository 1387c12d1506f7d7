"""The files of a package: CSV, workbooks and XML, whose columns are the names or the labels of fields."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile

from yizheng.intake.files import UnreadableFile, read_rows
from yizheng.intake.files.xml_events import XmlEvents
from yizheng.kernel.archives import ArchiveFault, BadArchive
from yizheng.systems.infection.records.declaring import Record, Row

MOST_ROWS = 50_000
"""Lines of a file, empty ones too; a month of the largest hospital has fewer."""
Cells = tuple[int, Sequence[str]]
"""A line with its number in the file."""


class BadPackage(ValueError):
    """The package cannot be read; the words say what is wrong and where."""


def rows_of(record: Record, name: str, content: bytes) -> Iterator[tuple[int, Row]]:
    """The rows of a file with their numbers: of CSV the line, of a workbook the row, of XML which element it is. Raises BadPackage."""
    heading, lines = _KINDS.get(Path(name).suffix.lower(), _csv)(name, content)
    known = {word: each for each in record.fields for word in (each.name, each.label)}
    if strange := [each for each in heading if each.strip() not in known]:
        raise BadPackage(f"{name} 的列“{strange[0]}”不认识")
    fields = [known[each.strip()] for each in heading]
    if len({each.name for each in fields}) < len(fields):
        raise BadPackage(f"{name} 有重复的列")
    empty: Row = dict.fromkeys(each.name for each in record.fields)
    for count, (number, cells) in enumerate(lines, 1):
        if count > MOST_ROWS:
            raise BadPackage(f"{name} 多于 {MOST_ROWS} 行，请按科室分开")
        if any("\x00" in cell for cell in cells):
            raise BadPackage(f"{name} 第 {number} 行有不能保存的字符")
        if len(cells) > len(fields) and any(cell.strip() for cell in cells[len(fields) :]):
            raise BadPackage(f"{name} 第 {number} 行的内容比表头多，请核对分隔符")
        if any(cell.strip() for cell in cells):
            yield number, {**empty, **{each.name: each.read(cell) for each, cell in zip(fields, cells, strict=False)}}


def _csv(name: str, content: bytes) -> tuple[Sequence[str], Iterator[Cells]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadPackage(f"{name} 不是 UTF-8") from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        heading = next(reader, [])
    except csv.Error:
        raise BadPackage(f"{name} 不是 CSV") from None
    return heading, _lines(name, reader)


def _lines(name: str, reader: Iterator[list[str]]) -> Iterator[Cells]:
    try:
        for cells in reader:
            yield reader.line_num, cells  # type: ignore[attr-defined]  # a reader of csv
    except csv.Error:
        raise BadPackage(f"{name} 第 {reader.line_num} 行不是 CSV") from None  # type: ignore[attr-defined]


def _workbook(name: str, content: bytes) -> tuple[Sequence[str], Iterator[Cells]]:
    with NamedTemporaryFile(suffix=Path(name).suffix) as kept:
        kept.write(content)
        kept.flush()
        try:
            read = read_rows(Path(kept.name), name, most=MOST_ROWS)
        except UnreadableFile as bad:
            raise BadPackage(str(bad)) from bad
    return read.heading, iter(read.rows)


def _xml(name: str, content: bytes) -> tuple[Sequence[str], Iterator[Cells]]:
    """``<rows><row><day>2026-10-01</day>…</row>…</rows>``: an element a row, in it an element a field."""
    reading = _Rows()
    try:
        XmlEvents(reading.started, reading.ended, reading.text).feed(content, final=True)
    except BadArchive:
        words = f"应为 rows 元素，其中每行一个 row 元素，每项一个元素，至多 {MOST_ROWS} 行"
        raise BadPackage(f"{name} 不是可以接收的 XML：{words}") from None
    heading = list(dict.fromkeys(field for row in reading.rows for field in row))
    return heading, ((number, [row.get(field, "") for field in heading]) for number, row in enumerate(reading.rows, 1))


class _Rows:
    """What has been read of a file of rows."""

    def __init__(self) -> None:
        self.rows: list[dict[str, str]] = []
        self._path: list[str] = []

    def started(self, name: str, attributes: Mapping[str, str]) -> None:
        self._path.append(name)
        if len(self._path) == 2:
            if len(self.rows) == MOST_ROWS:
                raise BadArchive(ArchiveFault.BOMB)
            self.rows.append({})
        elif len(self._path) == 3:
            self.rows[-1][name] = ""

    def ended(self, name: str) -> None:
        self._path.pop()

    def text(self, text: str) -> None:
        if len(self._path) == 3:
            self.rows[-1][self._path[2]] += text


_KINDS = {".csv": _csv, ".xlsx": _workbook, ".xml": _xml}
