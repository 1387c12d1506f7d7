"""Heading and rows of a file of moderate size, for lists that people fill in: one call, plain lists."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from yizheng.intake.files.bounded import open_source
from yizheng.intake.files.plain_text import plain_text
from yizheng.intake.files.refusing import UnreadableFile
from yizheng.intake.files.tables import FLAWS

_SECONDS = 60
"""Of the processor, while somebody waits for the page."""
MOST_NOTES = 10
"""Rows with text among which a named heading is looked for."""


@dataclass(frozen=True, slots=True)
class ReadRows:
    """The heading and the rows below it, each with its number in the file; rows without any text are left out."""

    heading: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    def records(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Row number and what stands under each heading."""
        for number, cells in self.rows:
            yield number, dict(zip(self.heading, cells, strict=True))


def read_rows(path: Path, name: str, *, most: int = 10_000, heads: Collection[str] = ()) -> ReadRows:
    """The first table of a file: its first row with text is the heading.

    Where ``heads`` are named, the rows of notes above the first row that has one of them are passed over.
    Raises UnreadableFile when the file cannot be read, has no heading, repeats one, has more rows than ``most``, or
    holds a row that cannot be read, is not shown, or has more cells than the heading.
    """
    with open_source(path, name, _SECONDS) as source:
        rows = ((n, flaw, [plain_text(cell) for cell in cells]) for n, flaw, cells in source.tables[0].rows())
        heading = _heading(rows, heads)
        width = max((at + 1 for at, text in enumerate(heading) if text), default=0)
        _check_heading(heading[:width], name)
        found: list[tuple[int, tuple[str, ...]]] = []
        for number, flaw, cells in rows:
            if flaw:
                code = flaw.split()[0]
                raise UnreadableFile(code, f"“{name}”第 {number} 行：{FLAWS[code]}")
            if any(cells[at] for at in range(len(cells)) if at >= width or not heading[at]):
                raise UnreadableFile("more_cells", f"“{name}”第 {number} 行：{FLAWS['more_cells']}")
            if any(cells[:width]):
                found.append((number, tuple(cells[:width])))
            if len(found) > most:
                raise UnreadableFile("too_many_rows", f"“{name}”多于 {most} 行，请分成几个文件")
    return ReadRows(tuple(heading[:width]), tuple(found))


def read_upload(sent: "UploadedFile[Any]", *, most: int, heads: Collection[str] = ()) -> ReadRows:
    """The rows of a file somebody sent with a form. Raises UnreadableFile with what to do about it."""
    name = Path(sent.name or "").name or "名单"
    with NamedTemporaryFile(suffix=Path(name).suffix) as kept:
        kept.writelines(sent.chunks())
        kept.flush()
        return read_rows(Path(kept.name), name, most=most, heads=heads)


def _heading(rows: Iterator[tuple[int, str, list[str]]], heads: Collection[str]) -> list[str]:
    """The row that names the columns, looked for among the first rows with text; the first of these when none does."""
    seen: list[list[str]] = []
    for _, _, cells in rows:
        if any(cells):
            seen.append(cells)
            if not heads or not set(heads).isdisjoint(cells):
                return cells
        if len(seen) == MOST_NOTES:
            break
    return seen[0] if seen else []


def _check_heading(heading: list[str], name: str) -> None:
    if not heading:
        raise UnreadableFile("empty_file", f"“{name}”里没有任何数据，请重新导出后上传")
    named = [text for text in heading if text]
    twice = sorted({text for text in named if named.count(text) > 1})
    if twice:
        raise UnreadableFile("duplicate_heading", f"“{name}”的表头“{'”“'.join(twice)}”重复，请只保留一列")
