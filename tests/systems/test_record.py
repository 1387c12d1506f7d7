"""A change on a line is told by what it says; what a splice leaves of the old versions is not news."""

from datetime import date

from yizheng.registry.periods import FOREVER, last_day
from yizheng.registry.record import LineStep
from yizheng.systems.doctors.models import Registration


def _version(since: date, until: date, status: str) -> Registration:
    return Registration(line="110000:1", valid_from=since, valid_to=until, status=status, authority_scope=1)


def test_a_suspension_within_a_registration_is_what_the_change_is_about() -> None:
    before = _version(date(2021, 5, 24), FOREVER, "REG")
    left = _version(date(2021, 5, 24), date(2026, 11, 23), "REG")
    suspended = _version(date(2026, 11, 23), date(2027, 5, 23), "SUS1")
    back = _version(date(2027, 5, 23), FOREVER, "REG")
    step = LineStep(Registration, "110000:1", (before,), (left, suspended, back))
    assert (step.old, step.new) == (before, suspended)


def test_an_ending_is_told_by_what_is_left() -> None:
    before = _version(date(2021, 5, 24), FOREVER, "REG")
    left = _version(date(2021, 5, 24), date(2026, 11, 23), "REG")
    step = LineStep(Registration, "110000:1", (before,), (left,))
    assert (step.old, step.new) == (before, left)


def test_a_period_is_read_by_its_last_day() -> None:
    assert last_day(date(2027, 11, 23)) == date(2027, 11, 22)
    assert last_day(FOREVER) is None
