"""Trend lines of one person, drawn on the server: values by year, a limit beside them, and where the device changed."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe

ACCENT, OTHER, GREY, INK, LINE, PAST = "#1f5c91", "#b97a00", "#818d99", "#46525f", "#e3e7eb", "#5a4790"
WIDTH, HEIGHT, LEFT, RIGHT, TOP, FOOT = 400, 160, 38, 14, 30, 22
_FONT = 'font-family="PingFang SC,Microsoft YaHei UI,Noto Sans CJK SC,Source Han Sans SC,Noto Sans SC,sans-serif" font-size="11"'
Points = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what it is called, its points by year, its colour, and whether it is a limit (dashed)."""

    title: str
    points: Points
    colour: str = ACCENT
    limit: bool = False
    steps: bool = False
    """Whether a value holds until the next one, as in a curve of survival."""


class _Scale:
    """Where a year and a value stand."""

    def __init__(self, lines: Sequence[Line]) -> None:
        years = [year for line in lines for year, _ in line.points]
        values = [value for line in lines for _, value in line.points]
        self.first, self.last = min(years), max(years)
        low, high = min(values), max(values)
        room = (high - low or abs(high) or 1.0) * 0.12
        self.low, self.high = max(0.0, low - room) if low >= 0 else low - room, high + room

    def x(self, year: float) -> float:
        span = max(1.0, self.last - self.first)
        return LEFT + (WIDTH - LEFT - RIGHT) * (year - self.first) / span

    def y(self, value: float) -> float:
        return TOP + (HEIGHT - TOP - FOOT) * (self.high - value) / (self.high - self.low)


def _text(x: float, y: float, words: str, anchor: str = "start", fill: str = INK) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{fill}">{escape(words)}</text>'


def trend(title: str, lines: Sequence[Line], changes: Sequence[tuple[int, str]] = ()) -> SafeString:
    """The picture; empty where fewer than two values are known."""
    drawn = [line for line in lines if line.points]
    if sum(len(line.points) for line in drawn if not line.limit) < 2:
        return SafeString("")
    scale = _Scale(drawn)
    body = [*_axes(scale), *_marks(scale, changes)]
    for line in drawn:
        body.extend(_line(scale, line))
    about = "；".join(
        f"{line.title} " + "，".join(f"{year:g} 年 {value:g}" for year, value in line.points)
        for line in drawn
        if not line.limit
    )
    return mark_safe(  # noqa: S308 - every word in it is escaped
        '<svg xmlns="http://www.w3.org/2000/svg" class="chart" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title)}：{escape(about)}" '
        f"{_FONT}>{''.join(body)}</svg>"
    )


def _axes(scale: _Scale) -> list[str]:
    parts = []
    for value in ticks(scale.low, scale.high):
        y = scale.y(value)
        parts.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="{LINE}"/>')
        parts.append(_text(LEFT - 4, y + 4, f"{value:g}", "end"))
    years = sorted({scale.first, (scale.first + scale.last) // 2, scale.last})
    return [*parts, *(_text(scale.x(year), HEIGHT - 6, f"{year:g}", "middle") for year in years)]


def ticks(low: float, high: float) -> list[float]:
    """Round values within two bounds, three to six of them."""
    rough = (high - low) / 4
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * each for each in (1, 2, 2.5, 5, 10) if power * each >= rough)
    first = math.ceil(low / step)
    return [round(step * each, 10) for each in range(first, math.floor(high / step) + 1)]


def _marks(scale: _Scale, changes: Sequence[tuple[int, str]]) -> list[str]:
    parts = []
    for number, (year, words) in enumerate(changes):
        x = scale.x(year) - 3
        bottom = HEIGHT - FOOT
        parts.append(
            f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP - 4}" y2="{bottom}" stroke="{PAST}" stroke-dasharray="3 3"/>'
        )
        anchor = "end" if x > WIDTH / 2 else "start"
        parts.append(_text(x, 10 + 13 * (number % 2), f"换 {words}", anchor, PAST))
    return parts


def _line(scale: _Scale, line: Line) -> list[str]:
    drawn = _stepped(line.points) if line.steps else line.points
    points = " ".join(f"{scale.x(year):.1f},{scale.y(value):.1f}" for year, value in drawn)
    dash = ' stroke-dasharray="4 3"' if line.limit else ""
    parts = [f'<polyline points="{points}" fill="none" stroke="{line.colour}" stroke-width="1.5"{dash}/>']
    if not line.limit and not line.steps:
        parts += [
            f'<circle cx="{scale.x(year):.1f}" cy="{scale.y(value):.1f}" r="2.5" fill="{line.colour}"/>'
            for year, value in line.points
        ]
    return parts


def _stepped(points: Points) -> list[tuple[float, float]]:
    """Each value kept until the next."""
    found: list[tuple[float, float]] = []
    for time, value in points:
        if found:
            found.append((time, found[-1][1]))
        found.append((time, value))
    return found
