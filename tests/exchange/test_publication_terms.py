"""How long a penalty is published: both sides of every edge."""

from datetime import date

import pytest

from yizheng.exchange.credit.calculators import term
from yizheng.exchange.credit.terms import UnknownGrade, is_shown, publication_term, withdrawn_by
from yizheng.kernel.calculators import BadInput
from yizheng.kernel.calendar.office_calendar import state_council_calendar

DECIDED = date(2026, 5, 20)


@pytest.mark.parametrize(
    ("grade", "repair_from", "last_day"),
    [("一般", date(2026, 8, 20), date(2027, 5, 20)), ("严重", date(2027, 5, 20), date(2029, 5, 20))],
)
def test_a_penalty_is_shown_from_the_least_to_the_most(grade: str, repair_from: date, last_day: date) -> None:
    found = publication_term(grade, DECIDED)
    assert (found.published, found.repair_from, found.last_day) == (True, repair_from, last_day)
    before, behind = date.fromordinal(repair_from.toordinal() - 1), date.fromordinal(last_day.toordinal() + 1)
    assert is_shown(found, before, repaired=True, fulfilled=True)
    assert not is_shown(found, repair_from, repaired=True, fulfilled=True)
    assert is_shown(found, repair_from, repaired=False, fulfilled=True)
    assert is_shown(found, last_day, repaired=False, fulfilled=True)
    assert not is_shown(found, behind, repaired=False, fulfilled=True)
    assert is_shown(found, behind, repaired=True, fulfilled=False), "what is not fulfilled stays"


def test_a_slight_one_is_not_published_from_the_day_the_rules_are_in_force() -> None:
    assert not is_shown(publication_term("轻微", date(2026, 4, 1)), date(2026, 4, 2), repaired=False, fulfilled=False)
    with pytest.raises(UnknownGrade, match="2026-03-31"):
        publication_term("轻微", date(2026, 3, 31))


def test_what_fell_away_is_withdrawn_in_three_working_days() -> None:
    assert withdrawn_by(date(2026, 5, 21), state_council_calendar()) == date(2026, 5, 26), "over a weekend"


def test_the_calculator_says_the_same() -> None:
    asked = {
        "grade": "一般",
        "decided": DECIDED,
        "on": date(2026, 8, 20),
        "repaired": "yes",
        "fulfilled": "yes",
        "annulled": DECIDED,
    }
    (row,) = term([asked])
    assert (row["shown"], row["last_day"], row["withdrawn_by"]) == ("no", date(2027, 5, 20), date(2026, 5, 25))
    with pytest.raises(BadInput):
        list(term([{**asked, "decided": date(2019, 1, 1)}]))
