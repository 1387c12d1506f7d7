"""登记的时间线: a row a line of the register, drawn over the years as each kind declares: bars for states, diamonds for events.

Positions are shares of the whole width in per cent, so the drawing is fluid without a script; labels stand beside it
as text. The as-of day has its line in the colour of the past, today a dashed one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from yizheng.registry.models import EventFact, Fact
from yizheng.registry.wording.words import Words

ROW = 24
HEAD = 22
FOOT = 24
AHEAD_YEARS = 1
NARROW = 9.0
"""A bar narrower than this share has no room for words."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A drawn state; `look` is filled, outlined, plain, hatched or ended."""

    x: float
    width: float
    y: int
    text: str
    look: str
    after: str
    title: str


@dataclass(frozen=True, slots=True)
class Diamond:
    """A drawn event; `look` is the kind of its colour (ok, bad, go)."""

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


def drawing(versions: Iterable[Fact], words: Words, *, day: date, today: date) -> Diagram | None:
    """What was known, drawn as of `day`, which is `today` when the page shows now; None when there is nothing to draw."""
    lines = _lines(versions)
    if not lines:
        return None
    scale = _scale(lines, day, today)
    labels = [words.line(line[-1]) for line in lines]
    bars: list[Bar] = []
    diamonds: list[Diamond] = []
    for index, (line, label) in enumerate(zip(lines, labels, strict=True)):
        y = HEAD + ROW * index
        if isinstance(line[-1], EventFact):
            diamonds.extend(_diamond(each, words.says(each), y, scale) for each in line)
            continue
        for each, former in zip(line, [None, *line], strict=False):
            text = words.tell(each.told.bar, each, former)
            following = [scale.x(other.valid_from) for other in line if other.valid_from >= each.valid_to]
            bars.append(_bar(each, label, text, y, scale, min(following, default=100.0)))
    height = HEAD + ROW * len(lines) + FOOT
    return Diagram(
        labels=tuple(labels),
        years=tuple((scale.x(date(year, 1, 1)), year) for year in scale.years()),
        bars=tuple(bars),
        diamonds=tuple(diamonds),
        height=height,
        foot=height - FOOT,
        today=scale.x(today),
        day=None if day == today else scale.x(day),
        as_of=day,
        summary=f"{scale.first.year}年至{scale.last.year - 1}年的登记，{len(lines)} 行",
    )


def _lines(versions: Iterable[Fact]) -> list[list[Fact]]:
    """The versions by line, the first of a line in front; lines in the order their kinds declare."""
    by_line: dict[tuple[int, str, str], list[Fact]] = {}
    for each in versions:
        if type(each).drawn:
            by_line.setdefault((each.order, each.fact_table(), each.line), []).append(each)
    lines = [sorted(found, key=lambda each: each.valid_from) for found in by_line.values()]
    return sorted(lines, key=lambda line: (line[0].order, line[0].fact_table(), line[0].valid_from, line[0].line))


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


def _scale(lines: list[list[Fact]], day: date, today: date) -> _Scale:
    drawn = [each for line in lines for each in line]
    ends = [each.valid_to for each in drawn if not isinstance(each, EventFact) and each.valid_to.year <= today.year + 2]
    days = [day, today, *(each.valid_from for each in drawn), *ends]
    return _Scale(date(min(days).year, 1, 1), date(max(max(days).year, today.year) + AHEAD_YEARS, 1, 1))


def _bar(version: Fact, label: str, text: str, y: int, scale: _Scale, following: float) -> Bar:
    start, until = version.valid_from, version.valid_to
    x, end = scale.x(start), scale.x(until)
    width = max(round(end - x, 2), 0.3)
    fits, room = width >= NARROW, following - end > NARROW
    period = f"{start}起" if until.year == date.max.year else f"{start}至{until}前"
    return Bar(
        x, width, y, text if fits else "", version.look, text if room and not fits else "", f"{label}　{text}　{period}"
    )


def _diamond(version: Fact, text: str, y: int, scale: _Scale) -> Diamond:
    x = scale.x(version.valid_from)
    return Diamond(x, y, text, version.look, f"{text}　{version.valid_from}", before=x > 100 - NARROW)
