"""The round of verification on the day before, the day and the day after (条例第二十一条, 校验办法第六条、第二十四条、第二十五条)."""

from datetime import date

import pytest

from tests.calculating import ask
from yizheng.kernel.calculators import BadInput
from yizheng.kernel.calendar.calculators import calendar
from yizheng.systems.institutions import calculators as _declares  # noqa: F401 — declares institutions.verification
from yizheng.systems.institutions.verification.clock import Regime, Round, State, season

CLINIC = {"regime": "licensed", "category": "D110", "beds": "0", "economic_type": "17", "previous_due": "2025-06-30"}
HOSPITAL = {**CLINIC, "category": "A100", "beds": "100"}


def verification(**cells: str) -> dict[str, str]:
    return ask("institutions.verification", **{"on": "2026-01-05", **cells})


def state(**cells: str) -> str:
    return verification(**{**CLINIC, **cells})["state"]


@pytest.mark.parametrize("regime", ["clinic_filed", "tcm_clinic_filed"])
def test_nothing_of_a_filed_clinic_is_verified(regime):
    found = verification(**{**CLINIC, "regime": regime, "licence_to": "2027-01-01"})
    assert found == dict.fromkeys(found, "") | {"state": "none"}


@pytest.mark.parametrize(
    ("cells", "months"),
    [
        ({}, "36"),
        ({"beds": "99"}, "12"),
        ({"beds": "99", "chairs": "60", "observation_beds": "40"}, "12"),
        ({"economic_type": "31"}, "12"),
        ({"economic_type": "32"}, "12"),
        ({"economic_type": "33"}, "36"),
        ({"after_deferral": "yes"}, "12"),
        ({"after_deferral": "no"}, "36"),
        ({"regime": "internet_independent"}, "12"),
        ({"regime": "elderly_inner"}, "12"),
        ({"category": "A520"}, "36"),
        ({"category": "A600"}, "36"),
        ({"category": "A710"}, "12"),
        ({"category": "G100"}, "36"),
        ({"category": "G200"}, "12"),
        ({"category": "E100"}, "36"),
        ({"category": "E200"}, "12"),
        ({"category": "H113"}, "36"),
        ({"category": "H200"}, "12"),
        ({"category": "P100"}, "36"),
        ({"category": "P900"}, "12"),
        ({"category": "B100"}, "12"),
    ],
)
def test_the_kinds_listed_with_a_hundred_beds_are_verified_every_three_years(cells, months):
    assert verification(**{**HOSPITAL, **cells})["period_months"] == months


@pytest.mark.parametrize(
    ("previous", "due", "apply_by"),
    [
        ("2025-06-30", "2026-06-30", "2026-03-30"),
        ("2025-05-31", "2026-05-31", "2026-02-28"),
        ("2024-02-29", "2025-02-28", "2024-11-28"),
    ],
)
def test_the_period_runs_from_the_end_of_the_one_before_and_does_not_move(previous, due, apply_by):
    found = verification(**{**CLINIC, "previous_due": previous})
    assert (found["due"], found["apply_by"]) == (due, apply_by)


@pytest.mark.parametrize(
    ("on", "expected"),
    [("2026-03-30", "ok"), ("2026-03-31", "late_to_apply"), ("2026-06-30", "late_to_apply"), ("2026-07-01", "overdue")],
)
def test_the_round_goes_on_when_nobody_applies(on, expected):
    assert state(on=on) == expected


@pytest.mark.parametrize(
    ("on", "expected"),
    [("2026-07-12", "overdue"), ("2026-07-13", "ordered"), ("2026-08-03", "ordered"), ("2026-08-04", "to_deregister")],
)
def test_an_order_runs_to_the_working_day_after_its_twenty_days(on, expected):
    assert state(on=on, ordered="2026-07-13") == expected
    assert verification(**CLINIC, on=on, ordered="2026-07-13")["order_deadline"] == (
        "" if on == "2026-07-12" else "2026-08-03"
    )


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"applied": "2026-06-30"}, "applied"),
        ({"applied": "2026-07-01"}, "overdue"),
        ({"applied": "2026-08-03", "ordered": "2026-07-13"}, "applied"),
        ({"applied": "2026-08-04", "ordered": "2026-07-13"}, "to_deregister"),
        ({"applied": "2026-09-01"}, "overdue"),
    ],
)
def test_an_application_counts_by_the_due_day_or_by_the_deadline_of_the_order(cells, expected):
    assert state(on="2026-08-10", **cells) == expected


def test_a_conclusion_is_due_thirty_days_after_acceptance_moved_off_rest_days():
    assert verification(**CLINIC, accepted="2025-12-04")["conclude_by"] == "2026-01-04"
    assert verification(**CLINIC, accepted="2025-12-11", on="2026-02-01")["conclude_by"] == "2026-01-12"
    assert verification(**CLINIC, accepted="2026-01-06")["conclude_by"] == ""


DEFERRED = {"deferred_on": "2026-05-11", "deferral_months": "2"}


@pytest.mark.parametrize(
    ("on", "applied", "expected"),
    [
        ("2026-05-10", "", "late_to_apply"),
        ("2026-05-11", "", "deferred"),
        ("2026-07-11", "", "deferred"),
        ("2026-07-12", "", "recheck_due"),
        ("2026-07-16", "", "recheck_due"),
        ("2026-07-17", "", "to_deregister"),
        ("2026-07-17", "2026-07-16", "rechecking"),
        ("2026-07-17", "2026-07-17", "to_deregister"),
        ("2026-07-15", "2026-07-16", "recheck_due"),
        ("2026-07-11", "2026-07-10", "deferred"),
        ("2026-07-12", "2026-07-10", "rechecking"),
    ],
)
def test_after_a_deferral_somebody_applies_again_within_five_days(on, applied, expected):
    assert state(on=on, recheck_applied=applied, **DEFERRED) == expected


def test_the_end_of_a_deferral_stands_and_the_day_to_apply_again_moves():
    found = verification(**CLINIC, deferred_on="2026-04-06", deferral_months="3", on="2026-05-01")
    assert (found["deferral_end"], found["recheck_by"]) == ("2026-07-06", "2026-07-13")


@pytest.mark.parametrize(
    ("cells", "practise", "adverts"),
    [
        ({"on": "2026-06-30"}, "yes", "yes"),
        ({"on": "2026-07-01"}, "", ""),
        ({"on": "2026-06-01", **DEFERRED}, "no", "no"),
        ({"on": "2026-06-01", "beds": "20", **DEFERRED}, "emergency_and_inpatients", "no"),
        ({"on": "2026-07-13", **DEFERRED}, "", ""),
        ({"on": "2026-04-20", "deferred_on": "2026-02-01", "deferral_months": "1"}, "yes", "yes"),
    ],
)
def test_a_deferral_stops_adverts_and_all_practice_but_emergencies_where_there_are_beds(cells, practise, adverts):
    found = verification(**{**CLINIC, **cells})
    assert (found["practise"], found["adverts"]) == (practise, adverts)


@pytest.mark.parametrize(
    ("on", "renewal", "expected"),
    [
        ("2026-08-20", "", "valid"),
        ("2026-08-21", "", "expired"),
        ("2026-08-21", "2026-07-21", "deemed_renewed"),
        ("2026-08-21", "2026-07-22", "expired"),
    ],
)
def test_the_licence_has_a_clock_of_its_own(on, renewal, expected):
    found = verification(**CLINIC, on=on, licence_to="2026-08-20", renewal_applied=renewal)
    assert (found["licence_state"], found["renew_by"]) == (expected, "2026-07-21")
    assert verification(**CLINIC, on=on)["licence_state"] == ""


def test_the_calendar_lists_institutions_by_state_those_due_first_in_front():
    def known(regime: Regime, previous_due: date | None) -> Round:
        return Round(regime, 12, previous_due)

    rounds = [
        ("late", known(Regime.LICENSED, date(2025, 3, 1))),
        ("later", known(Regime.LICENSED, date(2025, 2, 1))),
        ("overdue", known(Regime.LICENSED, date(2024, 12, 1))),
        ("filed", known(Regime.CLINIC_FILED, date(2024, 12, 1))),
        ("unknown", known(Regime.LICENSED, None)),
    ]
    assert season(rounds, date(2026, 1, 5), calendar()) == {
        State.LATE_TO_APPLY: [(date(2026, 2, 1), "later"), (date(2026, 3, 1), "late")],
        State.OVERDUE: [(date(2025, 12, 1), "overdue")],
    }


def test_a_day_beyond_the_calendar_is_told():
    for ordered in ("9999-12-25", "1970-01-04"):
        with pytest.raises(BadInput, match="超出可以计算的范围"):
            verification(**CLINIC, ordered=ordered, on="9999-12-31")
