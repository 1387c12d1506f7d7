"""登记的时间线: one row a line of the register, states as bars, events as diamonds, over the years they span.

Positions are shares of the whole width in per cent, so the drawing is fluid without a script; labels stand beside it
as text. The as-of day has its line in the colour of the past, today a dashed one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

ROW = 24
HEAD = 22
FOOT = 24
AHEAD_YEARS = 1
NARROW = 9.0
"""A bar narrower than this share has no room for words."""


@dataclass(frozen=True, slots=True)
class Span:
    """A state over a period; `look` is filled, outlined, plain, hatched or ended."""

    start: date
    until: date
    text: str
    look: str


@dataclass(frozen=True, slots=True)
class Point:
    """An event on its day; `look` is the kind of its colour (ok, bad, go)."""

    on: date
    text: str
    look: str


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its label and what stands on it."""

    label: str
    spans: tuple[Span, ...] = ()
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class Bar:
    """A drawn state."""

    x: float
    width: float
    y: int
    text: str
    look: str
    after: str
    title: str


@dataclass(frozen=True, slots=True)
class Diamond:
    """A drawn event."""

    x: float
    y: int
    text: str
    look: str
    title: str
    before: bool
    """The words stand before the mark, because there is no room after it."""


@dataclass(frozen=True, slots=True)
class Diagram:
    """Everything the template draws."""

    labels: tuple[str, ...]
    years: tuple[tuple[float, int], ...]
    bars: tuple[Bar, ...]
    diamonds: tuple[Diamond, ...]
    height: int
    foot: int
    today: float
    day: float | None
    as_of: date
    summary: str

    @property
    def flag_start(self) -> bool:
        """Whether the flag of the as-of day must hang to the right of its line."""
        return self.day is not None and self.day < NARROW

    @property
    def flag_end(self) -> bool:
        """Whether it must hang to the left."""
        return self.day is not None and self.day > 100 - NARROW


def draw(lines: Sequence[Line], *, day: date, today: date) -> Diagram:
    """The diagram of these lines as of `day`; equal to `today` when the page shows now."""
    days = [day, today, *(span.start for line in lines for span in line.spans)]
    days += [point.on for line in lines for point in line.points]
    days += [span.until for line in lines for span in line.spans if span.until.year <= today.year + 2]
    first, last = date(min(days).year, 1, 1), date(max(max(days).year, today.year) + AHEAD_YEARS, 1, 1)
    scale = _Scale(first, last)
    height = HEAD + ROW * len(lines) + FOOT
    return Diagram(
        labels=tuple(line.label for line in lines),
        years=tuple((scale.x(date(year, 1, 1)), year) for year in scale.years()),
        bars=tuple(_bar(span, index, scale, line) for index, line in enumerate(lines) for span in line.spans),
        diamonds=tuple(_diamond(point, index, scale) for index, line in enumerate(lines) for point in line.points),
        height=height,
        foot=height - FOOT,
        today=scale.x(today),
        day=None if day == today else scale.x(day),
        as_of=day,
        summary=f"{first.year}年至{last.year - 1}年的登记，{len(lines)} 行",
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    last: date

    def x(self, day: date) -> float:
        clipped = min(max(day, self.first), self.last)
        return round(100 * (clipped - self.first).days / (self.last - self.first).days, 2)

    def years(self) -> range:
        span = self.last.year - self.first.year
        return range(self.first.year, self.last.year, 1 + span // 16)


def _bar(span: Span, index: int, scale: _Scale, line: Line) -> Bar:
    x, end = scale.x(span.start), scale.x(span.until)
    width = max(round(end - x, 2), 0.3)
    following = [scale.x(other.start) for other in line.spans if other.start >= span.until]
    room = min(following, default=100.0) - end
    after = span.text if width < NARROW and room > NARROW else ""
    period = f"{span.start}起" if span.until.year == date.max.year else f"{span.start}至{span.until}前"
    return Bar(
        x, width, HEAD + ROW * index, span.text if width >= NARROW else "", span.look, after,
        f"{line.label}　{span.text}　{period}",
    )  # fmt: skip


def _diamond(point: Point, index: int, scale: _Scale) -> Diamond:
    x = scale.x(point.on)
    title = f"{point.text}　{point.on}"
    return Diamond(x, HEAD + ROW * index, point.text, point.look, title, before=x > 100 - NARROW)
