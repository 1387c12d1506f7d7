"""提问: a measure by rows and columns, narrowed by filters, of a day, beside another: a value that can be kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from yizheng.analysis.datasets import Dataset, Dimension, Measure, UnknownDataset, dataset
from yizheng.kernel.chinese_dates import long_date

VIEWS = {"table": "表格", "bar": "条形图", "line": "折线图", "map": "分区图", "funnel": "漏斗图"}
LARGEST = 5000
"""More cells are no table that anybody reads."""


class BadQuestion(ValueError):
    """The question cannot be asked so; the words say why."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Only rows whose dimension has one of the values, or lies so many days after the day of the question (``0..90``)."""

    dimension: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. Days are ISO dates, empty for the newest slice."""

    dataset: str
    measure: str = "subjects"
    rows: str = ""
    columns: str = ""
    filters: tuple[Filter, ...] = ()
    day: str = ""
    compare: str = ""
    """The day compared with, or ``year`` for the same day a year before."""
    view: str = "table"
    per: str = ""
    """What the measure is divided by: ``table/measure/rows``, over the same rows of another dataset."""

    @property
    def of(self) -> Dataset:
        """The dataset. Raises BadQuestion."""
        try:
            return dataset(self.dataset)
        except UnknownDataset:
            raise BadQuestion("没有这个数据集，请重新选择") from None

    def dimension(self, code: str) -> Dimension:
        """A dimension of the dataset. Raises BadQuestion."""
        try:
            return self.of.dimensions[code]
        except KeyError:
            raise BadQuestion(f"“{self.of.title}”没有“{code}”这一项，请重新选择") from None

    @property
    def counted(self) -> Measure:
        """The measure. Raises BadQuestion."""
        try:
            return self.of.measures[self.measure]
        except KeyError:
            raise BadQuestion("没有这个指标，请重新选择") from None

    @property
    def asked(self) -> tuple[Dimension, ...]:
        """Every dimension the question names."""
        named = (self.rows, self.columns, *(each.dimension for each in self.filters))
        return tuple(self.dimension(code) for code in named if code)

    @property
    def protects(self) -> bool:
        """Whether small cells are hidden: the question is about people and asks by something the public may not read."""
        return self.of.about_people and not (self.counted.public and all(each.public for each in self.asked))

    def checked(self) -> Question:
        """The question, if it can be asked. Raises BadQuestion."""
        _ = self.counted, self.asked
        if self.columns and self.compare:
            raise BadQuestion("比较两个日期时不能再分列，请去掉“列”或者“比较”")
        if self.per and (self.columns or self.compare):
            raise BadQuestion("计算比值时不能再分列或者比较")
        if self.view not in VIEWS:
            raise BadQuestion("没有这种图，请重新选择")
        if self.view != "table" and not self.rows:
            raise BadQuestion("画图须选“行”")
        if self.view == "funnel" and not self.per:
            raise BadQuestion("漏斗图用于比值，请先选“每”")
        return self

    def kept(self) -> dict[str, Any]:
        """As it is stored."""
        return asdict(self)

    def by_row(self, code: str) -> Question:
        """The same question about one row alone."""
        return replace(
            self,
            filters=(*self.filters, Filter(self.rows, (code,))),
            rows="",
            columns="",
            compare="",
            view="table",
            per="",
        )

    def without_comparison(self) -> Question:
        """The same question of one day."""
        return replace(self, compare="", view="table", per="")

    def ratio(self) -> Question | None:
        """The question the measure is divided by."""
        if not self.per:
            return None
        parts = self.per.split("/")
        if len(parts) != 3:
            raise BadQuestion("比值的分母没有写全")
        return Question(parts[0], parts[1], parts[2], day=self.day)

    def sentence(self, day: date, compared: date | None) -> str:
        """The question in words."""
        measure = self.counted
        by = [self.dimension(code).label for code in (self.rows, self.columns) if code]
        narrowed = [_narrowed(self.dimension(each.dimension), each) for each in self.filters]
        parts = [f"按{'、'.join(by)}" if by else "", f"数{measure.label}（{self.of.title}）"]
        if (divisor := self.ratio()) is not None:
            parts.append(f"，除以{divisor.counted.label}（{divisor.of.title}）")
        if narrowed:
            parts.append(f"，只看{'、'.join(narrowed)}")
        parts.append(f"，截至{long_date(day)}")
        if compared:
            parts.append(f"，与{long_date(compared)}比")
        return "".join(parts)


def _narrowed(dimension: Dimension, wanted: Filter) -> str:
    if dimension.kind == "day":
        first, _, last = wanted.values[0].partition("..")
        return f"{dimension.label.removesuffix('（日）')}在之后 {first or '0'} 至 {last} 日"
    return f"{dimension.label}为{'、'.join(dimension.words(value) for value in wanted.values)}"


def read(kept: Mapping[str, Any]) -> Question:
    """A stored question."""
    filters = tuple(Filter(each["dimension"], tuple(each["values"])) for each in kept.get("filters", ()))
    return Question(**{**kept, "filters": filters})


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure; hidden where it is small and protected."""

    value: float | int | None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a result."""

    code: str
    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """A table of figures with its heads and its total."""

    heads: tuple[tuple[str, str], ...]
    """Code and words of each column."""
    lines: tuple[Line, ...]
    total: tuple[Cell, ...] = field(default=())
    note: str = ""

    def kept(self) -> dict[str, Any]:
        """As it is stored with an answer."""
        return asdict(self)
