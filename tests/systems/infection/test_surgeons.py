"""A surgeon's figures and why one is a dash: each reason on both sides of its edge; the funnel names no other hospital."""

from typing import Any

import pytest

from tests.cast import sign_in
from tests.systems.infection.conftest import PERIOD, Ward
from yizheng.people.scope import acting_as_system
from yizheng.systems.infection.models import Plan
from yizheng.systems.infection.pages.funnels import Unit, draw_funnel
from yizheng.systems.infection.records.kinds import RECORDS
from yizheng.systems.infection.reporting.plans import add_unit, open_month
from yizheng.systems.infection.statistics.counting import counted
from yizheng.systems.infection.statistics.indicators import figure, indicators
from yizheng.systems.infection.statistics.risk import index_of, lacking
from yizheng.systems.infection.statistics.surgeons import SurgeonFigures, reference_of, surgeons


def operation(number: int = 1, **more: Any) -> dict[str, Any]:
    """An operation of index 0 without infection."""
    day = PERIOD.replace(day=10).isoformat()
    return {
        "number": f"OP{number:04d}", "inpatient_number": f"ZY{number:05d}", "category": "CHOL", "day": day, "minutes": 90,
        "urgency": "P", "surgeon": "D017", "wound": "II", "asa": "2", "endoscopic": "1", "implant": "0", "blood_loss": 50,
        "prophylaxis": "0", "first_dose": None, "stopped": None, "redosed": None, "healing": "1", "followed": None,
        "ssi": "0", "ssi_day": None, "found": None, **more,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("more", "index"),
    [
        ({}, 0), ({"minutes": 120}, 0), ({"minutes": 121}, 1), ({"wound": "III"}, 1), ({"asa": "3"}, 1),
        ({"minutes": 121, "wound": "IV", "asa": "4"}, 3), ({"asa": "6"}, None), ({"asa": None}, None),
        ({"minutes": None}, None), ({"category": "OTH"}, None), ({"wound": None}, None),
    ],
)  # fmt: skip
def test_the_index_wants_all_three_points(more: dict[str, Any], index: int | None) -> None:
    assert index_of(operation(**more)) == index
    assert bool(lacking(operation(**more))) is (index is None)


def of(rows: list[dict[str, Any]], reference: dict[tuple[str, int], tuple[int, int]] | None = None) -> SurgeonFigures:
    return surgeons(rows, reference or {})["D017"]


def test_a_surgeon_of_easy_operations_alone_is_told_that_the_mean_is_zero() -> None:
    mine = of([operation(1), operation(2, ssi="1")])
    assert (mine.rate, mine.mean_index, mine.adjusted) == (50.0, 0.0, None)
    assert any("平均危险指数为 0" in each for each in mine.reasons())
    harder = of([operation(1), operation(2, asa="3", ssi="1")])
    assert (harder.mean_index, harder.adjusted) == (0.5, 100.0)
    assert not any("平均危险指数为 0" in each for each in harder.reasons())


def test_a_ratio_is_given_from_one_expected_on() -> None:
    reference = {("CHOL", 0): (100, 10)}
    nine, ten = (of([operation(n) for n in range(number)], reference) for number in (9, 10))
    assert (nine.ratio, ten.ratio) == (None, 0.0)
    assert any("预期 0.90 例，不足 1 例" in each for each in nine.reasons())
    assert ten.interval == pytest.approx((0.0, 3.0), abs=0.01)


def test_what_was_not_filled_in_is_counted() -> None:
    mine = of([operation(1, asa=None), operation(2, category="OTH"), operation(3)])
    assert any("2 台手术评不出危险指数" in each for each in mine.reasons())
    assert mine.rated.total == 1


def test_the_reference_comes_from_the_counts_of_the_sheets() -> None:
    rows = [operation(1, ssi="1"), operation(2), operation(3, asa="3"), operation(4, asa=None)]
    counts = counted(RECORDS["operation"], rows, {})
    assert reference_of([counts, counts]) == {("CHOL", 0): (4, 2), ("CHOL", 1): (2, 0)}
    assert figure(indicators()["IIHAI-63.0"], [counts]).value == 50.0


def test_newborns_are_counted_by_weight_and_resistant_strains_by_species() -> None:
    born = {"ward": "NICU", "origin": "HAI", "site": "C01L", "pathogen": "BAC-GP-001", "mdro": "MRSA", "missed": "1"}
    rows: list[dict[str, Any]] = [
        {**born, "inpatient_number": "A", "birth_weight": 1000},
        {**born, "inpatient_number": "B", "birth_weight": 1001},
        {**born, "inpatient_number": "C", "birth_weight": None, "mdro": None, "missed": "0"},
    ]
    counts = counted(RECORDS["case"], rows, {"NICU": "newborn"})
    assert [counts[f"newborn.{each}.line_bsi"] for each in ("G1", "G2", "G3")] == [1, 1, 0]
    assert (counts["newborn.patients"], counts["mdro.MRSA"], counts["species.MRSA"]) == (3, 2, 3)
    assert (counts["case.missed_patients"], counts["case.patients"]) == (2, 3)


def test_days_of_prophylaxis_begin_anew_after_each_full_day() -> None:
    given = {"wound": "I", "prophylaxis": "1"}
    rows = [operation(n, **given, stopped=hours) for n, hours in enumerate((0, 24, 25, None))]
    counts = counted(RECORDS["operation"], rows, {})
    assert (counts["operation.clean_days"], counts["operation.clean_timed"]) == (4, 3)


def test_an_adjusted_rate_wants_a_severity() -> None:
    month = {"icu.patients": 4, "icu_log.days": 1000, "icu_severity.score": 30, "icu_severity.patients": 10}
    adjusted = indicators()["ICU-12"]
    assert figure(adjusted, [month]).value == pytest.approx(4 / 3)
    assert "不可计算" in figure(adjusted, [{**month, "icu_severity.score": 0}]).reason


def test_a_funnel_shows_who_is_outside_and_names_nobody_it_may_not() -> None:
    units = [Unit(10, 10.0, 100), Unit(4, 5.0, 50), Unit(30, 10.0, 100, own=True)]
    found = draw_funnel(units, share=False)
    assert found is not None
    assert [each.outside for each in found.dots] == [False, False, True]
    assert "本院：实际 30" in found.summary
    assert found.phi is None
    assert draw_funnel(units[:1], share=False) is None
    many = draw_funnel([Unit(number, 10.0, 100) for number in (1, 3, 5, 8, 10, 12, 15, 20, 25, 30)], share=True)
    assert many is not None
    assert many.tau is not None


@pytest.mark.django_db
def test_the_page_of_a_surgeon_says_why(ward: Ward, client) -> None:
    with acting_as_system("test"):
        add_unit(ward.hospital, "SUR1", "普外科", "surgery", "", 40, PERIOD)
        open_month(ward.hospital, Plan.objects.filter(record="operation"), PERIOD)
    ward.accepted("operation", [operation(1), operation(2)])
    sign_in(client, ward.nurse)
    assert "D017" in client.get("/infection/surgeons/").content.decode()
    page = client.get("/infection/surgeons/D017/").content.decode()
    assert "平均危险指数为 0" in page
    assert client.get("/infection/surgeons/D018/").status_code == 404
    assert sign_in(client, ward.city).get("/infection/surgeons/D017/").status_code == 403
