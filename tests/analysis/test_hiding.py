"""A figure about few people is hidden, and so is what would tell it by subtraction."""

import pytest

from yizheng.analysis.asking import COMPARED
from yizheng.analysis.hiding import compared, protected
from yizheng.analysis.questions import Cell, Line, Result


def table(*rows: tuple[int, ...]) -> Result:
    lines = tuple(Line(str(n), str(n), tuple(Cell(value) for value in row)) for n, row in enumerate(rows))
    return Result(
        tuple((str(n), "") for n in range(len(rows[0]))), lines, tuple(Cell(sum(c)) for c in zip(*rows, strict=True))
    )


def shown(result: Result) -> list[list[float | int | None]]:
    return [[cell.value for cell in line.cells] for line in result.lines]


@pytest.mark.parametrize(("value", "seen"), [(0, 0), (1, None), (4, None), (5, 5)])
def test_one_to_four_are_hidden_and_nobody_is_not(value: int, seen: int | None) -> None:
    assert shown(protected(table((value,), (20,), (30,))))[0][0] == seen


def test_the_next_smallest_is_hidden_with_the_only_hidden_one() -> None:
    """20 less 3 would tell it; with two hidden nothing does."""
    assert shown(protected(table((3,), (9,), (30,)))) == [[None], [None], [30]]


def test_in_a_table_rows_and_columns_are_both_closed() -> None:
    found = shown(protected(table((3, 40, 50), (20, 30, 60), (21, 31, 61))))
    hidden = [[value is None for value in row] for row in found]
    for line in (*hidden, *zip(*hidden, strict=True)):
        assert sum(line) != 1


def test_a_small_change_is_hidden_beside_large_figures() -> None:
    line = Line("a", "a", tuple(map(Cell, (100, 98, -2, 0, 2))))
    found = compared(Result(COMPARED, (line,), ()))
    assert [cell.value for cell in found.lines[0].cells] == [100, 98, None, 0, None]
