"""One address asks so often and no more; waiting helps; two addresses do not count together; no address is kept."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.test import Client, RequestFactory

from yizheng.disclosure import allowances
from yizheng.disclosure.allowances import LOOKUPS, NUMBERS, Limit, TooMany, household, take
from yizheng.disclosure.models import Allowance

pytestmark = pytest.mark.django_db
SMALL = Limit("small", burst=3, per_minute=60)


def asked_from(address: str) -> object:
    return RequestFactory().get("/", REMOTE_ADDR=address)


def wait(seconds: float) -> None:
    Allowance.objects.update(filled=F("filled") - timedelta(seconds=seconds))


def test_a_burst_and_then_no_more_until_time_has_passed() -> None:
    for _ in range(3):
        take(asked_from("10.0.0.1"), SMALL)  # type: ignore[arg-type]
    for _ in range(5):
        with pytest.raises(TooMany) as refused:
            take(asked_from("10.0.0.1"), SMALL)  # type: ignore[arg-type]
    assert refused.value.retry_after == 1
    wait(1.1)
    take(asked_from("10.0.0.1"), SMALL)  # type: ignore[arg-type]


def test_addresses_and_limits_count_apart() -> None:
    for _ in range(3):
        take(asked_from("10.0.0.1"), SMALL)  # type: ignore[arg-type]
    take(asked_from("10.0.0.2"), SMALL)  # type: ignore[arg-type]
    take(asked_from("10.0.0.1"), LOOKUPS)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("written", "meant"),
    [("2001:db8:1:2:3::4", "2001:db8:1:2::"), ("10.0.0.1", "10.0.0.1"), ("", ""), ("unix:", "unix:")],
)
def test_an_ipv6_household_is_one_address(written: str, meant: str) -> None:
    assert household(written) == meant


def test_no_address_lies_in_the_database() -> None:
    take(asked_from("10.11.12.13"), SMALL)  # type: ignore[arg-type]
    with connection.cursor() as cursor:
        cursor.execute("select disclosure_allowance::text from disclosure_allowance")
        assert all("10.11.12.13" not in row[0] for row in cursor.fetchall())


def test_unused_buckets_are_forgotten() -> None:
    take(asked_from("10.0.0.1"), SMALL)  # type: ignore[arg-type]
    assert allowances.forget_full() == 0
    wait(86401)
    assert allowances.forget_full() == 1


def test_the_page_says_when_to_come_back(client: Client) -> None:
    Allowance.objects.all().delete()
    client.get("/verify/")
    Allowance.objects.update(tokens=0)
    answer = client.get("/public/doctors/", {"name": "林知夏", "institution": "安和"})
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "2"
    assert "2 秒后再试" in answer.content.decode()
    api = client.get("/api/v1/public/doctors", {"name": "林知夏", "institution": "安和"})
    assert (api.status_code, api.headers["Content-Type"]) == (429, "application/problem+json")
    assert api.json()["detail"] == "请在 2 秒后再试。"


def test_numbers_that_contain_an_identity_are_rarer(client: Client) -> None:
    assert NUMBERS.burst < LOOKUPS.burst
    body = {"qualification_number": "201611110110108199003071233"}
    codes = [
        client.post("/api/v1/public/doctors/by-qualification-number", body, content_type="application/json").status_code
        for _ in range(NUMBERS.burst + 1)
    ]
    assert codes[-1] == 429
    assert set(codes[:-1]) == {200}
