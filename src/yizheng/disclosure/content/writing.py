"""The text of an article: paragraphs, headings, lists and tables told apart by how a line begins. Nothing of it is markup."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Block:
    """One part of a text: ``text``, ``heading``, ``list`` or ``table``, with its lines or rows."""

    kind: str
    lines: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def blocks(text: str) -> Iterator[Block]:
    """The parts in their order: ``## `` begins a heading, ``- `` an item of a list, ``|`` a row of a table, the first of them its head."""
    for kind, group in groupby(text.replace("\r\n", "\n").split("\n"), _kind):
        lines = [each.strip() for each in group]
        if kind == "heading":
            yield from (Block(kind, (line[2:].strip(),)) for line in lines)
        elif kind == "list":
            yield Block(kind, tuple(line[1:].strip() for line in lines))
        elif kind == "table":
            rows = [row for row in map(_cells, lines) if any(set(cell) - set("-: ") for cell in row)]
            if rows:
                yield Block(kind, head=rows[0], rows=tuple(rows[1:]))
        elif kind == "text":
            yield Block(kind, tuple(lines))


def _kind(line: str) -> str:
    line = line.strip()
    starts = (("##", "heading"), ("- ", "list"), ("|", "table"))
    return next((kind for start, kind in starts if line.startswith(start)), "text" if line else "")


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.strip("|").split("|"))
