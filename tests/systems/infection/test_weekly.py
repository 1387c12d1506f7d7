"""Many series at once are judged as each by itself; a rise makes an alarm, quiet weeks and months without a report make none."""

from datetime import date, timedelta

import numpy as np
import pytest

from tests.systems.infection.conftest import Ward, case
from yizheng.kernel.calendar import beijing_today
from yizheng.people.scope import acting_as_system
from yizheng.systems.infection.detection import weekly
from yizheng.systems.infection.detection.farrington import farrington
from yizheng.systems.infection.detection.scan import scan, scan_ending
from yizheng.systems.infection.detection.series import Series
from yizheng.systems.infection.models import Alarm, Plan, Sheet
from yizheng.systems.infection.outbreaks.operators import SiteInfection, after_one_surgeon
from yizheng.systems.infection.outbreaks.watching import watch
from yizheng.systems.infection.outbreaks.weekly import _weeks_known, watch_city
from yizheng.systems.infection.reporting.plans import open_month

WEEKS = 8
COUNTS = np.random.default_rng(11).poisson(np.array([[0.4], [1.5], [3.0]]), (3, weekly.HISTORY + WEEKS)).astype(float)
TONIGHT = date(2026, 10, 20)


def test_a_row_among_many_is_judged_as_by_itself() -> None:
    many, alone = weekly.judged(COUNTS, WEEKS), weekly.judged(COUNTS[1:2], WEEKS)
    for code in weekly.METHODS:
        np.testing.assert_allclose(many[code].bound[1], alone[code].bound[0], err_msg=code)
        np.testing.assert_allclose(many[code].statistic[1], alone[code].statistic[0], err_msg=code)


def test_a_week_far_above_its_years_is_an_alarm_by_every_method_that_has_history() -> None:
    risen = COUNTS.copy()
    risen[:, -1] = 15
    answers = weekly.judged(risen, 1)
    assert weekly.alarms(risen, answers)[:, 0].tolist() == [True, True, True]
    assert [code for code in weekly.METHODS if not answers[code].alarm[1, 0]] == []


def test_two_cases_are_no_alarm_and_three_are_one() -> None:
    quiet = np.zeros((2, weekly.HISTORY + 1))
    quiet[:, [-3, -2, -1]] = [[1, 1, 2], [1, 1, 3]]
    assert weekly.alarms(quiet, weekly.judged(quiet, 1))[:, 0].tolist() == [False, True]


def test_a_short_history_falls_back_to_ears() -> None:
    short = COUNTS[:, -40:].copy()
    short[:, -1] = 12
    answers = weekly.judged(short, 1)
    assert np.isnan(answers["flexible"].bound).all()
    assert weekly.alarms(short, answers).all()


def test_the_window_that_ends_now_is_as_likely_as_the_scan_of_the_whole_says() -> None:
    counts = np.array([0, 1, 0, 0, 1, 0, 0, 0, 0, 1, 0, 4, 5], dtype=float)
    whole = next(scan(counts, 0.5, 99, 1, 1))
    ending = scan_ending(Series(counts, np.arange(13) == 12), 13, 99, 1, 0.0)
    assert (whole.last, whole.p) == (12, ending.p[-1])
    assert whole.likelihood == pytest.approx(ending.likelihood[-1])


def test_a_season_without_a_case_has_a_bound() -> None:
    counts = np.zeros(weekly.HISTORY + 1)
    counts[-4:] = [1, 1, 1, 3]
    found = farrington(Series(counts, np.arange(len(counts)) == len(counts) - 1), weekly.FLEXIBLE)
    assert np.isfinite(found.upper[-1])
    assert found.upper[-1] < 3


def infections(*found_and_operated: tuple[int, int]) -> list[SiteInfection]:
    return [
        SiteInfection(TONIGHT - timedelta(days=operated), TONIGHT - timedelta(days=found), "S1", f"P{place}")
        for place, (found, operated) in enumerate(found_and_operated)
    ]


def test_two_infections_after_one_surgeon_within_thirty_days_are_an_alarm() -> None:
    assert [each.surgeon for each in after_one_surgeon(infections((1, 10), (5, 39)), (), TONIGHT)] == ["S1"]
    assert list(after_one_surgeon(infections((1, 10), (5, 40)), (), TONIGHT)) == []
    assert list(after_one_surgeon(infections((1, 10)), (), TONIGHT)) == []
    assert list(after_one_surgeon(infections((1, 10), (5, 12)), ("P0",), TONIGHT)) == []
    assert list(after_one_surgeon(infections((14, 20), (15, 22)), (), TONIGHT, ("P0", "P1"))) == []
    assert len(list(after_one_surgeon(infections((14, 20), (15, 22), (1, 25)), (), TONIGHT, ("P0", "P1")))) == 1


def test_a_month_without_a_report_ends_what_is_known() -> None:
    monday = date(2026, 10, 12)
    months = {date(2026, 6, 1), date(2026, 8, 1), date(2026, 9, 1)}
    assert _weeks_known(months, monday) == (monday - date(2026, 8, 1)).days // 7 + 1
    assert _weeks_known({date(2026, 8, 1)}, monday) == 0
    assert _weeks_known(set(), monday) == 0


@pytest.mark.django_db
def test_the_week_of_a_hospital_explains_itself(ward: Ward, client) -> None:
    from tests.cast import sign_in

    today = beijing_today()
    last_week = today - timedelta(days=today.weekday() + 4)
    with acting_as_system("test"):
        plans = Plan.objects.filter(record="case")
        month = today.replace(day=1)
        for _ in range(8):
            plans.update(first=month)
            open_month(ward.hospital, plans, month)
            month = (month - timedelta(days=1)).replace(day=1)
        Sheet.objects.filter(record="case").update(none=True)
        sheet = Sheet.objects.get(record="case", period=last_week.replace(day=1))
        sheet.rows = [case(number, last_week.isoformat(), pathogen="BAC-GN-002") for number in range(6)]
        sheet.save()
        assert watch_city(today) == 2
        assert watch_city(today) == 0
        found = Alarm.objects.get(organism="BAC-GN-002")
    assert (found.place, found.explained["patients"]) == ("全院", 6)
    page = sign_in(client, ward.nurse).get(f"/infection/alarms/{found.pk}/").content.decode()
    assert "Farrington 改进法" in page
    assert "历史或者例数不足" in page
    assert "ZY00003" in page


@pytest.mark.django_db
def test_two_infections_of_a_surgeon_are_told_without_a_name(ward: Ward, client) -> None:
    from tests.cast import sign_in
    from yizheng.systems.infection.reporting.plans import add_unit

    today = beijing_today()
    found, operated = today - timedelta(days=1), today - timedelta(days=9)
    month = operated.replace(day=1)
    with acting_as_system("test"):
        unit = add_unit(ward.hospital, "SUR1", "骨科", "surgery", "", 40, month)
        open_month(ward.hospital, Plan.objects.filter(record="operation"), month)
        sheet = Sheet.objects.get(record="operation", unit=unit, period=month)
        sheet.rows = [
            {"number": f"OP{n}", "inpatient_number": f"ZY{n:05d}", "day": operated.isoformat(), "surgeon": "D017",
             "ssi": "1", "ssi_day": found.isoformat()} for n in range(2)
        ]  # fmt: skip
        sheet.save()
        assert (watch(today), watch(today)) == (1, 0)
        alarm = Alarm.objects.get(rules=["C"])
    page = sign_in(client, ward.district).get(f"/infection/alarms/{alarm.pk}/").content.decode()
    assert "手术者 D017" in page
    assert "规则 C" in page
    assert "ZY00001" not in page
