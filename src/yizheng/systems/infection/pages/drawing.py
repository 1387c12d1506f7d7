"""Pictures of infection control, drawn on the server as marks with places: months with control limits, the ten days of an alarm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, LEFT, RIGHT, TOP, FOOT = 760, 240, 40, 84, 18, 30


@dataclass(frozen=True, slots=True)
class Bar:
    """One point: its month, value and limits, and whether it lies outside them."""

    label: str
    value: float
    lower: float
    upper: float
    beyond: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """A point with its place."""

    x: float
    y: float
    label: str
    words: str
    beyond: bool
    labelled: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture: marks, the line through them, stepped limits, the centre, the scale, and all of it in words."""

    marks: tuple[Mark, ...]
    line: str
    upper: str
    lower: str
    centre: float
    centre_words: str
    upper_y: float
    scale: tuple[tuple[float, str], ...]
    summary: str
    limits: bool
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    ground: int = HEIGHT - FOOT


def draw_months(bars: Sequence[Bar], centre: float, *, limits: bool) -> Drawing:
    """The months as points on a line, from zero; outside their limits they are diamonds."""
    most = max([centre, *(each.value for each in bars), *(each.upper for each in bars if limits)]) * 1.1 or 1
    step = (WIDTH - LEFT - RIGHT) / len(bars)

    def y(value: float) -> float:
        return round(HEIGHT - FOOT - value / most * (HEIGHT - FOOT - TOP), 1)

    marks = tuple(
        Mark(round(LEFT + step * (place + 0.5), 1), y(each.value), each.label, f"{each.value:.2f}", each.beyond, place % every == 0)
        for every in [max(1, len(bars) // 6)]
        for place, each in enumerate(bars)
    )  # fmt: skip
    return Drawing(
        marks,
        " ".join(f"{each.x},{each.y}" for each in marks),
        _stepped([y(each.upper) for each in bars], step),
        _stepped([y(each.lower) for each in bars], step),
        y(centre),
        f"均 {centre:.2f}",
        y(bars[-1].upper),
        tuple((y(most / 1.1 * part / 4), f"{most / 1.1 * part / 4:.1f}") for part in range(5)),
        "；".join(f"{each.label} {each.value:.2f}{'，在控制限以外' if each.beyond else ''}" for each in bars),
        limits,
    )


def _stepped(heights: Sequence[float], step: float) -> str:
    corners = []
    for place, height in enumerate(heights):
        corners += [f"{LEFT + step * place:.1f},{height}", f"{LEFT + step * (place + 1):.1f},{height}"]
    return " ".join(corners)


@dataclass(frozen=True, slots=True)
class DayBar:
    """One day of an alarm."""

    x: int
    y: float
    height: float
    count: int
    label: str
    last: bool


@dataclass(frozen=True, slots=True)
class Days:
    """The ten days of an alarm, with the threshold over them and the window of the baseline under them."""

    bars: tuple[DayBar, ...]
    threshold: float | None
    baseline: int
    summary: str


DAY_WIDTH, DAY_GROUND, DAY_TOP = 34, 120, 26


def draw_days(
    days: Sequence[str],
    counts: Sequence[int],
    threshold: float | None,
    baseline: int,
    labels: Sequence[str] | None = None,
) -> Days:
    """Bars of the days, or of other periods with their labels; the last is the alarm's."""
    most = max([*counts, threshold or 0, 1])

    def height(value: float) -> float:
        return round(value / most * (DAY_GROUND - DAY_TOP), 1)

    bars = tuple(
        DayBar(
            DAY_WIDTH * place,
            DAY_GROUND - height(count),
            height(count),
            count,
            labels[place] if labels is not None else day[8:].lstrip("0"),
            place == len(counts) - 1,
        )
        for place, (day, count) in enumerate(zip(days, counts, strict=True))
    )
    summary = "；".join(f"{day} {count} 名" for day, count in zip(days, counts, strict=True))
    return Days(bars, None if threshold is None else DAY_GROUND - height(threshold), baseline * DAY_WIDTH, summary)
