"""Deductions and duties of the contract, on both sides of each edge."""

import pytest

from yizheng.kernel.calculators import BadInput, find
from yizheng.systems.service import calculators as _declares  # noqa: F401 — declares the calculators


def asked(name, *rows):
    columns = [column.name for column in find(name).input]
    names, answers = find(name).answer(columns, [[row.get(each, "") for each in columns] for row in rows])
    return [{each: cell for each, cell in zip(names, answer, strict=True) if cell} for answer in answers]


def deduction(**row):
    return asked("service.deduction", row)[0]


def test_delay_by_other_causes_is_not_the_contractors():
    late = {"clause": "9.1", "base": "46000.00", "planned": "2026-05-20", "extension_days": "3", "actual": "2026-06-03"}
    assert deduction(**late, other_cause_days="4") == {
        "due": "2026-05-23", "late_days": "7", "periods": "3", "percent_applied": "3", "amount": "1380.00",
    }  # fmt: skip


@pytest.mark.parametrize(("actual", "days", "percent"), [("22", "0", "0"), ("24", "1", "0"), ("25", "2", "1")])
def test_only_full_periods_of_delay_count(actual, days, percent):
    told = deduction(clause="9.1", base="100", planned="2026-05-23", actual=f"2026-05-{actual}")
    assert (told["late_days"], told["percent_applied"]) == (days, percent)


def test_lateness_costs_five_percent_at_most():
    told = deduction(clause="9.1", base="100", planned="2026-05-01", actual="2026-06-30")
    assert (told["periods"], told["percent_applied"], told["amount"]) == ("30", "5", "5.00")


def test_a_payment_due_on_a_day_off_moves():
    told = deduction(clause="9.2", base="81000.00", accepted="2026-04-01", paid="2026-06-20")
    assert told == {"due": "2026-05-06", "late_days": "45", "periods": "3", "percent_applied": "3", "amount": "2430.00"}


def test_half_a_cent_is_rounded_up():
    assert deduction(clause="9.1", base="0.50", planned="2026-05-01", actual="2026-05-03")["amount"] == "0.01"


@pytest.mark.parametrize(
    ("percent", "major", "told"),
    [
        ("3", "yes", {"percent_applied": "3", "amount": "30.00"}),
        ("3", "no", {"percent_applied": "0", "amount": "0.00"}),
        ("1", "yes", {"percent_applied": "1", "amount": "10.00"}),
        ("0.5", "yes", {"percent_applied": "0.5", "problem": "percent"}),
        ("5", "yes", {"percent_applied": "5", "amount": "50.00"}),
        ("6", "yes", {"percent_applied": "6", "problem": "percent"}),
    ],
)
def test_poor_work_with_major_effect_costs_one_to_five_percent(percent, major, told):
    assert deduction(clause="10.4", base="1000", percent=percent, major_effect=major) == told


def test_what_a_clause_needs_is_asked_for():
    with pytest.raises(BadInput, match="第2行“actual”没有填写"):
        deduction(clause="9.1", base="1", planned="2026-05-01")


def duty(kind, **row):
    return asked("service.obligation", {"kind": kind, **row})[0]


@pytest.mark.parametrize(
    ("days", "state"),
    [
        ({"on": "2026-05-21"}, "payable"),
        ({"on": "2026-05-22"}, "overdue"),
        ({"on": "2026-06-01", "paid_on": "2026-05-21"}, "paid"),
        ({"on": "2026-06-01", "paid_on": "2026-05-22"}, "paid_late"),
        ({"on": "2026-05-20", "paid_on": "2026-05-21"}, "payable"),
    ],
)
def test_the_first_payment_on_both_sides_of_its_day(days, state):
    told = duty("payment1", effect_on="2026-05-06", invoice_on="2026-05-07", **days)
    assert told == {"due": "2026-05-21", "state": state}


def test_a_payment_without_its_invoice_is_blocked():
    told = duty("payment1", effect_on="2026-05-06", invoice_on="2026-05-23", on="2026-05-22")
    assert told == {"due": "2026-05-21", "state": "blocked", "missing": "invoice"}


def test_the_second_payment_names_all_that_is_missing():
    told = duty("payment2", end="2026-08-10", breach="yes", on="2026-08-10")
    assert told == {"state": "blocked", "missing": "acceptance;breach;funds;invoice;term"}
    there = {"accepted": "2026-08-11", "funds_on": "2026-08-11", "invoice_on": "2026-08-11", "end": "2026-08-10"}
    assert duty("payment2", **there, on="2026-08-11") == {"due": "2026-09-10", "state": "payable"}


@pytest.mark.parametrize(
    ("days", "state"),
    [
        ({"on": "2026-08-17"}, "waiting"),
        ({"on": "2026-08-18"}, "deemed_passed"),
        ({"on": "2026-08-20", "question_on": "2026-08-17"}, "questioned"),
        ({"on": "2026-08-20", "question_on": "2026-08-18"}, "deemed_passed"),
    ],
)
def test_a_report_not_questioned_in_fourteen_days_has_passed(days, state):
    assert duty("review", received_on="2026-08-03", **days) == {"due": "2026-08-17", "state": state}


def test_quarters_and_notices_do_not_move():
    assert duty("quarter", start="2026-03-20", index="3") == {"due": "2026-12-19"}
    assert duty("renewal_talks", end="2025-08-10") == {"due": "2025-02-11"}
    assert duty("expiry_notice", end="2025-08-10") == {"due": "2025-08-03"}


def test_acts_after_an_event_move_from_a_day_off():
    assert duty("account_change", event_on="2026-08-01") == {"due": "2026-08-10"}
    assert duty("force_majeure_proof", event_on="2026-08-03") == {"due": "2026-08-13"}
    assert duty("dispute", event_on="2026-08-03") == {"due": "2026-09-02"}


def test_changes_use_up_twenty_free_days_in_their_order():
    term = {"kind": "change", "start": "2026-01-01", "end": "2026-12-31", "account": "p", "approved": "yes"}
    rows = [
        {**term, "event_on": "2026-04-01", "requested_days": "12"},
        {**term, "event_on": "2026-05-01", "requested_days": "5", "approved": "no"},
        {**term, "event_on": "2027-01-01", "requested_days": "5"},
        {**term, "event_on": "2026-06-01", "requested_days": "11.5"},
        {**term, "event_on": "2026-06-01", "requested_days": "3", "account": "q"},
    ]
    told = [tuple(each.values()) for each in asked("service.obligation", *rows)]
    assert told == [("12", "0", "12"), ("0", "0", "12"), ("0", "5", "12"), ("8", "3.5", "23.5"), ("3", "0", "3")]
