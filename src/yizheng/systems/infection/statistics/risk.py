"""The NNIS risk index of an operation as it was reported; what is lacking for it is said."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache

from yizheng.systems.infection.lists import DATA
from yizheng.systems.infection.records.declaring import Row
from yizheng.systems.infection.surgery import ASA_POINTS, WOUND_POINTS, Operation

NO_CUT, NO_MINUTES, NO_ASA, NO_WOUND = "手术分类没有时长切点", "没有手术时长", "没有可评的 ASA", "没有切口清洁度"


@cache
def cut_points() -> Mapping[str, float]:
    """The 75th percentile of each category's duration in minutes (NNIS, 2004); a category without one gets no index."""
    with (DATA / "cut_points.csv").open(encoding="utf-8", newline="") as stream:
        return {row["category"]: float(row["minutes"]) for row in csv.DictReader(stream)}


def index_of(row: Row) -> int | None:
    """The index, 0 to 3; nothing where something is lacking."""
    return None if lacking(row) else _operation(row).index


def lacking(row: Row) -> list[str]:
    """What is lacking for the index, in words."""
    operation = _operation(row)
    found = [NO_CUT] if operation.p75_minutes is None else []
    found += [NO_MINUTES] if operation.minutes is None else []
    found += [NO_ASA] if operation.asa is None or ASA_POINTS[operation.asa] is None else []
    return found + ([NO_WOUND] if operation.wound not in WOUND_POINTS else [])


def _operation(row: Row) -> Operation:
    minutes, asa = row.get("minutes"), str(row.get("asa") or "")
    return Operation(
        float(minutes) if isinstance(minutes, int | float) else None,
        cut_points().get(str(row.get("category") or "")),
        str(row.get("wound") or ""),
        int(asa) if asa in {str(each) for each in ASA_POINTS} else None,
    )
