"""Who was registered and whose registration ended is announced by the day, for thirty days, without the ground."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.disclosure.conftest import NUMBER, doctor, standing
from yizheng.disclosure.announcements import Kind, days, names
from yizheng.disclosure.publishing import publish
from yizheng.disclosure.records import Period, PractitionerRecord
from yizheng.disclosure.standings import Standing

pytestmark = pytest.mark.django_db


def newly(subject: int, name: str, on: date) -> PractitionerRecord:
    return replace(
        doctor(subject, name), first_registered=on, periods=(Period(Standing.REGISTERED, on),), milestones=()
    )


@pytest.fixture
def today() -> date:
    day = timezone.localdate()
    publish(
        "doctor",
        [
            newly(1, "林知夏", day),
            newly(2, "周如山", day - timedelta(days=30)),
            newly(3, "沈一诺", day - timedelta(days=31)),
            standing(doctor(4, "何以安"), Standing.DEREGISTERED),
            standing(doctor(5, "赵望"), Standing.SUSPENDED_BY_PENALTY),
            standing(doctor(6, "钱行"), Standing.REVOKED),
        ],
    )
    return day


def test_thirty_days_are_on_view(today: date) -> None:
    assert [(day.on, day.registered, day.ended) for day in days(today)] == [
        (today, 1, 0),
        (today - timedelta(days=7), 0, 1),
        (today - timedelta(days=30), 1, 0),
    ]


def test_a_list_has_the_names_of_its_day(today: date) -> None:
    assert [entry.name for entry in names(Kind.REGISTERED, today, today)] == ["林知夏"]
    assert [entry.name for entry in names(Kind.ENDED, today - timedelta(days=7), today)] == ["何以安"]
    assert names(Kind.REGISTERED, today - timedelta(days=31), today) == []


def test_the_pages(client: Client, today: date) -> None:
    assert f"kind=registered&amp;on={today}" in client.get("/public/lists/").content.decode()
    page = client.get("/public/lists/", {"kind": "registered", "on": str(today)}).content.decode()
    assert "林知夏" in page
    assert "110 110108 ***217" in page
    assert NUMBER not in page


@pytest.mark.parametrize(
    "asked", [{"kind": "all", "on": "2026-01-01"}, {"kind": "ended"}, {"kind": "ended", "on": "x"}]
)
def test_other_lists_do_not_exist(client: Client, asked: dict[str, str]) -> None:
    assert client.get("/public/lists/", asked).status_code == 404


def test_nothing_to_announce_is_said(client: Client) -> None:
    assert "没有准予注册或注销注册" in client.get("/public/lists/").content.decode()
