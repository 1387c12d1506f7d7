"""Cells as people meant them: without the guards by which systems keep spreadsheets from turning numbers round."""

import re
from collections import Counter

import polars as pl

from yizheng.kernel.signs import WORTH_A_LOOK, visible

_GUARDED = re.compile(r'=\s*"(.*)"', re.DOTALL)
_MARKS = "'‘`"
_LINE_ENDS = re.compile(r"\r\n?")
_BETWEEN = "\uffff"
_ODD = rf'{WORTH_A_LOOK}|\r|(?:^|{_BETWEEN})\s*(?:=\s*"|[{_MARKS}])'

GUARDS, UNSEEN = "guards", "unseen"
CHANGES = {
    GUARDS: '个单元格外面的文字标记（如 ="…" 或 \'）已去掉',
    UNSEEN: "个单元格中看不见的字符已去掉，或自造字已换成标准字",
}
"""What is said of cells that were changed, with their number before it."""


def plain_text(text: str) -> str:
    """The text of a cell: visible, with one kind of line end, without guards."""
    return unguarded(_LINE_ENDS.sub("\n", visible(text)).strip())


def unguarded(text: str) -> str:
    """The text without the guard around it: ``="…"``, or a quotation mark before it."""
    if guarded := _GUARDED.fullmatch(text):
        return guarded[1].replace('""', '"').strip()
    return text[1:].strip() if text[:1] in tuple(_MARKS) and len(text) > 1 else text


def plain_cells(cells: pl.Series, changes: Counter[str]) -> pl.Series:
    """The same for a column; how many cells were changed in a way worth saying is added to ``changes``."""
    joined = cells.str.join(_BETWEEN)
    if not joined.str.contains(_ODD).any():
        return cells.str.strip_chars()
    known = {text: plain_text(text) for text in cells.filter(cells.str.contains(_ODD)).unique().to_list()}
    for text, count in cells.filter(cells.is_in(list(known))).value_counts().iter_rows():
        seen = _LINE_ENDS.sub("\n", visible(text)).strip()
        changes[UNSEEN] += count * (visible(text).strip() != text.strip())
        changes[GUARDS] += count * (unguarded(seen) != seen)
    return cells.replace(list(known), list(known.values())).str.strip_chars()
