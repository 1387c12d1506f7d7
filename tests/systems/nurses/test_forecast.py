"""A day to come, or another window for renewals, asked about every nurse in the register; and what comes due by month and district."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.cast import sign_in
from tests.systems.nurses.test_collective_renewal import employ
from yizheng.kernel.calendar import add_months
from yizheng.licensing.forecasts import run
from yizheng.licensing.models import Forecast, ForecastFailure
from yizheng.people.scope import acting_as_system
from yizheng.systems.nurses.forecast import Registered, within_the_term
from yizheng.systems.nurses.terms import Term

TODAY = timezone.localdate()
ONE_DAY = timedelta(days=1)
LAST = date(2026, 5, 31)


class Silent:
    def report(self, done: int, total: int | None = None, message: str = "") -> None:
        """Nobody looks."""


def failed(account, **asked) -> list[tuple[int, str]]:
    made = Forecast.objects.create(register="nurse", asked_by=account, **{"on": TODAY, **asked})
    run(Silent(), made.pk)
    with acting_as_system("test"):
        return sorted(ForecastFailure.objects.filter(forecast=made).values_list("subject_id", "check_code"))


@pytest.mark.parametrize(("on", "over"), [(LAST - ONE_DAY, False), (LAST, False), (LAST + ONE_DAY, True)])
def test_a_term_holds_through_its_last_day(on, over):
    assert bool(list(within_the_term(Registered(term=Term.ending(LAST)), on))) is over


@pytest.mark.django_db
def test_a_day_to_come_names_whose_term_will_be_over(system_admin, hospital, haidian):
    ((soon, *_),) = employ(hospital, haidian, 1, last=TODAY + timedelta(days=20))
    employ(hospital, haidian, 1, last=TODAY + timedelta(days=800), first=2)
    employ(hospital, haidian, 1, last=TODAY - ONE_DAY, first=3)
    assert failed(system_admin, on=TODAY + timedelta(days=20)) == []
    assert failed(system_admin, on=TODAY + timedelta(days=21)) == [(soon, "N-LAPSE")]


@pytest.mark.django_db
def test_a_narrower_window_names_who_could_apply_today_and_could_not_then(system_admin, hospital, haidian):
    ((open_now, *_),) = employ(hospital, haidian, 1, last=add_months(TODAY, 2) + timedelta(days=10))
    employ(hospital, haidian, 1, last=add_months(TODAY, 1), first=2)
    employ(hospital, haidian, 1, last=add_months(TODAY, 8), first=3)
    assert failed(system_admin, rule="nurses.renewal_opens_months", value=2) == [(open_now, "N-WINDOW")]
    assert failed(system_admin, rule="nurses.renewal_opens_months", value=6) == []


@pytest.mark.django_db
def test_renewals_to_come_are_counted_by_month_and_district(client, acceptor, hospital, haidian):
    last = TODAY + timedelta(days=40)
    employ(hospital, haidian, 3, last=last)
    employ(hospital, haidian, 1, last=TODAY + timedelta(days=900), first=4)
    page = sign_in(client, acceptor).get("/nurses/due/").content.decode()
    assert f"{last:%Y-%m}　全部 3 人" in page
    assert haidian.name in page
    assert "全部 4 人" not in page
