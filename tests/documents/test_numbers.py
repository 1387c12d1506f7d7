"""Numbers: one each, in the deciding transaction, never twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from yizheng.documents import numbers
from yizheng.documents.models import Allocation
from yizheng.documents.numbers import Given

CLERKS = 64


@pytest.mark.django_db
def test_numbers_count_up_under_each_key_of_a_series() -> None:
    assert [numbers.allocate("case", "2026", given_to="t") for _ in range(3)] == [1, 2, 3]
    assert numbers.allocate("case", "2027", given_to="t") == 1
    assert numbers.allocate("other", "2026", given_to="t") == 1


@pytest.mark.django_db
def test_what_a_number_was_given_to_is_recorded() -> None:
    numbers.allocate("case", "2026", given_to="case:7", change_id=11)
    kept = Allocation.objects.get(series="case")
    assert (kept.number, kept.given_to, kept.change_id) == (1, "case:7", 11)


@pytest.mark.django_db(transaction=True)
def test_a_number_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError, match="inside the transaction"):
        numbers.allocate("case", "2026", given_to="t")


@pytest.mark.django_db(transaction=True)
def test_64_decisions_at_once_get_64_different_numbers() -> None:
    def decide(clerk: int) -> str:
        try:
            with transaction.atomic():
                return numbers.practice_number("1", "10", "110108", given_to=f"case:{clerk}")
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=16) as pool:
        given = list(pool.map(decide, range(CLERKS)))
    assert len(set(given)) == CLERKS
    assert sorted(given) == [f"110110108{serial:06d}" for serial in range(1, CLERKS + 1)]


@pytest.mark.django_db
def test_a_failed_decision_leaves_no_trace_of_its_number() -> None:
    with transaction.atomic():
        numbers.allocate("case", "2026", given_to="t")
        transaction.set_rollback(True)
    assert not Allocation.objects.exists()
    assert numbers.allocate("case", "2026", given_to="t") == 1


@pytest.mark.django_db
def test_numbers_given_elsewhere_are_not_given_again() -> None:
    known = numbers.given_practice_number("110110108000005", "register")
    assert numbers.record_given(numbers.PRACTICE_SERIES, [known]) == 1
    assert numbers.practice_number("1", "10", "110108", given_to="t") == "110110108000006"


@pytest.mark.django_db
def test_a_number_given_already_cannot_be_recorded_as_given_elsewhere() -> None:
    numbers.allocate("case", "2026", given_to="t")
    with pytest.raises(IntegrityError), transaction.atomic():
        numbers.record_given("case", [Given("2026", 1, "register")])


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "update documents_counter set last = 0",
        "delete from documents_counter",
        "truncate documents_counter",
        "update documents_allocation set given_to = 'x'",
        "delete from documents_allocation",
    ],
)
def test_the_serving_role_cannot_turn_a_counter_back_or_touch_what_was_given(statement: str) -> None:
    numbers.allocate("case", "2026", given_to="t")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
def test_not_even_the_owner_turns_a_counter_back(owner_connection: psycopg.Connection[tuple[Any, ...]]) -> None:
    with transaction.atomic():
        numbers.allocate("case", "2026", given_to="t")
    with pytest.raises(psycopg.errors.CheckViolation, match="only rises"):
        owner_connection.execute("update documents_counter set last = 0")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("level", "category", "area"),
    [("3", "10", "110108"), ("1", "1", "110108"), ("1", "10", "11010"), ("1", "1０", "110108"), ("1", "10", "BDA")],
)
def test_a_malformed_part_of_a_practice_number_is_named(level: str, category: str, area: str) -> None:
    with pytest.raises(ValueError, match="执业证书编码"):
        numbers.practice_number(level, category, area, given_to="t")


@pytest.mark.django_db
def test_a_used_up_segment_is_told_and_not_overrun() -> None:
    numbers.record_given(numbers.PRACTICE_SERIES, [Given("110110108", 999_999, "register")])
    with pytest.raises(numbers.NumbersExhausted, match="已用完"):
        numbers.practice_number("1", "10", "110108", given_to="t")


@pytest.mark.django_db
def test_an_instrument_number_reads_as_documents_are_cited() -> None:
    year = date(2026, 5, 22).year
    made = numbers.instrument_numbers([("海卫医", "许准", year, numbers.Wanted("", "case:1"))] * 2)
    assert made == ["海卫医许准〔2026〕000001号", "海卫医许准〔2026〕000002号"]


@pytest.mark.django_db
def test_a_number_drawn_ahead_is_taken_by_its_act_and_by_no_other() -> None:
    mine, other = numbers.Wanted("110110108", "subject:1", 7), numbers.Wanted("110110108", "subject:2", 8)
    with numbers.DRAWN.block():
        numbers.draw_ahead(numbers.PRACTICE_SERIES, [other, mine])
        taken = [
            numbers.practice_number("1", "10", "110108", given_to=who, change_id=change)
            for who, change in (("subject:1", 7), ("subject:2", 8), ("subject:1", 7))
        ]
    assert taken == ["110110108000002", "110110108000001", "110110108000003"]
