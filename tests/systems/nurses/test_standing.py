"""Term, status and what may be applied for, on the day before, the day and the day after (护士条例 第七条至第十条、第三十二条)."""

from datetime import date, timedelta

import pytest

from yizheng.kernel.calculators import find
from yizheng.systems.nurses import calculators
from yizheng.systems.nurses.return_rules import ReturnNumbers
from yizheng.systems.nurses.terms import Course, Renewal, Standing, Stretch, Term, Window

DAY = timedelta(days=1)
COLUMNS = [column.name for column in find("nurses.standing").input]


def ask(**cells: str) -> dict[str, str]:
    names, (row,) = find("nurses.standing").answer(COLUMNS, [[cells.get(name, "") for name in COLUMNS]])
    return dict(zip(names, row, strict=True))


FIRST = {"item": "first", "exam_pass": "2024-06-15", "course_years": "3", "full_time": "yes", "internship_months": "8"}


def test_a_term_is_five_years_to_the_day_before_the_anniversary():
    assert Term.beginning(date(2020, 5, 12)).last == date(2025, 5, 11)
    assert Term.beginning(date(2020, 2, 29)).last == date(2025, 2, 27)


@pytest.mark.parametrize(
    ("on", "window"),
    [
        (date(2025, 4, 11), Window.REGULAR),
        (date(2025, 4, 12), Window.LATE),
        (date(2025, 5, 11), Window.LATE),
        (date(2025, 5, 12), Window.CLOSED),
    ],
)
def test_renewal_is_in_time_until_thirty_days_before_the_end(on, window):
    assert Term.beginning(date(2020, 5, 12)).window(on) is window


def test_who_applied_in_time_is_renewed_by_law_when_nobody_decided_before_the_end():
    course = Course(registered=date(2021, 8, 20), renewals=(Renewal(date(2026, 7, 20)),))
    assert course.term(date(2026, 8, 19)) == Term.beginning(date(2021, 8, 20))
    assert course.term(date(2026, 8, 20)) == Term.beginning(date(2026, 8, 20))
    late = Course(registered=date(2021, 8, 20), renewals=(Renewal(date(2026, 7, 21)),))
    assert late.standing(date(2026, 8, 20)) is Standing.EXPIRED


def test_a_late_application_decided_afterwards_joins_the_terms():
    course = Course(registered=date(2021, 8, 20), renewals=(Renewal(date(2026, 8, 1), date(2026, 9, 1)),))
    assert course.standing(date(2026, 8, 31)) is Standing.EXPIRED
    assert course.standing(date(2026, 9, 1)) is Standing.REGISTERED
    assert course.term(date(2026, 9, 1)) == Term.beginning(date(2026, 8, 20))


def test_a_term_by_approval_begins_on_the_day_of_the_decision():
    course = Course(
        registered=date(2021, 8, 20), continuous=False, renewals=(Renewal(date(2026, 7, 1), date(2026, 7, 10)),)
    )
    assert course.term(date(2026, 7, 10)) == Term.beginning(date(2026, 7, 10))


def test_what_was_applied_for_after_the_end_renews_nothing():
    course = Course(registered=date(2021, 8, 20), renewals=(Renewal(date(2026, 8, 20), date(2026, 8, 25)),))
    assert course.standing(date(2026, 9, 1)) is Standing.EXPIRED


def test_a_suspension_counts_both_its_days_and_does_not_outlive_the_term():
    course = Course(registered=date(2020, 5, 12), suspended=(Stretch(date(2025, 1, 1), date(2025, 6, 30)),))
    assert course.standing(date(2024, 12, 31)) is Standing.REGISTERED
    assert course.standing(date(2025, 1, 1)) is Standing.SUSPENDED
    assert course.standing(date(2025, 5, 11)) is Standing.SUSPENDED
    assert course.standing(date(2025, 5, 12)) is Standing.EXPIRED


@pytest.mark.parametrize(("on", "answer"), [("2025-07-01", "yes"), ("2025-07-02", "no")])
def test_three_years_after_the_pass_training_is_asked_for(on, answer):
    assert ask(**{**FIRST, "exam_pass": "2022-07-01", "on": on})["answer"] == answer


@pytest.mark.parametrize(("months", "passed", "answer"), [("3", "yes", "yes"), ("2", "yes", "no"), ("3", "no", "no")])
def test_training_counts_when_it_lasted_three_months_and_was_passed(months, passed, answer):
    asked = {**FIRST, "exam_pass": "2022-07-01", "on": "2025-07-02"}
    assert ask(**asked, training_months=months, training_passed=passed)["answer"] == answer


@pytest.mark.parametrize(
    ("cells", "reasons"),
    [
        ({"exam_pass": ""}, "exam"),
        ({"exam_pass": "2026-03-02"}, "exam"),
        ({"course_years": "2"}, "course"),
        ({"full_time": "no"}, "full_time"),
        ({"internship_months": "7"}, "internship"),
        ({"registered": "2020-01-01"}, "already_registered"),
        ({"course_years": "2", "full_time": "no", "internship_months": "7.5"}, "course;full_time;internship"),
        ({"course_years": "", "full_time": "", "internship_months": ""}, ""),
    ],
)
def test_each_ground_of_a_first_registration_is_named(cells, reasons):
    assert ask(**{**FIRST, "on": "2026-03-01", **cells})["reasons"] == reasons


@pytest.mark.parametrize(("on", "barred"), [("2025-06-30", True), ("2025-07-01", False)])
def test_a_revocation_bars_for_two_years_the_anniversary_included(on, barred):
    asked = ask(item="reregistration", on=on, registered="2020-01-01", revoked="2023-06-30")
    assert asked["first_open_day"] == "2025-07-01"
    assert ("barred" in asked["reasons"].split(";")) is barred


@pytest.mark.parametrize(("kind", "open_day"), [("concealed", "2025-03-02"), ("deceit", "2027-03-02")])
def test_false_statements_bar_for_one_year_or_three(kind, open_day):
    asked = {**FIRST, "on": "2024-12-01", "false_kind": kind, "false_on": "2024-03-01"}
    assert ask(**asked)["first_open_day"] == open_day


def test_registration_again_is_open_the_day_after_the_term_without_training():
    asked = {"item": "reregistration", "registered": "2020-05-12", "last_worked": "2025-05-11"}
    assert ask(**asked, on="2025-05-11")["reasons"] == "still_valid"
    assert ask(**asked, on="2025-05-12")["answer"] == "yes"
    assert ask(**asked, on="2028-05-11")["reasons"] == ""
    assert ask(**asked, on="2028-05-12")["reasons"] == "training"


@pytest.mark.parametrize(("on", "barred"), [("2025-06-29", True), ("2025-06-30", True), ("2025-07-01", False)])
def test_one_switch_says_whether_a_running_suspension_bars_who_registers_again(monkeypatch, on, barred):
    asked = {"item": "reregistration", "registered": "2020-05-12", "suspended": "2025-01-01/2025-06-30", "on": on}
    answer = ask(**asked, last_worked="2025-05-11")
    assert (answer["status"], answer["answer"], answer["reasons"]) == ("EXPIRED", "yes", "")
    monkeypatch.setattr(calculators, "ANEW", ReturnNumbers())
    assert ask(**asked, last_worked="2025-05-11")["reasons"] == ("suspended" if barred else "")


def test_a_suspended_nurse_may_change_but_not_renew():
    asked = {"registered": "2022-01-10", "suspended": "2025-01-01/2025-06-30", "on": "2025-03-01"}
    assert ask(**asked, item="renewal")["reasons"] == "suspended"
    assert ask(**asked, item="change")["answer"] == "yes"


def test_a_renewal_in_time_is_decided_before_the_end_of_the_term():
    asked = ask(item="renewal", on="2026-04-09", registered="2021-05-10")
    assert (asked["window"], asked["decide_by"]) == ("regular", "2026-05-09")
    assert ask(item="renewal", on="2026-04-10", registered="2021-05-10")["answer"] == "yes_late"


def test_a_sentence_is_no_ground_of_the_nurses_law():
    assert not any("sentence" in name or "crime" in name for name in COLUMNS)
