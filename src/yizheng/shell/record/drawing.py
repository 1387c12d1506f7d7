"""A subject's record as lines over the years, each kind drawn as it declares: bars for states, diamonds for events."""

from collections.abc import Iterable
from datetime import date

from yizheng.registry.models import EventFact, Fact
from yizheng.registry.wording.words import Words
from yizheng.shell.lines import Diagram, Line, Point, Span, draw


def drawing(versions: Iterable[Fact], words: Words, *, day: date, today: date) -> Diagram | None:
    """The drawing of what was known; None when there is nothing to draw."""
    by_line: dict[tuple[int, str, str], list[Fact]] = {}
    for each in versions:
        if type(each).drawn:
            by_line.setdefault((each.order, each.fact_table(), each.line), []).append(each)
    rows = [_line(sorted(found, key=_start), words) for _, found in sorted(by_line.items(), key=_key)]
    return draw(rows, day=day, today=today) if rows else None


def _key(item: tuple[tuple[int, str, str], list[Fact]]) -> tuple[int, str, date, str]:
    (order, table, line), versions = item
    return order, table, min(map(_start, versions)), line


def _start(version: Fact) -> date:
    return version.valid_from


def _line(versions: list[Fact], words: Words) -> Line:
    label = words.line(versions[-1])
    if isinstance(versions[-1], EventFact):
        return Line(label, points=tuple(Point(v.valid_from, words.says(v), v.look) for v in versions))
    formers = [None, *versions]
    return Line(
        label,
        spans=tuple(
            Span(v.valid_from, v.valid_to, words.tell(v.told.bar, v, former), v.look)
            for v, former in zip(versions, formers, strict=False)
        ),
    )
