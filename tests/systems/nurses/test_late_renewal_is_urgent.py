"""A renewal applied for late stands at the desk as urgent: after the end of the term she may not work (护士条例 第十条)."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from yizheng.kernel.calendar import state_council_calendar
from yizheng.licensing.catalogue import item as item_of
from yizheng.licensing.models import Case
from yizheng.licensing.states import CaseState
from yizheng.shell.desk.lists import GROUPS, URGENT, row_of
from yizheng.systems.nurses.renewal import NurseRenewal

ENDS = date(2026, 5, 11)


def applied(on: date) -> Case:
    at = timezone.make_aware(datetime.combine(on, datetime.min.time()))
    answers = {"renewal": {"term_to": ENDS.isoformat()}}
    return Case(item_code="nurse_renewal", rules_on=on, answers=answers, submitted_at=at, state=CaseState.RECEIVED)


@pytest.mark.parametrize(
    ("on", "urgent"),
    [(date(2026, 4, 11), None), (date(2026, 4, 12), ENDS), (ENDS, ENDS), (date(2026, 5, 12), None)],
    ids=["last_regular_day", "first_late_day", "last_day", "over"],
)
def test_what_came_late_is_urgent_until_the_term_ends(on, urgent):
    item = item_of("nurse_renewal", on)
    assert isinstance(item, NurseRenewal)
    assert item.urgent_until(applied(on)) == urgent


def test_the_row_says_so_and_stands_before_what_is_due_today(calendar):
    case = applied(date(2026, 4, 20))
    case.urgent_on, case.due_on, case.clock_total = ENDS, date(2026, 4, 27), 5
    row = row_of(case, date(2026, 4, 21), calendar)
    assert (row.group, row.urgent) == (URGENT, "加急　05-11 届满")
    assert GROUPS[URGENT][0] == "加急"


@pytest.fixture
def calendar():

    return state_council_calendar()
