"""What the public may read: enough hospitals or nothing, small numbers hidden, locked months alone."""

from datetime import date

import pytest

from tests.systems.infection.conftest import PERIOD, Ward, log
from yizheng.disclosure.content.writing import blocks
from yizheng.systems.infection.statistics.published import drafted, locked

MONTH = date(2026, 9, 1)
INCIDENCE = "医院感染发病率（分母为出院人数）"


def rows(months: dict[tuple[int, date], dict[str, int]]) -> dict[str, tuple[str, ...]]:
    tables = [each for each in blocks(drafted(months, MONTH, MONTH).body) if each.kind == "table"]
    return {row[0]: row[1:] for table in tables for row in table.rows}


def test_a_figure_needs_five_hospitals_and_five_cases() -> None:
    def city(hospitals: int, cases: int) -> dict[tuple[int, date], dict[str, int]]:
        counts = [cases, *[0] * (hospitals - 1)]
        return {(n, MONTH): {"case.patients": each, "month.discharged": 100} for n, each in enumerate(counts)}

    assert rows(city(4, 9)) == {}
    assert rows(city(5, 4))[INCIDENCE] == ("5", "<5", "500", "—", "—")
    assert rows(city(5, 5))[INCIDENCE][:4] == ("5", "5", "500", "1.00%")


@pytest.mark.django_db
def test_a_month_counts_when_it_is_locked(ward: Ward) -> None:
    sheet = ward.accepted("icu_log", log())
    assert locked(PERIOD, PERIOD) == {}
    ward.act(sheet, "lock")
    assert locked(PERIOD, PERIOD)[ward.unit.subject_id, PERIOD]["icu_log.days"] == 8 * len(log())
