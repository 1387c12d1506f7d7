"""Assessments, penalties and their periods on the day before, the day, and the day after."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from yizheng.systems.doctors.conduct import (
    assessment_rules as assessment,
)
from yizheng.systems.doctors.conduct import (
    penalty,
)
from yizheng.systems.doctors.conduct import (
    suspension_end as resuming,
)

DAY = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("first", "good", "bad", "expected"),
    [
        (date(2020, 6, 1), 1, 0, []),
        (date(2020, 6, 1), 0, 0, ["D-K02"]),
        (date(2020, 6, 1), 1, 1, ["D-K02"]),
        (date(2021, 7, 1), 1, 0, []),
        (date(2021, 7, 2), 1, 0, ["D-K02"]),
        (date(2014, 7, 1), 0, 0, []),
        (date(2014, 7, 2), 0, 0, ["D-K02"]),
        (date(2000, 1, 1), 0, 1, ["D-K02"]),
    ],
)
def test_the_short_procedure_asks_for_years_and_conduct(first, good, bad, expected):
    doctor = assessment.Assessed(
        procedure="simple", first_practised_on=first, good_records=good, bad_records=bad, result_on=DAY
    )
    assert [finding.code for finding in assessment.right_procedure(doctor, DAY)] == expected


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (date(2026, 4, 9), ["D-K12"]), (date(2026, 4, 10), []), (date(2026, 7, 10), []), (date(2026, 7, 11), ["D-K12"]),
    ],
)  # fmt: skip
def test_an_order_to_stop_is_for_three_to_six_months(last, expected):
    doctor = assessment.Failed(failed=True, suspended_from=date(2026, 1, 11), suspended_to=last)
    assert [finding.code for finding in assessment.ordered_within_limits(doctor, DAY)] == expected


@pytest.mark.parametrize(
    ("on", "expected"), [(date(2026, 3, 30), []), (date(2026, 3, 31), []), (date(2026, 4, 1), ["D-K21"])]
)
def test_a_review_is_asked_for_within_thirty_days(on, expected):
    doctor = assessment.Contesting(failed=True, received_on=date(2026, 3, 1))
    assert [finding.code for finding in assessment.contested_in_time(doctor, on)] == expected


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (date(2026, 7, 9), ["D-P02"]), (date(2026, 7, 10), []), (date(2027, 1, 10), []), (date(2027, 1, 11), ["D-P02"]),
    ],
)  # fmt: skip
def test_a_penal_suspension_is_for_six_months_to_a_year(last, expected):
    person = penalty.Punished(kind="suspension", suspended_from=date(2026, 1, 11), suspended_to=last)
    assert [finding.code for finding in penalty.suspended_within_limits(person, DAY)] == expected


@pytest.mark.parametrize(
    ("amount", "expected"), [("9999.99", ["D-P03"]), ("10000", []), ("30000", []), ("30000.01", ["D-P03"])]
)
def test_a_fine_lies_between_ten_and_thirty_thousand(amount, expected):
    person = penalty.Punished(kind="warning_fine", amount=Decimal(amount))
    assert [finding.code for finding in penalty.fined_within_limits(person, DAY)] == expected


@pytest.mark.parametrize(
    ("last", "province", "expected"),
    [
        (date(2031, 6, 28), True, ["D-P04"]), (date(2031, 6, 29), True, []), (date(2031, 6, 29), False, ["D-P04"]),
    ],
)  # fmt: skip
def test_a_ban_is_for_five_years_and_decided_by_the_province(last, province, expected):
    person = penalty.Punished(
        kind="revocation_ban", article="physicians_law:58", decided_by_province=province,
        banned_from=DAY, banned_to=last,
    )  # fmt: skip
    assert [finding.code for finding in penalty.banned_within_limits(person, DAY)] == expected


@pytest.mark.parametrize(
    ("on", "expected"),
    [(date(2026, 6, 29), ["D-SE01"]), (date(2026, 6, 30), ["D-SE01"]), (date(2026, 7, 1), [])],
)
def test_practice_goes_on_the_day_after_the_suspension(on, expected):
    doctor = resuming.Suspended(register_status="SUSP_PENAL", ground="over", ordered_until=DAY)
    assert [finding.code for finding in resuming.period_is_over(doctor, on)] == expected
