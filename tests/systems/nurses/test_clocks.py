"""The clocks of nurses fire on the first day after what they guard: term, three years after the pass or the last day, two of a bar."""

from datetime import date, timedelta
from typing import Any

import pytest

from yizheng.kernel.calendar import add_years
from yizheng.licensing.deadlines.clocks import clocks
from yizheng.licensing.deadlines.computing import recompute
from yizheng.licensing.models import Deadline
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as_system
from yizheng.registry import ChangeKind, changing
from yizheng.systems.nurses.models import LINE, NurseExamResult, NurseRegistration
from yizheng.systems.nurses.register import NURSES
from yizheng.systems.practitioners.conduct.suspension import suspend
from yizheng.systems.practitioners.models import PenaltyRecord

pytestmark = pytest.mark.django_db
ONE_DAY = timedelta(days=1)
ENDS = date(2026, 3, 31)
REGISTERED = {
    "number": "202111000001", "registered_on": date(2021, 4, 1), "term_from": date(2021, 4, 1), "term_to": ENDS,
}  # fmt: skip
EXAM = {"exam_year": 2025, "exam_region": "11", "passed": True, "passed_on": ENDS}
REVOKED = {
    "of_register": "nurse", "kind": "revocation", "article": "nurse_regulation:31", "behaviour": "x",
    "authority_name": "x", "document_number": "x", "review_state": "none",
}  # fmt: skip


def say(kind: Any, nurse: Account, line: str, values: dict[str, Any], on: date, scope: Scope) -> None:
    with acting_as_system("test"), changing(kind=ChangeKind.INTAKE, actor=None, cause="test") as change:
        act, when = (change.state, "valid_from") if kind is NurseRegistration else (change.event, "happened_on")
        act(kind, nurse.subject_id or 0, line, values, authority_scope=scope.pk, **{when: on})


def fires(clock: str, on: date) -> list[date]:
    with acting_as_system("test"):
        recompute(on)
        return list(Deadline.objects.all().filter(clock=clock).values_list("fires_on", flat=True))


def test_every_clock_of_nurses_is_tried_here_or_with_the_filings() -> None:
    assert {each.code for each in clocks(NURSES)} == {
        "nurse_term", "nurse_late", "nurse_interrupted", "nurse_bar", "nurse_bar_on_record", "nurse_resumption",
        "nurse_special", "nurse_filing", "nurse_filing_house",
    }  # fmt: skip


def test_a_term_is_over_the_day_after_its_last(nurse, haidian):
    say(NurseRegistration, nurse, LINE, REGISTERED, date(2021, 4, 1), haidian)
    assert fires("nurse_term", ENDS - ONE_DAY) == [ENDS + ONE_DAY]


def test_who_passed_and_never_registered_trains_after_three_years(nurse, haidian):
    say(NurseExamResult, nurse, "nurse_exam:2025", EXAM, ENDS, haidian)
    first = add_years(ENDS, 3) + ONE_DAY
    assert first in fires("nurse_late", first - 30 * ONE_DAY)
    say(NurseRegistration, nurse, LINE, REGISTERED, date(2021, 4, 1), haidian)
    assert fires("nurse_late", first - 30 * ONE_DAY) == []


def test_the_interruption_is_counted_from_the_last_day_of_the_term(nurse, haidian):
    say(NurseRegistration, nurse, LINE, REGISTERED, date(2021, 4, 1), haidian)
    first = add_years(ENDS, 3) + ONE_DAY
    assert fires("nurse_interrupted", ENDS) == []
    assert fires("nurse_interrupted", first - 300 * ONE_DAY) == [first]


def test_who_gave_it_up_before_is_counted_from_that_day(nurse, haidian):
    say(NurseRegistration, nurse, LINE, REGISTERED, date(2021, 4, 1), haidian)
    say(NurseRegistration, nurse, LINE, {**REGISTERED, "status": "DEREG"}, date(2024, 7, 1), haidian)
    assert fires("nurse_interrupted", date(2027, 1, 1)) == [date(2027, 7, 1)]


def test_a_bar_after_a_revocation_ends_after_two_years_the_anniversary_inside(nurse, haidian):
    say(PenaltyRecord, nurse, "penalty:x", REVOKED, date(2023, 6, 30), haidian)
    assert fires("nurse_bar", date(2025, 1, 1)) == [date(2025, 7, 1)]


@pytest.mark.parametrize("known", [False, True])
def test_a_revocation_entered_on_a_document_has_its_bar_too_and_once(nurse, haidian, known):
    day = date(2023, 6, 30)
    say(NurseRegistration, nurse, LINE, REGISTERED, date(2021, 4, 1), haidian)
    say(NurseRegistration, nurse, LINE, {**REGISTERED, "status": "REVOKED"}, day, haidian)
    if known:
        say(PenaltyRecord, nurse, "penalty:x", REVOKED, day, haidian)
    fired = [fires(clock, date(2025, 1, 1)) for clock in ("nurse_bar", "nurse_bar_on_record")]
    assert fired == ([[date(2025, 7, 1)], []] if known else [[], [date(2025, 7, 1)]])


def test_a_revoked_nurse_is_told_too_when_three_years_have_gone(nurse, haidian):
    say(NurseRegistration, nurse, LINE, REGISTERED, date(2021, 4, 1), haidian)
    say(NurseRegistration, nurse, LINE, {**REGISTERED, "status": "REVOKED"}, date(2023, 7, 1), haidian)
    assert fires("nurse_interrupted", date(2026, 1, 5)) == [date(2026, 7, 1)]


def test_practice_goes_on_the_day_after_a_suspension(nurse, haidian):
    first, last = date(2024, 1, 11), date(2024, 7, 10)
    say(NurseRegistration, nurse, LINE, REGISTERED, date(2021, 4, 1), haidian)
    with acting_as_system("test"), changing(kind=ChangeKind.DECISION, actor=None, cause="test") as change:
        held = NurseRegistration.objects.as_of(first).get(subject_id=nurse.subject_id or 0)
        suspend(held, change, first, last, alive="REG".__eq__, status="SUSP", reason="")
    assert fires("nurse_resumption", first) == [last + ONE_DAY]
    assert fires("nurse_resumption", last) == [last + ONE_DAY]
