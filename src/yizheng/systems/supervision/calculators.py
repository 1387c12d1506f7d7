"""supervision.rules: the rules of supervision over a small world given as files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from yizheng.kernel.calculators import BadInput, Row, calculator
from yizheng.kernel.calendar.calculators import calendar
from yizheng.systems.supervision.judging import clues
from yizheng.systems.supervision.tables import read_tables
from yizheng.systems.supervision.world import World


@calculator(
    "supervision.rules",
    "执业资质监管规则",
    source="医师法第十三条至第十八条、第三十四条；护士条例第七条至第十条；医疗机构管理条例；医疗机构校验管理办法；行政许可法",
    input="table:text file:text",
    output="rule subject date",
    parameters={"as_of": ""},
    as_typed=True,
    by_row=False,
    reads_files=True,
)
def rules(rows: Sequence[Row], as_of: Any, folder: Path) -> Iterator[dict[str, Any]]:
    """What the rules find on a day in the tables of a manifest, each finding once, in order."""
    world = World(_day(as_of), calendar(), **read_tables(list(rows), folder))
    yield from map(asdict, clues(world))


def _day(text: Any) -> date:
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        raise BadInput(f"参数“as_of”的值“{text}”不是日期，请写成2026-01-31的样子。") from None
