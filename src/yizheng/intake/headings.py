"""Finding the heading of a table and what each of its columns is: by name, by synonym, or as somebody placed it before."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from yizheng.intake.files import Table, UnreadableFile
from yizheng.intake.files.plain_text import plain_text, unguarded
from yizheng.intake.formats import Format
from yizheng.intake.models import KeptHeading
from yizheng.kernel.signs import half_width

_BESIDES = re.compile(r"[\s*:_\-—()\[\]【】/.、]")
_LOOKED_AT = 15
_LEAST = 2
"""A row with fewer known headings is no heading: one word may stand in any sheet."""


@dataclass(frozen=True, slots=True)
class Placing:
    """Where the heading stands and what the columns are: the column's name to the number of its cell, from 0."""

    row: int
    """How many rows stand before the first row of data."""
    cells: Mapping[str, int]
    headings: Mapping[str, str]
    unplaced: tuple[str, ...]
    width: int
    """How many cells the heading spans; further ones have no heading."""
    unheaded: tuple[int, ...]
    """Cells within the heading that are empty."""
    table: Table


def same_heading(text: str) -> str:
    """The form under which headings are compared: without blanks, signs and case."""
    return _BESIDES.sub("", unguarded(half_width(text).strip())).lower()


def place(declared: Format, table: Table, kept: Mapping[str, str]) -> Placing | None:
    """The placing of a table, None when it has no heading of this format at all.

    Raises UnreadableFile when required columns are missing, or two columns claim to be the same; where merged cells or
    formulas are why, it says so.
    """
    known = _known(declared, kept)
    best: tuple[int, int, list[str]] | None = None
    for number, cells in enumerate(table.head(_LOOKED_AT), start=1):
        hits = len({known[same_heading(cell)] for cell in cells if same_heading(cell) in known})
        if hits >= _LEAST and (best is None or hits > best[0]):
            best = hits, number, cells
    return None if best is None else _placed(declared, table, best[1], best[2], known)


def _placed(declared: Format, table: Table, row: int, cells: list[str], known: Mapping[str, str]) -> Placing:
    found: dict[str, int] = {}
    headings: dict[str, str] = {}
    unplaced = []
    for at, text in enumerate(cells):
        name = known.get(same_heading(text)) if text.strip() else None
        if name is None:
            if text.strip():
                unplaced.append(plain_text(text)[:100])
        elif name in found:
            raise UnreadableFile(
                "duplicate_heading",
                f"“{table.name}”中“{headings[name]}”与“{text.strip()}”都是“{declared.column(name).heading}”，请只保留一列",
            )
        else:
            found[name], headings[name] = at, text.strip()
    missing = [one.heading for one in declared.columns if one.required and one.name not in found]
    if missing:
        table.look_through()
        others = f"；未认出的表头：{'、'.join(unplaced[:20])}，可在批次页指明各是哪一列" if unplaced else ""
        raise UnreadableFile(
            "missing_columns",
            f"“{table.name}”缺少必需的列：{'、'.join(missing)}{others}。表头须占一行，不能合并单元格",
            tuple(unplaced),
        )
    width = max((at + 1 for at, text in enumerate(cells) if text.strip()), default=0)
    unheaded = tuple(at for at in range(width) if not cells[at].strip())
    return Placing(row, found, headings, tuple(unplaced), width, unheaded, table)


def _known(declared: Format, kept: Mapping[str, str]) -> dict[str, str]:
    known: dict[str, str] = {}
    for column in declared.columns:
        for text in (column.name, *column.synonyms, column.heading):
            known[same_heading(text)] = column.name
    return known | {same_heading(heading): name for heading, name in kept.items()}


def kept_headings(declared: Format, authority_scope: int) -> dict[str, str]:
    """Headings that this authority placed by hand before."""
    kept = KeptHeading.objects.filter(format=declared.code, authority_scope=authority_scope)
    return dict(kept.values_list("heading", "column"))


def keep_headings(declared: Format, authority_scope: int, placed: Mapping[str, str]) -> None:
    """Keep what each heading is for next time. Raises LookupError for a column the format does not have."""
    for heading, name in placed.items():
        if not any(column.name == name for column in declared.columns):
            raise LookupError(name)
        KeptHeading.objects.update_or_create(
            format=declared.code, authority_scope=authority_scope, heading=heading[:100], defaults={"column": name}
        )
