"""小格保护: a figure about few people is not shown, and neither is what would tell it by subtraction.

Cells of one to four are hidden. Where a row or a column shows its total and one cell of it alone is hidden, the total less the others
is that cell: the next smallest is hidden with it. Cells of nobody are shown; they name nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from yizheng.analysis.questions import Cell, Line, Result

SMALLEST = 5
Place = tuple[int, int]


def protected(result: Result) -> Result:
    """The result with its small cells hidden, by rule and by difference."""
    grid = [[each.value or 0 for each in line.cells] for line in result.lines]
    hidden = _hidden(grid)
    lines = [_line(line, row, hidden) for row, line in enumerate(result.lines)]
    total = tuple(_small(cell) for cell in result.total)
    return replace(
        result,
        lines=tuple(lines),
        total=total,
        note=f"涉及个人的 {SMALLEST} 人以下的格和能推算出它的格不显示" if hidden else "",
    )


def compared(result: Result) -> Result:
    """As `protected` for two days beside each other: where one figure of a row is hidden, what is derived from it is too."""
    lines = []
    for line in result.lines:
        small = any(0 < (cell.value or 0) < SMALLEST for cell in line.cells[:2])
        cells = [
            Cell(None, hidden=True) if small or 0 < abs(cell.value or 0) < SMALLEST else cell for cell in line.cells
        ]
        lines.append(replace(line, cells=tuple(cells)))
    return replace(
        result,
        lines=tuple(lines),
        total=tuple(map(_small, result.total)),
        note=f"涉及个人的 {SMALLEST} 人以下的数不显示",
    )


def _small(cell: Cell) -> Cell:
    return Cell(None, hidden=True) if 0 < abs(cell.value or 0) < SMALLEST else cell


def _line(line: Line, row: int, hidden: set[Place]) -> Line:
    cells = [Cell(None, hidden=True) if (row, column) in hidden else cell for column, cell in enumerate(line.cells)]
    return replace(line, cells=tuple(cells))


def _hidden(grid: Sequence[Sequence[float]]) -> set[Place]:
    """The places to hide: the small ones, then as many more as no subtraction tells one of them."""
    places = {
        (row, column) for row, values in enumerate(grid) for column, value in enumerate(values) if 0 < value < SMALLEST
    }
    while (more := _told_by_difference(grid, places)) is not None:
        places.add(more)
    return places


def _told_by_difference(grid: Sequence[Sequence[float]], places: set[Place]) -> Place | None:
    """One more place to hide, where a row or a column has exactly one hidden; nothing where all is well."""
    width = len(grid[0]) if grid else 0
    rows = [[(row, column) for column in range(width)] for row in range(len(grid))] if width > 1 else []
    columns = [[(row, column) for row in range(len(grid))] for column in range(width)]
    for line in (*rows, *columns):
        if sum(place in places for place in line) == 1:
            others = [place for place in line if place not in places and grid[place[0]][place[1]] > 0]
            if others:
                return min(others, key=lambda place: (grid[place[0]][place[1]], place))
    return None
