"""Asking a calculator one row: cells by column, those left out empty."""

from yizheng.kernel.calculators import find


def ask(calculator: str, **cells: str) -> dict[str, str]:
    """The answer to one row, by column."""
    columns = [column.name for column in find(calculator).input]
    assert set(cells) <= set(columns)
    names, (row,) = find(calculator).answer(columns, [[cells.get(name, "") for name in columns]])
    return dict(zip(names, row, strict=True))
