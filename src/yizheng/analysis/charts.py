"""图: a result as a picture, drawn on the server as SVG, the same on the page and on paper.

One hue, no animation, numbers at the marks; hidden figures are drawn as nothing and said as hidden. Colours are those of the face.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from functools import cache
from html import escape
from pathlib import Path

from yizheng.analysis.questions import Line, Question, Result
from yizheng.kernel.statistics.funnel import LEVELS, poisson_limits

ACCENT, GREY, INK, LINE, BAD = "#1f5c91", "#818d99", "#46525f", "#eceff1", "#a62b20"
_TILES = Path(__file__).parent / "data" / "tiles.csv"
MOST = 40
_FONT = 'font-family="PingFang SC,Microsoft YaHei UI,Noto Sans CJK SC,Source Han Sans SC,Noto Sans SC,sans-serif" font-size="12"'
_SHADES = ("#eaf1f7", "#c3d7e8", "#8fb3d3", "#4d86b6", ACCENT)


def draw(question: Question, result: Result) -> str:
    """The picture of a result; empty where a table is asked for, or nothing can be drawn."""
    drawing = _DRAWINGS.get(question.view)
    return drawing(question, result) if drawing and result.lines else ""


def _figure(result: Result) -> int:
    """Which column a picture shows: the net change of a comparison is told, the present is drawn."""
    codes = [code for code, _ in result.heads]
    return codes.index("now") if "now" in codes else codes.index("ratio") if "ratio" in codes else 0


def _svg(width: float, height: float, body: str, about: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" role="img" aria-label="{escape(about)}" '
        f'class="chart" {_FONT}>{body}</svg>'
    )


def _text(x: float, y: float, words: str, anchor: str = "start", fill: str = INK) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{fill}">{escape(words)}</text>'


def _said(value: float | None, *, hidden: bool = False) -> str:
    if hidden:
        return "不显示"
    return "—" if value is None else f"{value:,}"


def _about(result: Result, at: int) -> str:
    """The picture in words, for who does not see it."""
    return "；".join(
        f"{line.label} {_said(line.cells[at].value, hidden=line.cells[at].hidden)}" for line in result.lines[:MOST]
    )


def bars(question: Question, result: Result) -> str:
    """Horizontal bars, greatest first as the table has them; of a comparison the former figure as a grey mark."""
    at = _figure(result)
    lines = result.lines[:MOST]
    most = max([float(cell.value or 0) for line in lines for cell in line.cells[: at + 1]] or [1]) or 1
    label, width, row = 168, 860, 24
    room = width - label - 90
    marks = []
    for number, line in enumerate(lines):
        top, cell = number * row + 6, line.cells[at]
        long = float(cell.value or 0) / most * room
        marks.append(_text(label - 8, top + 13, _short(line.label), "end"))
        marks.append(f'<rect x="{label}" y="{top + 2}" width="{long:.1f}" height="14" fill="{ACCENT}"/>')
        if question.compare:
            was = label + float(line.cells[0].value or 0) / most * room
            marks.append(f'<rect x="{was - 1:.1f}" y="{top - 1}" width="2" height="20" fill="{GREY}"/>')
        marks.append(
            _text(
                label + long + 6,
                top + 13,
                _change(line, at) if question.compare else _said(cell.value, hidden=cell.hidden),
            )
        )
    return _svg(width, len(lines) * row + 12, "".join(marks), _about(result, at))


def _short(label: str) -> str:
    return label if len(label) <= 12 else f"{label[:11]}…"


def _change(line: Line, at: int) -> str:
    cell, net = line.cells[at], line.cells[2]
    if cell.hidden or net.hidden:
        return "不显示"
    change = float(net.value or 0)
    return f"{_said(cell.value)}（{f'{change:+,.0f}' if change else 0}）"


def series(question: Question, result: Result) -> str:
    """A line over the rows in their order."""
    at = _figure(result)
    lines = result.lines[-MOST:]
    width, height, left, bottom = 860, 260, 54, 40
    most = max([float(line.cells[at].value or 0) for line in lines] or [1]) or 1
    step = (width - left - 40) / max(1, len(lines) - 1)
    places = [
        (left + number * step, 20 + (height - bottom - 20) * (1 - float(line.cells[at].value or 0) / most))
        for number, line in enumerate(lines)
    ]
    marks = [f'<line x1="{left}" y1="{height - bottom}" x2="{width - 20}" y2="{height - bottom}" stroke="{GREY}"/>']
    for share in (0.0, 0.5, 1.0):
        y = 20 + (height - bottom - 20) * (1 - share)
        marks.append(f'<line x1="{left}" y1="{y:.1f}" x2="{width - 20}" y2="{y:.1f}" stroke="{LINE}"/>')
        marks.append(_text(left - 6, y + 4, _said(round(most * share)), "end"))
    marks.append(
        f'<polyline fill="none" stroke="{ACCENT}" stroke-width="1.5" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in places)}"/>'
    )
    every = max(1, len(lines) // 12)
    for number, (line, (x, y)) in enumerate(zip(lines, places, strict=True)):
        marks.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" fill="{ACCENT}"/>')
        if number % every == 0:
            marks.append(_text(x, height - bottom + 18, line.label, "middle"))
    return _svg(width, height, "".join(marks), _about(result, at))


@cache
def _tiles() -> dict[str, tuple[str, int, int]]:
    with _TILES.open(encoding="utf-8", newline="") as stream:
        return {row["code"]: (row["name"], int(row["x"]), int(row["y"])) for row in csv.DictReader(stream)}


def tiles(question: Question, result: Result) -> str:
    """The districts as tiles where they lie, darker with more; no outline of a map, which would need a source of its own."""
    at = _figure(result)
    found = {line.code: line for line in result.lines}
    most = max([float(line.cells[at].value or 0) for line in result.lines] or [1]) or 1
    side, gap = 96, 4
    marks = []
    for code, (name, x, y) in _tiles().items():
        line = found.get(code)
        value = line.cells[at] if line else None
        share = float(value.value or 0) / most if value else 0.0
        shade = _SHADES[min(len(_SHADES) - 1, int(share * len(_SHADES)))]
        dark = shade in _SHADES[3:]
        left, top = x * (side + gap), y * (side * 0.62 + gap)
        fill = "#ffffff" if dark else "#1a232e"
        marks.append(f'<rect x="{left}" y="{top:.1f}" width="{side}" height="{side * 0.62:.1f}" fill="{shade}"/>')
        marks.append(_text(left + side / 2, top + 25, name, "middle", fill))
        figure = (
            _change(line, at)
            if line and question.compare
            else _said(value.value, hidden=value.hidden)
            if value
            else "0"
        )
        marks.append(_text(left + side / 2, top + 45, figure, "middle", fill))
    across = max(x for _, x, _ in _tiles().values()) + 1
    down = max(y for _, _, y in _tiles().values()) + 1
    return _svg(across * (side + gap) - gap, down * (side * 0.62 + gap) - gap, "".join(marks), _about(result, at))


def funnel(question: Question, result: Result) -> str:
    """Ratios by their denominators with limits of chance around the whole (95 % dashed, 99.8 % solid); signals are named."""
    points = [
        (float(line.cells[1].value or 0), float(line.cells[0].value or 0), line.label)
        for line in result.lines
        if line.cells[1].value
    ]
    under, over = sum(each[0] for each in points), sum(each[1] for each in points)
    if not points or not over:
        return ""
    whole = over / under
    width, height, left, bottom = 860, 320, 60, 36
    widest, highest = max(each[0] for each in points) * 1.05, max(each[1] / each[0] for each in points) * 1.15

    def at(x: float, ratio: float) -> tuple[float, float]:
        return left + x / widest * (width - left - 30), 14 + (height - bottom - 14) * (
            1 - min(ratio, highest) / highest
        )

    base = at(0, whole)[1]
    marks = [f'<line x1="{left}" y1="{height - bottom}" x2="{width - 20}" y2="{height - bottom}" stroke="{GREY}"/>',
             f'<line x1="{left}" y1="{base:.1f}" x2="{width - 20}" y2="{base:.1f}" stroke="{GREY}"/>',
             _text(left - 6, base + 4, f"{whole:.3g}", "end"), _text(width - 20, height - 8, "分母", "end")]  # fmt: skip
    steps = [widest * step / 60 for step in range(2, 61)]
    for level, dashed in (("95", ' stroke-dasharray="4 3"'), ("998", "")):
        limits = [poisson_limits(max(0.5, x * whole), LEVELS[level]) for x in steps]
        for side in (0, 1):
            line = " ".join(
                f"{a:.1f},{b:.1f}"
                for a, b in (at(x, each[side] * whole) for x, each in zip(steps, limits, strict=True))
            )
            marks.append(f'<polyline fill="none" stroke="{GREY}"{dashed} points="{line}"/>')
    for x, value, label in points:
        low, high = poisson_limits(max(0.5, x * whole), LEVELS["998"])
        signal = not low <= value / x / whole <= high
        a, b = at(x, value / x)
        marks.append(
            f'<circle cx="{a:.1f}" cy="{b:.1f}" r="4" fill="{BAD if signal else "#ffffff"}" stroke="{BAD if signal else ACCENT}"/>'
        )
        if signal:
            marks.append(_text(a + 7, b + 4, f"{_short(label)} {value / x:.3g}", fill=BAD))
    return _svg(width, height, "".join(marks), _about(result, 2))


_DRAWINGS: dict[str, Callable[[Question, Result], str]] = {"bar": bars, "line": series, "map": tiles, "funnel": funnel}


def heads(result: Result) -> Sequence[str]:
    """The words of the columns."""
    return [words for _, words in result.heads]
