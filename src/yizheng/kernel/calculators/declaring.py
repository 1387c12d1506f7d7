"""A calculator: its name, title, columns and source beside the function that answers; the room that owns the rule declares it.

The function receives the rows read (`line` and, where given, `id` beside the declared columns) and its parameters by name, and
gives a row of the answer for each, before which the row's `id` stands.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from yizheng.kernel.calculators.columns import BadInput, Column, declared, rows_of

Row = Mapping[str, Any]
Function = Callable[..., Iterable[Row]]


@dataclass(frozen=True, slots=True)
class Calculator:
    """One calculator."""

    name: str
    title: str
    source: str
    input: tuple[Column, ...]
    output: tuple[str, ...]
    function: Function
    parameters: Mapping[str, Any] = field(default_factory=dict)
    """The parameters it knows, with their defaults."""
    as_typed: bool = False
    """Whether text is read as it stands, untrimmed: a stray blank may be the very fault."""

    def answer(
        self, heading: Sequence[str], lines: Iterable[Sequence[str]], given: Mapping[str, Any] | None = None
    ) -> tuple[list[str], list[list[str]]]:
        """Heading and rows of the answer to a table. Raises BadInput."""
        rows = rows_of(self.input, heading, lines, as_typed=self.as_typed)
        found = self.function(rows, **self._parameters(given or {}))
        names = list(self.output)
        cells = [[written(each.get(name)) for name in names] for each in found]
        if "id" not in rows[0]:
            return names, cells
        return ["id", *names], [[row["id"], *each] for row, each in zip(rows, cells, strict=True)]

    def _parameters(self, given: Mapping[str, Any]) -> dict[str, Any]:
        for name in given:
            if name not in self.parameters:
                known = "、".join(self.parameters) or "没有参数"
                raise BadInput(f"“{self.name}”没有参数“{name}”，可用：{known}。")
        return {**self.parameters, **given}


def written(value: Any) -> str:
    """A value as an answer says it: numbers with all their digits, flags as 0 and 1, nothing as an empty cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, float | int):
        return repr(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple | set | frozenset):
        return ";".join(sorted(map(str, value)) if isinstance(value, set | frozenset) else map(str, value))
    return str(value)


_declared: dict[str, Calculator] = {}


def calculator(
    name: str,
    title: str,
    *,
    source: str,
    input: str,  # noqa: A002 — the word of the declaration
    output: str,
    choices: Mapping[str, Sequence[str]] | None = None,
    parameters: Mapping[str, Any] | None = None,
    as_typed: bool = False,
) -> Callable[[Function], Function]:
    """Declare the function below as a calculator."""

    def declare(function: Function) -> Function:
        columns = declared(input, choices or {})
        outputs = tuple(output.split())
        _declared[name] = Calculator(name, title, source, columns, outputs, function, parameters or {}, as_typed)
        return function

    return declare


def calculators() -> list[Calculator]:
    """Every calculator, by name."""
    return [_declared[name] for name in sorted(_declared)]


def find(name: str) -> Calculator:
    """The calculator of this name. Raises BadInput."""
    if name not in _declared:
        raise BadInput(f"没有计算器“{name}”，可用 ./yizheng compute --list 查看全部。")
    return _declared[name]
