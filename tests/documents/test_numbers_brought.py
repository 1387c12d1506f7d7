"""A number that somebody brings from elsewhere is recorded once, as hers."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from yizheng.documents import numbers

BROUGHT = "201513000123"


@pytest.mark.django_db
def test_again_the_same_is_no_change_and_another_is_refused():
    numbers.claim(numbers.NURSE_SERIES, BROUGHT, "subject:1")
    numbers.claim(numbers.NURSE_SERIES, BROUGHT, "subject:1")
    with pytest.raises(numbers.NumberTaken):
        numbers.claim(numbers.NURSE_SERIES, BROUGHT, "subject:2")


@pytest.mark.django_db(transaction=True)
def test_of_two_who_bring_it_at_once_one_is_refused():
    start = threading.Barrier(2)

    def bring(holder: str) -> str:
        try:
            start.wait()
            with transaction.atomic():
                numbers.claim(numbers.NURSE_SERIES, BROUGHT, holder)
        except numbers.NumberTaken:
            return "taken"
        finally:
            connection.close()
        return "hers"

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(bring, ("subject:1", "subject:2"))) == ["hers", "taken"]
