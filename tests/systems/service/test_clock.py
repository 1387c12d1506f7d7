"""The clocks of a failure: against a simulator that walks them second by second, and at the edges of their limits."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yizheng.kernel.calculators import BadInput, find
from yizheng.kernel.calendar.calculators import calendar
from yizheng.kernel.calendar.hours import ROUND_THE_CLOCK, Hours
from yizheng.systems.service import calculators as _declares  # noqa: F401 — declares service.clock
from yizheng.systems.service.ledger import Event, Kept, Kind, Ledger, Limits

FRIDAY = datetime.fromisoformat("2026-08-07T17:00")
OFFICE = Hours(calendar())
MINUTE = timedelta(minutes=1)
NAMES = ["mode", "response_limit", "restore_limit", "now", "events"]


def asked(events, mode="clock", now="2026-11-01T00:00", limits=("60", "240")):
    names, (row,) = find("service.clock").answer(NAMES, [[mode, *limits, now, events]])
    return dict(zip(names, row, strict=True))


def test_gross_and_net_are_kept_apart_and_an_automatic_reply_is_no_answer():
    told = asked(
        "report@2026-08-03T21:00;auto_reply@2026-08-03T21:01;answer@2026-08-03T22:05;pause:cloud@2026-08-03T22:30;"
        "resume@2026-08-03T23:10;restore@2026-08-04T01:20;cause:cloud@2026-08-04T02:00"
    )
    assert told == {
        "response_seconds": "3900", "response_due": "2026-08-03T22:00:00", "response_ok": "no",
        "restore_gross": "15600", "restore_net": "13200", "restore_due": "2026-08-04T01:00:00",
        "restore_due_net": "2026-08-04T01:40:00", "restore_ok_gross": "no", "restore_ok_net": "yes", "binding": "no",
    }  # fmt: skip


def test_office_hours_leave_out_noon_night_and_weekend():
    told = asked("report@2026-08-07T17:00;answer@2026-08-10T09:20", mode="work", limits=("60", "300"))
    assert told["response_seconds"] == "3000"
    assert told["response_due"] == "2026-08-10T09:30:00"
    assert told["restore_due"] == "2026-08-10T15:00:00"
    assert (told["restore_ok_gross"], told["restore_gross"], told["binding"]) == ("no", "", "")


@pytest.mark.parametrize(("at", "kept"), [("10:59:59", "yes"), ("11:00", "yes"), ("11:00:01", "no")])
def test_the_limit_itself_is_in_time(at, kept):
    assert asked(f"report@2026-08-03T10:00;answer@2026-08-03T{at}")["response_ok"] == kept


@pytest.mark.parametrize(("now", "kept"), [("13:59", "pending"), ("14:00", "pending"), ("14:00:01", "no")])
def test_what_has_not_happened_is_pending_up_to_the_limit(now, kept):
    assert asked("report@2026-08-03T10:00", now=f"2026-08-03T{now}")["restore_ok_gross"] == kept


def test_a_way_round_counts_only_when_it_was_agreed_to_and_a_reopened_failure_is_not_restored():
    assert asked("report@2026-08-03T10:00;workaround@2026-08-03T11:00")["restore_gross"] == ""
    agreed = "report@2026-08-03T10:00;workaround_agreed@2026-08-03T11:00"
    assert asked(agreed)["restore_gross"] == "3600"
    assert asked(agreed + ";reopen@2026-08-03T12:00")["restore_gross"] == ""
    assert asked(agreed + ";reopen@2026-08-03T12:00;restore@2026-08-03T13:00")["restore_gross"] == "10800"


def test_an_open_pause_holds_the_net_limit_and_stops_its_count():
    told = asked("report@2026-08-03T10:00;pause:client@2026-08-03T11:00")
    assert (told["restore_due"], told["restore_due_net"]) == ("2026-08-03T14:00:00", "")
    assert (told["restore_ok_gross"], told["restore_ok_net"]) == ("no", "pending")


def test_pauses_that_overlap_are_one_and_an_open_one_ends_with_the_failure():
    told = asked(
        "report@2026-08-03T10:00;pause:cloud@2026-08-03T11:00;pause:client@2026-08-03T11:30;resume@2026-08-03T12:00;"
        "resume@2026-08-03T12:30;pause:client@2026-08-03T13:00;restore@2026-08-03T16:00"
    )
    assert (told["restore_gross"], told["restore_net"]) == ("21600", "7200")


def test_what_is_later_than_now_is_unknown_and_what_came_before_the_report_does_not_count():
    told = asked("answer@2026-08-03T09:00;report@2026-08-03T10:00;answer@2026-08-03T12:00", now="2026-08-03T10:30")
    assert (told["response_seconds"], told["response_ok"]) == ("", "pending")
    unreported = asked("report@2026-08-03T10:00", now="2026-08-03T09:00")
    assert set(unreported.values()) == {""}


def test_the_last_cause_says_whether_the_limits_bind():
    first = "report@2026-08-03T10:00;cause:cloud@2026-08-03T11:00"
    assert asked(first)["binding"] == "no"
    assert asked(first + ";cause:contractor@2026-08-03T12:00")["binding"] == "yes"


@pytest.mark.parametrize("events", ["report", "rapport@2026-08-03T10:00", "report@2026-08-03 10:00"])
def test_an_event_that_cannot_be_read_is_refused_with_its_line(events):
    with pytest.raises(BadInput, match="第2行“events”"):
        asked(events)


EVENTS = st.lists(st.tuples(st.sampled_from([Kind.PAUSE, Kind.RESUME, Kind.ANSWER]), st.integers(1, 400)), max_size=8)


@given(EVENTS, st.integers(1, 400), st.sampled_from([ROUND_THE_CLOCK, OFFICE]))
def test_the_figures_are_those_of_a_simulator_that_walks_minute_by_minute(events, restored, hours):
    start = FRIDAY - 2 * MINUTE
    story = [Event(kind, start + number * MINUTE) for kind, number in events]
    end = start + restored * MINUTE
    ledger = Ledger(
        [Event(Kind.REPORT, start), *story, Event(Kind.RESTORE, end)],
        Limits(timedelta(minutes=60), timedelta(minutes=90)),
        hours,
        start + timedelta(days=9),
    )
    gross = net = 0
    paused = False
    for number in range(restored):
        for kind, at in sorted(events, key=lambda each: each[1]):
            if at == number and kind is not Kind.ANSWER:
                paused = kind is Kind.PAUSE
        counts = hours.running(start + number * MINUTE, start + (number + 1) * MINUTE) == MINUTE
        gross += counts
        net += counts and not paused
    assert ledger.restore_gross == gross * MINUTE
    assert ledger.restore_net == net * MINUTE
    assert ledger.restore_kept_gross == (Kept.YES if gross <= 90 else Kept.NO)


SECOND_STORY = st.lists(st.tuples(st.sampled_from([Kind.PAUSE, Kind.RESUME]), st.integers(1, 900)), max_size=6)


@given(SECOND_STORY, st.integers(1, 900))
def test_the_figures_are_those_of_a_simulator_that_walks_second_by_second(events, restored):
    start, second = FRIDAY, timedelta(seconds=1)
    story = [Event(kind, start + number * second) for kind, number in events]
    ledger = Ledger(
        [Event(Kind.REPORT, start), *story, Event(Kind.RESTORE, start + restored * second)],
        Limits(timedelta(seconds=300), timedelta(seconds=600)),
        ROUND_THE_CLOCK,
        start + timedelta(days=1),
    )
    at = {
        number: [kind for kind, when in sorted(events, key=lambda each: each[1]) if when == number]
        for _, number in events
    }
    gross, net, paused = 0, 0, False
    for number in range(restored):
        for kind in at.get(number, ()):
            paused = kind is Kind.PAUSE
        gross += 1
        net += not paused
    assert (ledger.restore_gross, ledger.restore_net) == (gross * second, net * second)


@given(st.integers(0, 20_000), st.integers(0, 3_000))
def test_a_limit_ends_where_so_much_time_has_run(offset, minutes):
    start = FRIDAY + offset * MINUTE
    due = OFFICE.after(start, minutes * MINUTE)
    assert OFFICE.running(start, due) == minutes * MINUTE
    assert minutes == 0 or OFFICE.running(start, due - MINUTE) < minutes * MINUTE
