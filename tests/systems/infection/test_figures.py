"""Figures from what was accepted: numerator over denominator, interval and method, no rate without both, nothing of another hospital."""

import pytest

from tests.cast import sign_in
from tests.systems.infection.conftest import PERIOD, Ward, case, log
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.systems.infection.models import Problem
from yizheng.systems.infection.records.kinds import RECORDS
from yizheng.systems.infection.reporting.plans import add_unit
from yizheng.systems.infection.statistics.counting import counted
from yizheng.systems.infection.statistics.indicators import (
    NO_DENOMINATOR,
    NOT_COLLECTED,
    NOT_REPORTED,
    Figure,
    compared,
    figure,
    indicators,
    percentiles,
)
from yizheng.systems.infection.statistics.pooling import seen_by

VAP = indicators()["ICU-7"]


def test_one_patient_with_two_infections_is_one_patient_and_two_episodes():
    rows = [case(1), case(1, site="F01C", device="UC"), case(2, origin="CAI")]
    counts = counted(RECORDS["case"], rows, {"ICU1": "icu"})
    assert (counts["case.patients"], counts["case.episodes"]) == (1, 2)
    assert (counts["icu.vap"], counts["icu.cauti"], counts["icu.episodes"]) == (1, 1, 2)


def test_a_rate_is_pooled_from_counts_with_its_interval_and_method():
    found = figure(VAP, [{"icu.vap": 2, "icu_log.vent_days": 500}, {"icu.vap": 4, "icu_log.vent_days": 1500}])
    assert (found.above, found.below, found.value, found.method) == (6, 2000, 3.0, "Garwood")
    assert found.low == pytest.approx(1.10, abs=0.01)
    assert found.high == pytest.approx(6.53, abs=0.01)


def test_a_month_without_its_denominator_lends_no_numerator():
    found = figure(VAP, [{"icu.vap": 2, "icu_log.vent_days": 500}, {"icu.vap": 9}])
    assert (found.above, found.below) == (2, 500)


def test_why_there_is_no_figure_is_said():
    assert figure(VAP, [{"icu.vap": 0, "icu_log.vent_days": 0}]).reason == NO_DENOMINATOR
    assert figure(VAP, [{"icu.vap": 1}]).reason == NOT_REPORTED
    assert figure(indicators()["IIHAI-36"], []).reason == NOT_COLLECTED
    assert figure(VAP, [{"icu.vap": 0, "icu_log.vent_days": 10}]).value == 0


def test_a_ratio_is_printed_from_one_expected_on():
    city = Figure(10, 1000, 10.0)
    printed = compared(Figure(1, 100, 10.0), city)
    too_few = compared(Figure(1, 99, 10.1), city)
    assert printed is not None
    assert too_few is not None
    assert (printed.expected, printed.ratio, printed.verdict) == (1.0, 1.0, "与预期相当")
    assert (too_few.ratio, too_few.verdict) == (None, "")
    many = compared(Figure(9, 100, 90.0), city)
    assert many is not None
    assert many.verdict == "高于预期"


def test_percentiles_want_twenty_hospitals():
    assert percentiles([1.0] * 19) == {}
    assert percentiles([float(each) for each in range(21)])[50] == 10.0


@pytest.mark.django_db
def test_only_what_the_city_accepted_counts_and_an_open_error_keeps_it_out(ward: Ward, client):
    sheet = ward.accepted("icu_log", log())
    ward.act(ward.act(ward.typed("case", [case()]), "submit"), "approve")
    with acting_as(ward.nurse):
        (counts,) = seen_by(ward.nurse, PERIOD, PERIOD).values()
    assert counts["icu_log.days"] == 8 * len(log())
    assert "case.episodes" not in counts
    page = sign_in(client, ward.nurse).get("/infection/figures/").content.decode()
    assert "ICU呼吸机使用率" in page
    assert sign_in(client, ward.city).get("/infection/figures/ICU-4/").status_code == 200
    with acting_as_system("test"):
        Problem.objects.create(
            subject=sheet.subject,
            authority_scope=sheet.authority_scope,
            sheet=sheet,
            rule="DQ13",
            words="不平衡",
            error=True,
        )
    with acting_as(ward.nurse):
        assert seen_by(ward.nurse, PERIOD, PERIOD) == {}


@pytest.mark.django_db
def test_the_calculator_page_answers_a_pasted_table(ward: Ward, client):
    sign_in(client, ward.nurse)
    assert "NNIS 危险指数" in client.get("/infection/calculators/").content.decode()
    address = "/infection/calculators/infection.ssi_risk_index/"
    table = "duration_min\tp75_min\twound_class\tasa\n120\t100\tIII\t3\n"
    answer = client.post(address, {"table": table})
    assert answer.status_code == 200
    assert answer.context["rows"] == [["1", "1", "1", "3"]]
    assert client.post(address, {"table": "x\n"}).status_code == 422


@pytest.mark.django_db
def test_days_of_some_units_alone_stand_under_nothing(ward: Ward):
    ward.accepted("icu_log", log())
    with acting_as_system("test"):
        add_unit(ward.hospital, "ICU2", "呼吸 ICU", "icu", "RICU", 8, PERIOD)
    with acting_as(ward.nurse):
        (counts,) = seen_by(ward.nurse, PERIOD, PERIOD).values()
    assert "icu_log.days" not in counts


def test_who_left_on_the_first_day_was_at_risk_and_other_markers_are_not_resistant():
    first = {"present": 5, "entered": 0, "left": 5, "cvc": 0, "uc": 0, "vent": 0}
    assert counted(RECORDS["icu_log"], [first, {**first, "left": 0, "entered": 2}], {})["icu_log.at_risk"] == 12
    counts = counted(RECORDS["case"], [case(1, mdro="ESBL"), case(2, mdro="MDR"), case(3, mdro="CRAB")], {})
    assert (counts["case.mdro_episodes"], counts["mdro.CRAB"]) == (1, 1)
