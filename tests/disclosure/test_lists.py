"""Who was registered and whose registration ended is announced by the month, for twelve, never with the ground itself."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.disclosure.conftest import NUMBER, doctor, standing
from yizheng.disclosure import announcements
from yizheng.disclosure.announcements import Cursor, Kind, months, page
from yizheng.disclosure.models import PublicPractitioner
from yizheng.disclosure.publishing import publish
from yizheng.disclosure.records import Period, PractitionerRecord
from yizheng.disclosure.standings import Standing

pytestmark = pytest.mark.django_db
NOVEMBER = date(2026, 11, 1)
TODAY = date(2026, 11, 20)
ENDED = (Standing.DEREGISTERED, Standing.REVOKED, Standing.ANNULLED)


def newly(subject: int, name: str, on: date) -> PractitionerRecord:
    period = Period(Standing.REGISTERED, on, institution="北京安和医院")
    return replace(doctor(subject, name), first_registered=on, periods=(period,), milestones=())


def ended(subject: int, name: str, on: date, how: Standing = Standing.DEREGISTERED) -> PractitionerRecord:
    before = Period(Standing.REGISTERED, date(2016, 9, 8), on, "北京旧名医院")
    return replace(doctor(subject, name), periods=(before, Period(how, on, because="不再执业")), milestones=())


def announced(kind: Kind, month: date = NOVEMBER) -> list[str]:
    return [line.entry.name for line in page("doctor", kind, month, None, TODAY).lines]


def test_a_month_is_on_view_from_its_first_day_to_its_last_for_twelve_months() -> None:
    publish(
        "doctor",
        [
            newly(1, "林知夏", date(2026, 11, 1)),
            newly(2, "周如山", date(2026, 10, 31)),
            newly(3, "沈一诺", date(2025, 12, 1)),
            newly(4, "何以安", date(2025, 11, 30)),
        ],
    )
    counted = {month.first: month.registered for month in months("doctor", TODAY)}
    assert len(counted) == 12
    assert {first: n for first, n in counted.items() if n} == {NOVEMBER: 1, date(2026, 10, 1): 1, date(2025, 12, 1): 1}
    assert announced(Kind.REGISTERED) == ["林知夏"]
    assert announced(Kind.REGISTERED, date(2025, 12, 1)) == ["沈一诺"]
    assert announced(Kind.REGISTERED, date(2025, 11, 1)) == []


def test_a_day_to_come_is_not_announced() -> None:
    publish("doctor", [newly(1, "林知夏", TODAY + timedelta(days=1))])
    assert announced(Kind.REGISTERED) == []


@pytest.mark.parametrize("how", list(Standing))
def test_every_way_of_being_struck_off_is_announced_and_nothing_else(how: Standing) -> None:
    publish("doctor", [ended(1, "何以安", date(2026, 11, 2), how)])
    assert announced(Kind.ENDED) == (["何以安"] if how in ENDED else [])


def test_an_ending_stays_announced_when_she_is_registered_again() -> None:
    back = Period(Standing.REGISTERED, date(2026, 11, 9), institution="北京安和医院")
    record = ended(1, "何以安", date(2026, 11, 2))
    struck = replace(record.periods[1], until=date(2026, 11, 9))
    publish("doctor", [replace(record, periods=(record.periods[0], struck, back))])
    assert announced(Kind.ENDED) == ["何以安"]
    assert announced(Kind.REGISTERED) == ["何以安"]


def test_a_suspension_a_leave_and_a_return_are_no_new_registration() -> None:
    periods = (
        Period(Standing.REGISTERED, date(2016, 9, 8), date(2026, 11, 2)),
        Period(Standing.LEFT, date(2026, 11, 2), date(2026, 11, 5)),
        Period(Standing.SUSPENDED_BY_PENALTY, date(2026, 11, 5), date(2026, 11, 9)),
        Period(Standing.REGISTERED, date(2026, 11, 9)),
    )
    publish("doctor", [replace(doctor(1, "林知夏"), periods=periods)])
    assert announced(Kind.REGISTERED) == []
    assert announced(Kind.ENDED) == []


def test_a_list_is_read_page_by_page_and_every_name_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(announcements, "SIZE", 3)
    publish("doctor", [newly(n, f"张{n}", date(2026, 11, 1 + n % 3)) for n in range(1, 9)])
    seen: list[str] = []
    after = None
    while True:
        with CaptureQueriesContext(connection) as asked:
            found = page("doctor", Kind.REGISTERED, NOVEMBER, after, TODAY)
        assert len(asked) == 1
        assert len(found.lines) <= 3
        seen += [line.entry.name for line in found.lines]
        if not found.after:
            break
        after = Cursor.read(found.after)
        assert after is not None
    assert sorted(seen) == sorted(f"张{n}" for n in range(1, 9))
    days = [next(1 + n % 3 for n in range(1, 9) if f"张{n}" == name) for name in seen]
    assert days == sorted(days, reverse=True)


def test_where_a_page_begins_leads_to_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(announcements, "SIZE", 1)
    publish("doctor", [newly(71001, "林知夏", NOVEMBER), newly(71002, "周如山", NOVEMBER)])
    after = page("doctor", Kind.REGISTERED, NOVEMBER, None, TODAY).after
    for entry in PublicPractitioner.objects.all():
        assert entry.token not in after
        assert str(entry.subject) not in after.split("~")[0]


def test_the_list_of_endings_has_name_sex_former_house_masked_number_category_and_day(client: Client) -> None:
    day = timezone.localdate()
    publish("doctor", [ended(4, "何以安", day)])
    shown = client.get("/public/lists/", {"kind": "ended", "month": f"{day:%Y-%m}"}).content.decode()
    for words in ("何以安", "女", "北京旧名医院", "110 110108 ***217", "不再执业", day.isoformat()):
        assert words in shown
    entry = PublicPractitioner.objects.get()
    for words in (NUMBER, entry.token, "内科专业", "全科医学专业", "北京安和医院", "海淀区青禾"):
        assert words not in shown


def test_a_suspended_doctor_is_not_shown_with_a_standing_on_the_list_of_registrations(client: Client) -> None:
    day = timezone.localdate()
    record = newly(1, "林知夏", day - timedelta(days=7))
    publish("doctor", [standing(record, Standing.SUSPENDED_BY_PENALTY)])
    month = f"{day - timedelta(days=7):%Y-%m}"
    shown = client.get("/public/lists/", {"kind": "registered", "month": month}).content.decode()
    assert "林知夏" in shown
    assert not any(words in shown for words in ("暂停", "在册", "可以执业", "处罚"))


def test_the_months_lead_to_the_lists(client: Client) -> None:
    day = timezone.localdate()
    publish("doctor", [newly(1, "林知夏", day)])
    assert f"kind=registered&amp;month={day:%Y-%m}" in client.get("/public/lists/").content.decode()


@pytest.mark.parametrize(
    "asked",
    [
        {"kind": "all", "month": "2026-01"},
        {"kind": "ended"},
        {"kind": "ended", "month": "x"},
        {"kind": "ended", "month": "2026-1"},
        {"kind": "ended", "month": "11-2026"},
        {"kind": "ended", "month": "2026/11"},
        {"kind": "ended", "month": "2026-13"},
        {"kind": "ended", "month": "2026-01-01"},
        {"kind": "ended", "month": "2026-01", "after": "1"},
        {"kind": "ended", "month": "2026-01", "after": "2026-01-01~' or 1=1"},
    ],
)
def test_other_lists_do_not_exist(client: Client, asked: dict[str, str]) -> None:
    assert client.get("/public/lists/", asked).status_code == 404


@pytest.mark.parametrize("month", ["2026-01", "2024-02"])
def test_a_month_with_nobody_or_off_view_is_the_same_page(client: Client, month: str) -> None:
    answer = client.get("/public/lists/", {"kind": "ended", "month": month})
    assert answer.status_code == 200
    assert "没有可公布的名单" in answer.content.decode()
