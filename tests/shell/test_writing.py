"""How data is written."""

import re
from datetime import UTC, date, datetime

from yizheng.licensing.case_clock.clock import NOT_STARTED, Clock
from yizheng.shell.clocks import face
from yizheng.shell.templatetags import writing as w


def test_days_are_written_as_their_place_asks() -> None:
    day = date(2025, 5, 22)
    assert (w.day(day), w.short_day(day), w.weekday_name(day), w.full_weekday(day)) == (
        "2025-05-22",
        "05-22",
        "周四",
        "星期四",
    )
    assert w.sentence_day(day) == "2025年5月22日"
    assert w.day(None) == w.day(date(9999, 12, 31)) == "—"


def test_times_are_beijing_times() -> None:
    value = datetime(2025, 5, 21, 18, 5, tzinfo=UTC)
    assert w.minute(value) == "02:05"
    assert w.moment(value) == "05-22 02:05"
    assert w.full_moment(value) == "2025年5月22日 02:05"


def test_an_open_end_is_said() -> None:
    assert w.until(date(2021, 6, 15), None) == w.until(date(2021, 6, 15), date(9999, 12, 31)) == "2021年6月15日起"
    assert w.until(date(2023, 3, 1), date(2026, 2, 28)) == "2023年3月1日—2026年2月28日"


def test_numbers_are_grouped_and_what_cannot_be_counted_is_a_dash() -> None:
    assert (w.thousands(12391), w.thousands(0), w.thousands(None)) == ("12,391", "0", "—")


def test_a_grouped_number_copies_as_digits() -> None:
    drawn = str(w.grouped("110110108004217"))
    assert re.sub("<[^>]*>", "", drawn) == "110110108004217"
    assert drawn.count("<span>") == 3


def test_a_number_of_an_institution_falls_into_its_parts() -> None:
    shown = re.findall("<span>(.*?)</span>", str(w.grouped("E9999001711010511A1001")))
    assert shown == ["E99990017", "110105", "11", "A100", "1"]


def test_a_public_number_hides_its_middle() -> None:
    assert "004" not in re.sub("<[^>]*>", " ", str(w.covered_practice_number("110110108004217")))


def test_a_clock_says_where_it_stands() -> None:
    def running(left: int) -> Clock:
        return Clock(date(2025, 6, 11), True, 20, 20 - left, "")

    assert (face(running(13)).short, face(running(13)).tone) == ("剩 13 日", "")
    assert (face(running(2)).long, face(running(2)).tone) == ("剩 2 个工作日", "warn")
    assert (face(running(0)).short, face(running(0)).tone) == ("今天", "warn")
    assert (face(running(-1)).short, face(running(-1)).tone) == ("超 1 日", "bad")
    stopped = face(Clock(None, False, 20, 14, "", "鉴定"))
    assert (stopped.short, stopped.tone) == ("停计 · 鉴定", "past")
    assert (face(NOT_STARTED).short, face(NOT_STARTED).tone) == ("未起算", "end")
