"""回答: a question over the slices of its day, read with the reader's own rights; the same slices give the same figures.

The engine is polars over Parquet: a question is put together from expressions, never from text somebody typed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl

from yizheng.analysis import hiding
from yizheng.analysis.datasets import AGES, OLDER, PERSON, SUBJECT, Dimension
from yizheng.analysis.derived import derived
from yizheng.analysis.derived import rows as derived_rows
from yizheng.analysis.questions import LARGEST, BadQuestion, Cell, Filter, Line, Question, Result
from yizheng.kernel.calendar.periods import add_years
from yizheng.people.kinds import ScopeKind
from yizheng.people.models import Scope
from yizheng.people.scope import acting_as_system
from yizheng.registry.reading import kind_of_table
from yizheng.slices.columns import PEOPLE
from yizheng.slices.models import Slice, SliceState, SliceTable
from yizheng.slices.remaking import scan

_READABLE = (SliceState.CUT, SliceState.SIGNED, SliceState.RELEASED, SliceState.RETIRED)
COMPARED = (("before", "之前"), ("now", "现在"), ("change", "净变化"), ("new", "新增"), ("gone", "减少"))


@dataclass(frozen=True, slots=True)
class Ground:
    """The tables a question is asked of: by name, all of one day and one position."""

    day: date
    position: int
    tables: Mapping[str, SliceTable]

    @property
    def slices(self) -> list[int]:
        """The slices it rests on."""
        return sorted({part.slice_id for part in self.tables.values()})


class NoGround(Exception):
    """There is no slice of that day; `day` says of which, `registers` which registers are wanted."""

    def __init__(self, day: date | None, registers: Sequence[str]) -> None:
        super().__init__("还没有可用的切片" if day is None else f"没有 {day.isoformat()} 的切片")
        self.day, self.registers = day, registers


def registers_of(question: Question) -> list[str]:
    """The registers whose slices a question needs."""
    tables = [question.dataset, *(each.of for each in question.asked if each.of)]
    if (divisor := question.ratio()) is not None:
        tables += [divisor.dataset, *(each.of for each in divisor.asked if each.of)]
    return list(dict.fromkeys(_register_of(name) for name in tables))


def _register_of(name: str) -> str:
    drawn = derived(name)
    return drawn.register.code if drawn is not None else (kind_of_table(name).register or PEOPLE).code


def days(registers: Sequence[str]) -> list[date]:
    """The days of which there are slices of all these registers, newest first."""
    with acting_as_system("可提问的日期"):
        found = [set(_readable(code).values_list("valid_on", flat=True)) for code in registers]
    return sorted(set.intersection(*found), reverse=True) if found else []


def _readable(register: str) -> Any:
    return Slice.objects.filter(register=register, parent=None, state__in=_READABLE)


def ground(question: Question, day: date | None = None) -> Ground:
    """The newest slices of the day the question names. Raises NoGround."""
    registers = registers_of(question)
    known = days(registers)
    wanted = day or (date.fromisoformat(question.day) if question.day else known[0] if known else None)
    if wanted is None or wanted not in known:
        raise NoGround(wanted, registers)
    with acting_as_system("分析所用切片"):
        return _ground(wanted, registers)


def _ground(day: date, registers: Sequence[str]) -> Ground:
    chosen = [_readable(code).filter(valid_on=day).order_by("-position", "-pk")[0] for code in registers]
    parts = SliceTable.objects.filter(slice__in=chosen).select_related("slice")
    return Ground(day, max(each.position for each in chosen), {part.table: part for part in parts})


def ground_again(slices: Sequence[int]) -> Ground:
    """The tables of slices that an answer was once given from."""
    with acting_as_system("复算所用切片"):
        parts = list(SliceTable.objects.filter(slice__in=slices).select_related("slice"))
    first = parts[0].slice
    return Ground(first.valid_on, max(part.slice.position for part in parts), {part.table: part for part in parts})


def earlier_day(question: Question, day: date) -> date | None:
    """The day a question compares with: the one named, or of those there are the one nearest to a year before."""
    if not question.compare:
        return None
    if question.compare != "year":
        return date.fromisoformat(question.compare)
    wanted = add_years(day, -1)
    before = [each for each in days(registers_of(question)) if each < day]
    if not before:
        raise NoGround(wanted, registers_of(question))
    return min(before, key=lambda each: abs(each - wanted))


def answer(question: Question, now: Ground, before: Ground | None, scopes: Collection[int]) -> Result:
    """The figures, with small cells hidden where the question protects. Raises BadQuestion."""
    with acting_as_system("分析提问"):
        if before is not None:
            result = _compared(question, now, before, scopes)
            return hiding.compared(result) if question.protects else result
        if (divisor := question.ratio()) is not None:
            return _divided(question, divisor, now, scopes)
        result = _table(question, now, scopes)
        return hiding.protected(result) if question.protects else result


def rows_behind(question: Question, now: Ground, scopes: Collection[int], most: int) -> tuple[pl.DataFrame, int]:
    """The rows a figure counts, as many as are shown, and how many there are."""
    with acting_as_system("分析：打开数字背后的行"):
        found = _frame(question, now, scopes)
        names = [each.name for each in question.of.shown]
        rows = found.select(names).unique().sort("subject_id", "line", "valid_from")
        return rows.head(most).collect(), int(rows.select(pl.len()).collect().item())


def _frame(question: Question, now: Ground, scopes: Collection[int]) -> pl.LazyFrame:
    """The rows of a question with its dimensions as columns ``row`` and ``column``."""
    drawn = derived(question.dataset)
    rows = (
        scan(now.tables[question.dataset]) if drawn is None else derived_rows(drawn.code, now.day, now.position).lazy()
    )
    rows = rows.filter(pl.col("authority_scope").is_in(pl.Series([*scopes], dtype=pl.Int64).implode()))
    beside: dict[tuple[str, str], list[Dimension]] = {}
    for dimension in question.asked:
        if dimension.via:
            beside.setdefault((dimension.via, dimension.of), []).append(dimension)
    for found in beside.values():
        rows = _joined(rows, found, now)
    for each in question.filters:
        rows = rows.filter(_fits(question.dimension(each.dimension), each, now.day))
    for name, code in (("row", question.rows), ("column", question.columns)):
        rows = rows.with_columns(_value(question.dimension(code), now.day).alias(name)) if code else rows
        if code and question.dimension(code).kind == "codes":
            rows = rows.explode(name)
    return rows


def _joined(rows: pl.LazyFrame, wanted: Sequence[Dimension], now: Ground) -> pl.LazyFrame:
    """The rows with the columns of another subject beside them, one line a subject."""
    via, of = wanted[0].via, wanted[0].of
    others = scan(now.tables[of]).sort("subject_id", "line").unique("subject_id", keep="first", maintain_order=True)
    columns = {_name(each, each.column): pl.col(each.column) for each in wanted}
    renamed = others.select(pl.col("subject_id").alias("_key"), **columns)
    key = "subject_id" if via in (SUBJECT, PERSON) else via
    return rows.join(renamed, left_on=key, right_on="_key", how="left")


def _name(dimension: Dimension, column: str) -> str:
    return f"{dimension.via}.{column}"


def _column(dimension: Dimension) -> pl.Expr:
    return pl.col(_name(dimension, dimension.column) if dimension.via else dimension.column)


def _value(dimension: Dimension, day: date) -> pl.Expr:
    value = _column(dimension)
    if dimension.kind == "year":
        return value.dt.strftime("%Y")
    if dimension.kind == "month":
        return value.dt.strftime("%Y-%m")
    if dimension.kind == "day":
        return value.dt.strftime("%Y-%m-%d")
    if dimension.kind == "age":
        return _age(value, day)
    if dimension.kind == "flag":
        return value.cast(pl.String)
    return value if dimension.kind == "codes" else value.cast(pl.String)


def _age(birth: pl.Expr, day: date) -> pl.Expr:
    """The group of ages somebody born then belongs to on the day."""
    passed = (birth.dt.month() < day.month) | ((birth.dt.month() == day.month) & (birth.dt.day() <= day.day))
    years = day.year - birth.dt.year() - (~passed).cast(pl.Int32)
    group = pl.lit(AGES[-1])
    for bound, words in reversed([*zip(OLDER, AGES, strict=False)]):
        group = pl.when(years < bound).then(pl.lit(words)).otherwise(group)
    return pl.when(years.is_not_null()).then(group)


def _fits(dimension: Dimension, wanted: Filter, day: date) -> pl.Expr:
    if dimension.kind == "day":
        first, _, last = wanted.values[0].partition("..")
        try:
            begin, end = (day + timedelta(days=int(each or 0)) for each in (first, last))
        except ValueError:
            raise BadQuestion("日期的范围写成天数，例如 0..90") from None
        return _column(dimension).is_between(begin, end)
    if dimension.kind == "codes":
        return pl.any_horizontal(_column(dimension).list.contains(value) for value in wanted.values)
    return _value(dimension, day).is_in(pl.Series([*wanted.values], dtype=pl.String).implode())


def _measured(measure: str) -> pl.Expr:
    kind, _, column = measure.partition(":")
    if kind == "subjects":
        return pl.col("subject_id").n_unique()
    if kind == "rows":
        return pl.len()
    if kind == "distinct":
        return pl.struct("subject_id", column).n_unique()
    value = pl.col(column).cast(pl.Float64) if kind == "mean" else pl.col(column)
    return value.mean() if kind == "mean" else value.sum()


def _by_row(question: Question, now: Ground, scopes: Collection[int]) -> dict[str, Any]:
    """The measure by the codes of the rows."""
    found = _frame(question, now, scopes).group_by("row").agg(_measured(question.measure).alias("value")).collect()
    return {"" if code is None else str(code): value for code, value in found.select("row", "value").iter_rows()}


def _whole(question: Question, now: Ground, scopes: Collection[int]) -> Any:
    return _frame(question, now, scopes).select(_measured(question.measure)).collect().item()


def _table(question: Question, now: Ground, scopes: Collection[int]) -> Result:
    measure = question.counted
    if not question.rows:
        value = _whole(question, now, scopes)
        return Result((("", measure.label),), (Line("", "合计", (Cell(_plain(value)),)),))
    words = _named(question, question.rows)
    if not question.columns:
        found = _by_row(question, now, scopes)
        lines = [Line(code, words(code), (Cell(_plain(found[code])),)) for code in _ordered(question, found)]
        return Result((("", measure.label),), tuple(lines), (Cell(_plain(_whole(question, now, scopes))),))
    return _grid(question, now, scopes)


def _grid(question: Question, now: Ground, scopes: Collection[int]) -> Result:
    """The measure by rows and columns."""
    rows = _frame(question, now, scopes)
    grouped = rows.group_by("row", "column").agg(_measured(question.measure).alias("value")).collect()
    found: dict[tuple[str, str], Any] = {
        (str(row or ""), str(column or "")): value
        for row, column, value in grouped.select("row", "column", "value").iter_rows()
    }
    heads = sorted({column for _, column in found})
    sums = {row: sum(float(found.get((row, column)) or 0) for column in heads) for row, _ in found}
    if len(heads) * len(sums) > LARGEST:
        raise BadQuestion(f"结果超过 {LARGEST} 格，请换一个“列”或者加筛选")
    words, said = _named(question, question.rows), _named(question, question.columns)
    lines = tuple(
        Line(row, words(row), tuple(Cell(_plain(found.get((row, column), 0))) for column in heads))
        for row in _ordered(question, sums)
    )
    total = tuple(Cell(_plain(_sum(found, column))) for column in heads) if _adds_up(question) else ()
    return Result(tuple((column, said(column)) for column in heads), lines, total)


def _adds_up(question: Question) -> bool:
    """Whether the cells of a column are parts of a whole."""
    return not question.measure.startswith("mean:") and all(each.kind != "codes" for each in question.asked)


def _sum(found: Mapping[tuple[str, str], Any], column: str) -> Any:
    return sum(value or 0 for (_, each), value in found.items() if each == column)


def _compared(question: Question, now: Ground, before: Ground, scopes: Collection[int]) -> Result:
    """Two days beside each other, with who came and who went, row by row."""
    if not question.rows:
        raise BadQuestion("比较两个日期时须选“行”")
    latter, former = _by_row(question, now, scopes), _by_row(question, before, scopes)
    came, went = _turnover(question, now, before, scopes)
    words, lines = _named(question, question.rows), []
    for code in _ordered(question, {**former, **latter}):
        was, is_ = former.get(code) or 0, latter.get(code) or 0
        figures = (was, is_, is_ - was, came.get(code, 0), went.get(code, 0))
        lines.append(Line(code, words(code), tuple(Cell(_plain(each)) for each in figures)))
    was, is_ = _whole(question, before, scopes) or 0, _whole(question, now, scopes) or 0
    total = (Cell(_plain(was)), Cell(_plain(is_)), Cell(_plain(is_ - was)))
    return Result(COMPARED, tuple(lines), total)


def _turnover(
    question: Question, now: Ground, before: Ground, scopes: Collection[int]
) -> tuple[dict[str, int], dict[str, int]]:
    """How many subjects came into each row and went from it."""
    pairs = [_frame(question, each, scopes).select("row", "subject_id").unique() for each in (now, before)]
    sides = ((pairs[0], pairs[1]), (pairs[1], pairs[0]))
    found = []
    for one, other in sides:
        only = one.join(other, on=["row", "subject_id"], how="anti", nulls_equal=True)
        counted = only.group_by("row").len().collect()
        found.append({str(code or ""): int(number) for code, number in counted.iter_rows()})
    return found[0], found[1]


def _divided(question: Question, divisor: Question, now: Ground, scopes: Collection[int]) -> Result:
    """Numerator, denominator and their ratio, over the same rows."""
    above, below = _by_row(question, now, scopes), _by_row(divisor, now, scopes)
    words, lines = _named(question, question.rows), []
    for code in _ordered(question, above):
        over, under = above[code] or 0, below.get(code) or 0
        ratio = round(float(over) / float(under), 4) if under else None
        lines.append(Line(code, words(code), (Cell(_plain(over)), Cell(_plain(under)), Cell(ratio))))
    heads = (("over", question.counted.label), ("under", divisor.counted.label), ("ratio", "比值"))
    return Result(heads, tuple(lines), note="两个数据集按同一项对照；分母为零的不计算")


def _ordered(question: Question, found: Mapping[str, Any]) -> list[str]:
    """Codes by time where they are times, by age, else by their figure, greatest first; at most as many as are read."""
    kind = question.dimension(question.rows).kind
    if len(found) > LARGEST:
        raise BadQuestion(f"结果超过 {LARGEST} 行，请换一个“行”或者加筛选")
    if kind == "age":
        return sorted(found, key=lambda code: AGES.index(code) if code in AGES else len(AGES))
    if kind in ("year", "month", "day"):
        return sorted(found)
    return sorted(found, key=lambda code: (-float(found[code] or 0), code))


def _named(question: Question, of: str) -> Callable[[str], str]:
    """What says a code of a dimension in words."""
    dimension = question.dimension(of)
    if dimension.kind != "scope":
        return dimension.words
    of_authorities = Scope.objects.filter(kind__in=[ScopeKind.CITY, ScopeKind.DISTRICT])
    names = {str(pk): name for pk, name in of_authorities.values_list("pk", "name")}
    return lambda code: names.get(code, code)


def _plain(value: Any) -> int | float | None:
    """A figure as it is kept: whole numbers as such, others with four decimals."""
    if value is None or isinstance(value, int):
        return value
    rounded = round(float(value), 4)
    return int(rounded) if rounded.is_integer() else rounded
