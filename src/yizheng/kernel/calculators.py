"""计算器: every formula and rule that can be asked without a page, declared once; pages call the same functions.

A calculator is its name, title, columns and source beside the function that answers; the room that owns the rule declares it.
A line such as ``events:int denominator z:signed note:text? stratum:text*`` declares the columns. A column without a word holds
numbers of 0 or more; ``?`` marks a cell that may be empty in a column that may be absent, ``*`` a cell that may be empty in a
column that must be there. The function receives the rows read (`line` and, where given, `id` beside the declared columns) and
its parameters by name, and gives a row of the answer for each, before which the row's `id` stands.
"""

import math
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]
Function = Callable[..., Iterable[Row]]


class BadInput(ValueError):
    """What is wrong with a question: a column is missing, a value cannot be read or cannot be; the message says it in Chinese."""

    @classmethod
    def at(cls, line: int, column: str, value: object, wrong: str) -> "BadInput":
        """A value in a line of the file (the heading is line 1): what it is not, and what to do."""
        return cls(f"第{line}行“{column}”的值“{value}”{wrong}")


class Holds(StrEnum):
    """What the cells of a column hold."""

    NUMBER = "number"
    SIGNED = "signed"
    INT = "int"
    TEXT = "text"
    DATE = "date"
    TIME = "time"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class Column:
    """One column."""

    name: str
    holds: Holds = Holds.NUMBER
    may_be_empty: bool = False
    may_be_absent: bool = False
    choices: tuple[str, ...] = ()

    def read(self, cell: str, line: int) -> Any:
        """The value of a cell; nothing where it is empty. Raises BadInput."""
        if cell == "":
            if self.may_be_empty:
                return "" if self.holds is Holds.TEXT else None
            raise BadInput(f"第{line}行“{self.name}”没有填写，请补上。")
        value = _READERS[self.holds](self.name, cell, line)
        if self.choices and value not in self.choices:
            raise BadInput.at(line, self.name, cell, f"不在可选范围内，请改为{'、'.join(self.choices)}。")
        return value


def declared(line: str, choices: Mapping[str, Sequence[str]]) -> tuple[Column, ...]:
    """The columns a declaration names."""
    return tuple(_column(word, choices) for word in line.split())


def _column(word: str, choices: Mapping[str, Sequence[str]]) -> Column:
    absent, empty = word.endswith("?"), word.endswith(("?", "*"))
    name, _, holds = word.rstrip("?*").partition(":")
    return Column(name, Holds(holds or "number"), empty, absent, tuple(choices.get(name, ())))


def rows_of(
    columns: Sequence[Column],
    heading: Sequence[str],
    lines: Iterable[Sequence[str]],
    *,
    as_typed: bool,
    may_be_empty: bool = False,
) -> list[dict[str, Any]]:
    """The rows of a table by its heading, each with its line under ``line`` and its ``id`` where it has one.

    Cells are trimmed and full-width signs read as narrow ones, but for text of a calculator that reads it ``as_typed``.
    Raises BadInput.
    """
    place = {name.strip(): at for at, name in enumerate(heading)}
    for column in columns:
        if column.name not in place and not column.may_be_absent:
            raise BadInput(f"缺少列“{column.name}”，请在表头补上。")
    rows = []
    for number, cells in enumerate(lines, 2):
        if not any(cells):
            continue
        row: dict[str, Any] = {"line": number}
        if "id" in place:
            row["id"] = _cell(cells, place["id"])
        for column in columns:
            cell = _cell(cells, place[column.name]) if column.name in place else ""
            typed = as_typed and column.holds is Holds.TEXT
            row[column.name] = column.read(cell if typed else _clean(cell), number)
        rows.append(row)
    if not rows and not may_be_empty:
        raise BadInput("没有数据行，请至少填写一行。")
    return rows


def _cell(cells: Sequence[str], at: int) -> str:
    return cells[at] if at < len(cells) else ""


def _clean(cell: str) -> str:
    return unicodedata.normalize("NFKC", cell).strip()


def _number(name: str, cell: str, line: int) -> float:
    value = _signed(name, cell, line)
    if value < 0:
        raise BadInput.at(line, name, cell, "不能是负数，请核对。")
    return value


def _signed(name: str, cell: str, line: int) -> float:
    try:
        value = float(cell)
    except ValueError:
        raise BadInput.at(line, name, cell, "不是数字，请改为数字。") from None
    if not math.isfinite(value) or "_" in cell:
        raise BadInput.at(line, name, cell, "不是数字，请改为数字。")
    return value


def _whole(name: str, cell: str, line: int) -> int:
    value = _number(name, cell, line)
    if value != int(value):
        raise BadInput.at(line, name, cell, "不是整数，请改为整数。")
    return int(value)


def day(name: str, cell: str, line: int) -> date:
    """A day of a cell. Raises BadInput."""
    try:
        return datetime.strptime(cell, "%Y-%m-%d").date()  # noqa: DTZ007 — a day has no zone
    except ValueError:
        raise BadInput.at(line, name, cell, "不是日期，请写成2026-01-31的样子。") from None


def moment(name: str, cell: str, line: int) -> datetime:
    """A moment of a cell, by the clock of Beijing. Raises BadInput."""
    for form in ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"):
        try:
            return datetime.strptime(cell, form)  # noqa: DTZ007 — every moment is of one zone
        except ValueError:
            continue
    raise BadInput.at(line, name, cell, "不是时间，请写成2026-01-31T08:00的样子。")


def _flag(name: str, cell: str, line: int) -> bool:
    if cell not in ("yes", "no", "0", "1"):
        raise BadInput.at(line, name, cell, "不是是否，请改为yes或no。")
    return cell in ("yes", "1")


def _text(name: str, cell: str, line: int) -> str:
    return cell


_READERS: Mapping[Holds, Callable[[str, str, int], Any]] = {
    Holds.NUMBER: _number, Holds.SIGNED: _signed, Holds.INT: _whole, Holds.TEXT: _text, Holds.DATE: day, Holds.TIME: moment,
    Holds.FLAG: _flag,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter with its default and, for a number, what it may be."""

    default: Any
    least: float = -math.inf
    most: float = math.inf
    inside: bool = False
    """Whether the bounds themselves are out of range."""
    choices: tuple[str, ...] = ()

    def accept(self, name: str, value: Any) -> Any:
        """The value, when the parameter may have it. Raises BadInput."""
        wanted = next(kind for kind in (bool, float, str, list, object) if isinstance(self._sample(), kind))
        given = float(value) if isinstance(value, int) and not isinstance(value, bool) and wanted is float else value
        if not isinstance(given, wanted):
            raise BadInput(f"参数“{name}”的值“{value}”不是{_WORDS[wanted]}，请核对。")
        if self.choices and value not in self.choices:
            raise BadInput(f"参数“{name}”的值“{value}”不在可选范围内，请改为{'、'.join(self.choices)}。")
        if isinstance(given, float) and not self._holds(given):
            raise BadInput(f"参数“{name}”的值“{value}”超出范围，请核对。")
        if isinstance(self.default, int) and isinstance(given, float):
            if given != int(given):
                raise BadInput(f"参数“{name}”的值“{value}”不是整数，请改为整数。")
            return int(given)
        return given

    def _sample(self) -> Any:
        number = isinstance(self.default, int) and not isinstance(self.default, bool)
        return float(self.default) if number else self.default

    def _holds(self, number: float) -> bool:
        return self.least < number < self.most if self.inside else self.least <= number <= self.most


_WORDS: Mapping[type, str] = {bool: "true 或 false", float: "数字", str: "文字", list: "列表", object: "可用的值"}


def share(default: float) -> Parameter:
    """A probability or a share, strictly between 0 and 1."""
    return Parameter(default, 0, 1, inside=True)


def at_least(default: float, least: float = 0) -> Parameter:
    """A number not below a bound; a whole one when its default is."""
    return Parameter(default, least, 1e9)


@dataclass(frozen=True, slots=True)
class Calculator:
    """One calculator."""

    name: str
    title: str
    source: str
    input: tuple[Column, ...]
    output: tuple[str, ...]
    function: Function
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    """The parameters it knows."""
    as_typed: bool = False
    """Whether text is read as it stands, untrimmed: a stray blank may be the very fault."""
    tables: Mapping[str, tuple[Column, ...]] = field(default_factory=dict)
    """The columns by the value of a parameter, where what is asked for depends on one."""
    chosen_by: str = ""
    """The parameter that chooses among ``tables``."""
    by_row: bool = True
    """Whether each row of the answer belongs to the row of the question in its place."""
    more_columns: Callable[[Mapping[str, Any]], str] | None = None
    """The declaration of further columns whose names the parameters give."""
    reads_files: bool = False
    """Whether the table names files; the function is told as ``folder`` where they lie."""

    def answer(
        self,
        heading: Sequence[str],
        lines: Iterable[Sequence[str]],
        given: Mapping[str, Any] | None = None,
        folder: Path | None = None,
    ) -> tuple[list[str], list[list[str]]]:
        """Heading and rows of the answer to a table that lies in a folder. Raises BadInput."""
        parameters = self._parameters(given or {})
        rows = rows_of(self._columns(parameters), heading, lines, as_typed=self.as_typed)
        if self.reads_files:
            parameters["folder"] = folder or Path()
        names = list(self.output)
        try:
            found = self.function(rows, **parameters)
            cells = [[written(each.get(name)) for name in names] for each in found]
        except BadInput:
            raise
        except (ValueError, OverflowError) as outside:
            # a day beyond the calendar, a number beyond what can be reckoned with
            raise BadInput(f"“{self.name}”算不出：有日期或者数值超出可以计算的范围，请核对。") from outside
        if "id" not in rows[0] or not self.by_row:
            return names, cells
        return ["id", *names], [[row["id"], *each] for row, each in zip(rows, cells, strict=True)]

    def _columns(self, parameters: Mapping[str, Any]) -> tuple[Column, ...]:
        if self.more_columns is not None:
            return self.input + declared(self.more_columns(parameters), {})
        if not self.chosen_by:
            return self.input
        chosen = parameters[self.chosen_by]
        if not isinstance(chosen, str) or chosen not in self.tables:
            known = "、".join(self.tables)
            raise BadInput(f"参数“{self.chosen_by}”的值“{chosen or ''}”不在可选范围内，请改为{known}。")
        return self.tables[chosen]

    def _parameters(self, given: Mapping[str, Any]) -> dict[str, Any]:
        for name in given:
            if name not in self.parameters:
                known = "、".join(self.parameters) or "没有参数"
                raise BadInput(f"“{self.name}”没有参数“{name}”，可用：{known}。")
        return {name: each.accept(name, given.get(name, each.default)) for name, each in self.parameters.items()}


def written(value: Any) -> str:
    """A value as an answer says it: numbers with all their digits, flags as 0 and 1, nothing as an empty cell."""
    if hasattr(value, "item"):  # a number of numpy
        value = value.item()
    if value is None or value != value:
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
    input: str | Mapping[str, str],  # noqa: A002 — the word of the declaration
    output: str,
    chosen_by: str = "",
    choices: Mapping[str, Sequence[str]] | None = None,
    parameters: Mapping[str, Any] | None = None,  # a default alone, or a Parameter
    as_typed: bool = False,
    by_row: bool = True,
    more_columns: Callable[[Mapping[str, Any]], str] | None = None,
    reads_files: bool = False,
) -> Callable[[Function], Function]:
    """Declare the function below as a calculator; ``input`` is by the values of the parameter it is ``chosen_by``, if any."""
    lines = {"": input} if isinstance(input, str) else input
    tables = {value: declared(line, choices or {}) for value, line in lines.items()}

    def declare(function: Function) -> Function:
        columns = tuple({column.name: column for table in tables.values() for column in table}.values())
        outputs = tuple(_outputs(output))
        known = {
            each: given if isinstance(given, Parameter) else Parameter(given)
            for each, given in (parameters or {}).items()
        }
        _declared[name] = Calculator(
            name,
            title,
            source,
            columns,
            outputs,
            function,
            known,
            as_typed,
            tables,
            chosen_by,
            by_row,
            more_columns,
            reads_files,
        )
        return function

    return declare


def _outputs(line: str) -> Iterable[str]:
    """The columns of an answer; ``sir[]`` stands for its two limits."""
    for word in line.split():
        yield from (f"{word[:-2]}_lower", f"{word[:-2]}_upper") if word.endswith("[]") else (word,)


def limits(name: str, both: Sequence[Any]) -> dict[str, Any]:
    """Two limits as columns of an answer."""
    return {f"{name}_lower": both[0], f"{name}_upper": both[1]}


def calculators() -> list[Calculator]:
    """Every calculator, by name."""
    return [_declared[name] for name in sorted(_declared)]


def find(name: str) -> Calculator:
    """The calculator of this name. Raises BadInput."""
    if name not in _declared:
        raise BadInput(f"没有计算器“{name}”，可用 ./yizheng compute --list 查看全部。")
    return _declared[name]
