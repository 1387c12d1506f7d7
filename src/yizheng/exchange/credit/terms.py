"""How long a penalty is published (北京市优化营商环境条例 第七十三条), and when one that fell away is gone (行政处罚法 第四十八条).

Counted from the decision. After the least time the party may ask for an end (信用修复) once it has mended and paid; after the most
it ends by itself, unless the decision is not fulfilled. The grades and their months are dated data.
"""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache

from yizheng.exchange.credit.standards import DATA
from yizheng.kernel.calendar.office_calendar import Calendar
from yizheng.kernel.calendar.periods import add_months

WITHDRAWN_WITHIN = 3
"""Working days (行政处罚法 第四十八条、第八十五条)."""


class UnknownGrade(LookupError):
    """No term is known for this grade on that day; the message is Chinese."""


@dataclass(frozen=True, slots=True)
class PublicationTerm:
    """From when a penalty may be asked to be taken down, and the last day it is shown."""

    published: bool
    repair_from: date
    last_day: date
    basis: str


@cache
def _rows() -> tuple[dict[str, str], ...]:
    with (DATA / "penalty_terms.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))


def publication_term(grade: str, decided_on: date) -> PublicationTerm:
    """The term of a penalty by its grade (一般, 严重, 轻微) and the day of its decision. Raises UnknownGrade."""
    for row in _rows():
        ends = date.fromisoformat(row["valid_to"]) if row["valid_to"] else date.max
        if row["grade"] == grade and date.fromisoformat(row["valid_from"]) <= decided_on < ends:
            return PublicationTerm(
                row["published"] == "1", add_months(decided_on, int(row["least_months"])),
                add_months(decided_on, int(row["most_months"])), row["basis"],
            )  # fmt: skip
    raise UnknownGrade(f"没有“{grade}”违法行为在 {decided_on.isoformat()} 的公示期限")


def is_shown(term: PublicationTerm, on: date, *, repaired: bool, fulfilled: bool) -> bool:
    """Whether the penalty is shown on a day."""
    if not term.published:
        return False
    if repaired and fulfilled and on >= term.repair_from:
        return False
    return on <= term.last_day or not fulfilled


def withdrawn_by(annulled_on: date, calendar: Calendar) -> date:
    """The last day to withdraw a decision that was changed, annulled or found unlawful."""
    return calendar.add_working_days(annulled_on, WITHDRAWN_WITHIN)
