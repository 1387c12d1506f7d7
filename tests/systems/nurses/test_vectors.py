"""The twelve cases by which the rules of nurses are agreed, and the periods of their items, each on the day before, the day and after."""

from datetime import date, timedelta

import pytest

from yizheng.kernel.calculators import find
from yizheng.licensing.catalogue import items
from yizheng.licensing.item import Shape, Stage
from yizheng.systems.nurses.calculators import ANEW
from yizheng.systems.nurses.return_rules import ReturningNurse, suspension_over, trained_before_return
from yizheng.systems.nurses.rules import NurseApplicant, studied_full_time, trained_on_wards
from yizheng.systems.nurses.terms import Standing, Term, Window

DAY = timedelta(days=1)
assert not ANEW.suspension_bars
STANDING = find("nurses.standing")
COLUMNS = [column.name for column in STANDING.input]
ITEMS = {each.code: each for each in items(date(2026, 6, 1), system="nurses")}
REGISTERED = "2020-05-12"


def ask(item: str, on: date, **cells: str) -> dict[str, str]:
    """What the calculator answers of a nurse registered on 12 May 2020, unless it is said otherwise."""
    row = {"registered": REGISTERED, "item": item, "on": on.isoformat(), **cells}
    names, (answer,) = STANDING.answer(COLUMNS, [[row.get(name, "") for name in COLUMNS]])
    return dict(zip(names, answer, strict=True))


def around(edge: date) -> list[date]:
    return [edge - DAY, edge, edge + DAY]


def test_v1_a_term_ends_the_day_before_its_fifth_anniversary():
    assert Term.beginning(date(2020, 5, 12)).last == date(2025, 5, 11)


def test_v2_v3_renewal_is_in_time_to_thirty_days_before_the_end_and_late_until_the_end():
    assert [ask("renewal", on)["answer"] for on in around(date(2025, 4, 11))] == ["yes", "yes", "yes_late"]
    assert [ask("renewal", on)["answer"] for on in around(date(2025, 5, 11))] == ["yes_late", "yes_late", "no"]
    assert Term.beginning(date(2020, 5, 12)).window(date(2025, 4, 11)) is Window.REGULAR


def test_v4_the_day_after_the_term_it_is_expired_and_registration_again_open_without_training():
    assert [ask("status", on)["status"] for on in around(date(2025, 5, 11))] == ["REG", "REG", Standing.EXPIRED]
    again = [ask("reregistration", on, last_worked="2025-05-11") for on in around(date(2025, 5, 12))]
    assert [each["answer"] for each in again] == ["no", "yes", "yes"]
    assert [each["training"] for each in again] == ["no", "no", "no"]


def test_v5_more_than_three_years_without_nursing_need_training():
    back = ReturningNurse(last_worked=date(2025, 5, 11))
    found = [[each.code for each in trained_before_return(back, on)] for on in around(date(2028, 5, 11))]
    assert found == [[], [], ["N-RETURN"]]


def test_v6_more_than_three_years_after_the_pass_need_training():
    cells = {
        "registered": "",
        "exam_pass": "2022-07-01",
        "course_years": "3",
        "full_time": "yes",
        "internship_months": "8",
    }
    found = [ask("first", on, **cells)["reasons"] for on in around(date(2025, 7, 1))]
    assert found == ["", "", "training"]


def test_v7_who_is_suspended_beyond_the_term_is_not_renewed_expires_and_registers_again_afterwards():
    ordered = {"suspended": "2025-01-01/2025-06-30"}
    assert [ask("renewal", on, **ordered)["answer"] for on in around(date(2025, 4, 11))] == ["no", "no", "no"]
    assert [ask("status", on, **ordered)["status"] for on in around(date(2025, 5, 11))] == ["SUSP", "SUSP", "EXPIRED"]

    def stands_in_the_way(on: date) -> bool:
        back = ReturningNurse(ordered_until=date(2025, 6, 30) if on <= date(2025, 6, 30) else None)
        return bool(list(suspension_over(back, on)))

    assert [stands_in_the_way(on) for on in around(date(2025, 6, 30))] == [True, True, False]


def test_v8_a_revocation_bars_for_two_years_the_anniversary_included():
    found = [ask("reregistration", on, revoked="2023-06-30")["answer"] for on in around(date(2025, 6, 30))]
    assert found == ["no", "no", "yes"]


@pytest.mark.parametrize(("months", "refused"), [(7, True), (7.9, True), (8, False), (9, False)])
def test_v9_a_clinical_practice_of_seven_months_is_refused(months, refused):
    found = list(trained_on_wards(NurseApplicant(internship_months=months), date(2026, 3, 1)))
    assert [each.code for each in found] == (["N-PRACTICE"] if refused else [])


def test_v10_a_move_within_the_city_is_a_filing_that_nobody_decides():
    filing = ITEMS["nurse_institution_filing"]
    assert (filing.shape, Stage.DECIDE in filing.route) == (Shape.FILING, False)


@pytest.mark.parametrize(
    ("years", "full_time", "refused"), [(3, True, False), (4, True, False), (3, False, True), (2, True, True)]
)
def test_v12_the_full_time_course_of_nursing_that_gave_the_examination_is_judged(years, full_time, refused):
    nurse = NurseApplicant(course_years=years, full_time=full_time)
    assert bool(list(studied_full_time(nurse, date(2026, 3, 1)))) is refused


PERIODS = {
    "nurse_first_registration": (20, True),
    "nurse_reregistration": (20, True),
    "nurse_renewal": (20, False),
    "nurse_change": (7, True),
    "nurse_military_to_local": (20, True),  # seven where the registration of the forces is valid
}


@pytest.mark.parametrize(("code", "expected"), PERIODS.items())
def test_n7_v11_a_period_counts_from_receipt_where_the_regulation_says_so(code, expected):
    statutory = ITEMS[code].statutory
    assert statutory is not None
    assert (statutory.days, statutory.from_receipt) == expected
