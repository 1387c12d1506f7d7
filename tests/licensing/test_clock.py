"""The clock of a case, read from its events alone."""

from datetime import date

import pytest

from yizheng.kernel.calendar import state_council_calendar
from yizheng.kernel.statutes import licensing_law, nurse_regulation, physicians_law
from yizheng.licensing.case_clock.clock import Clock, Periods, Tick, read
from yizheng.licensing.item import WorkingDays
from yizheng.licensing.states import CaseState as S

PERIODS = Periods(
    WorkingDays(5, licensing_law(32)), WorkingDays(20, physicians_law(13)), WorkingDays(10, licensing_law(44))
)
CALENDAR = state_council_calendar()

RECEIVED = Tick("confirm", date(2025, 1, 20), S.RECEIVED)
ACCEPTED = Tick("accept", date(2025, 1, 24), S.REVIEWING)


def clock(*ticks: Tick, today: date, periods: Periods = PERIODS) -> Clock:
    return read(ticks, periods, CALENDAR, today)


def test_a_draft_has_no_clock() -> None:
    assert clock(today=date(2025, 1, 20)).due_on is None


def test_the_window_has_five_working_days_from_the_day_after_receipt() -> None:
    assert clock(RECEIVED, today=date(2025, 1, 20)).due_on == date(2025, 1, 26)
    assert clock(RECEIVED, today=date(2025, 1, 20)).left == 5


def test_twenty_working_days_over_spring_festival_skip_the_holiday_and_count_the_made_up_weekend() -> None:
    read_on_acceptance = clock(RECEIVED, ACCEPTED, today=date(2025, 1, 24))
    assert read_on_acceptance.due_on == date(2025, 2, 27)
    assert read_on_acceptance.left == 20
    assert "1月26日" in read_on_acceptance.sentence
    assert "放假不计" in read_on_acceptance.sentence


def test_the_day_after_the_last_day_is_overdue_by_one() -> None:
    assert clock(RECEIVED, ACCEPTED, today=date(2025, 2, 27)).left == 0
    assert clock(RECEIVED, ACCEPTED, today=date(2025, 2, 28)).left == -1


def test_a_correction_stops_the_window_and_its_return_starts_it_anew() -> None:
    asked = Tick("ask_correction", date(2025, 3, 3), S.CORRECTING)
    back = Tick("resubmit", date(2025, 3, 17), S.CORRECTED)
    assert clock(RECEIVED, asked, today=date(2025, 3, 10)).stopped
    assert clock(RECEIVED, asked, back, today=date(2025, 3, 17)).due_on == date(2025, 3, 24)


def test_expert_review_does_not_count() -> None:
    accepted = Tick("accept", date(2025, 3, 3), S.REVIEWING)
    begun = Tick("start_procedure", date(2025, 3, 10), S.IN_PROCEDURE, "疑难病例讨论")
    ended = Tick("end_procedure", date(2025, 3, 24), S.REVIEWING)
    still = clock(RECEIVED, accepted, begun, today=date(2025, 3, 20))
    assert (still.due_on, still.used, still.stopped) == (None, 5, "疑难病例讨论")
    after = clock(RECEIVED, accepted, begun, ended, today=date(2025, 3, 24))
    assert after.left == 15
    assert after.due_on == CALENDAR.add_working_days(date(2025, 3, 24), 15)


def test_one_extension_adds_ten_working_days() -> None:
    accepted = Tick("accept", date(2025, 3, 3), S.DECIDING)
    extended = Tick("extend", date(2025, 3, 20), S.DECIDING)
    assert clock(accepted, extended, today=date(2025, 3, 20)).due_on == CALENDAR.add_working_days(date(2025, 3, 3), 30)


def test_a_period_counted_from_receipt_does_not_wait_for_acceptance() -> None:
    periods = Periods(PERIODS.acceptance, WorkingDays(20, nurse_regulation(8), from_receipt=True), PERIODS.delivery)
    received = Tick("confirm", date(2026, 3, 2), S.RECEIVED)
    accepted = Tick("accept", date(2026, 3, 9), S.REVIEWING)
    state = clock(received, accepted, today=date(2026, 3, 9), periods=periods)
    assert (state.due_on, state.used) == (date(2026, 3, 30), 5)
    asked = Tick("ask_correction", date(2026, 3, 4), S.CORRECTING)
    back = Tick("resubmit", date(2026, 3, 16), S.CORRECTED)
    again = Tick("accept", date(2026, 3, 18), S.REVIEWING)
    whole = clock(received, asked, back, again, today=date(2026, 3, 18), periods=periods)
    assert whole.due_on == CALENDAR.add_working_days(date(2026, 3, 16), 20)


def test_deemed_acceptance_counts_from_the_day_of_receipt() -> None:
    deemed = Tick("deem_accepted", date(2025, 3, 17), S.REVIEWING)
    received = Tick("submit", date(2025, 3, 7), S.RECEIVED)
    read_later = clock(received, deemed, today=date(2025, 3, 17))
    assert read_later.due_on == CALENDAR.add_working_days(date(2025, 3, 7), 20)


def test_a_shorter_promise_is_the_period_and_a_longer_one_is_not() -> None:
    shorter = Periods(PERIODS.acceptance, PERIODS.decision, PERIODS.delivery, promised=10)
    longer = Periods(PERIODS.acceptance, PERIODS.decision, PERIODS.delivery, promised=30)
    accepted = Tick("accept", date(2025, 3, 3), S.REVIEWING)
    assert clock(accepted, today=date(2025, 3, 3), periods=shorter).total == 10
    assert clock(accepted, today=date(2025, 3, 3), periods=longer).total == 20


@pytest.mark.parametrize("state", [S.REFUSED, S.WITHDRAWN, S.DELIVERED, S.TERMINATED])
def test_an_ended_case_has_no_clock(state: S) -> None:
    assert clock(ACCEPTED, Tick("x", date(2025, 3, 3), state), today=date(2025, 3, 4)).due_on is None


def test_the_certificate_is_due_ten_working_days_after_the_grant() -> None:
    granted = Tick("grant", date(2025, 3, 3), S.GRANTED)
    assert clock(ACCEPTED, granted, today=date(2025, 3, 3)).due_on == date(2025, 3, 17)
