"""规则 B: infections of which one case must be looked into, wherever it arose or at a site or among newborns alone."""

from __future__ import annotations

import csv
from functools import cache

from yizheng.systems.infection.lists import DATA, group
from yizheng.systems.infection.outbreaks.clusters import Onset

SURGICAL_SITE = "手术部位"


@cache
def _sentinels() -> dict[str, str]:
    with (DATA / "sentinels.csv").open(encoding="utf-8", newline="") as stream:
        return {row["organism"]: row["where"] for row in csv.DictReader(stream)}


def is_sentinel(onset: Onset) -> bool:
    """Whether this infection alone is an alarm."""
    where = _sentinels().get(onset.organism)
    if where is None:
        return False
    fits = {"": True, "ssi": group("site", onset.site) == SURGICAL_SITE, "newborn": onset.newborn}
    return fits[where]
