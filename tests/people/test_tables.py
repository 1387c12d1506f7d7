"""A table turns its pages by key, over any declared order, and reads its filters without believing the address."""

import itertools
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test import RequestFactory

from yizheng.people import audit
from yizheng.people.models import Account, AuditEntry
from yizheng.people.tables import Asked, Choice, Code, Column, Day, Kept, Month, State, Table, Text, keyset


def turned(rows: QuerySet[Any], order: tuple[str, ...], size: int) -> list[list[int]]:
    """The ids of every page, and back again to see that the way back is the same."""
    pages: list[list[int]] = []
    query: dict[str, str] = {}
    while True:
        page = keyset.page_of(rows, order, query, size, "test")
        pages.append([row.pk for row in page.rows])
        if not page.after:
            break
        query = {"after": page.after}
    backwards = [pages[-1]]
    while page.before:
        page = keyset.page_of(rows, order, {"before": page.before}, size, "test")
        backwards.append([row.pk for row in page.rows])
    assert backwards[::-1] == pages
    return pages


@pytest.fixture
def people(db: None) -> QuerySet[Account]:
    """Accounts alike in kind and in part in name; of every other one is known when it signed in last."""
    first = datetime(2026, 5, 1, 8, 0, 0, 123456, tzinfo=UTC)
    made = [
        Account(
            username=f"reader{number:02}",
            display_name=("赵", "钱", "赵", "孙")[number % 4],
            kind="individual",
            last_login=first + timedelta(microseconds=number // 4) if number % 2 else None,
        )
        for number in range(23)
    ]
    Account.objects.bulk_create(made)
    return Account.objects.filter(username__startswith="reader")


@pytest.mark.parametrize("size", [1, 2, 5, 22, 23, 40])
@pytest.mark.parametrize(
    "order", [("pk",), ("-pk",), ("display_name", "-pk"), ("-last_login", "pk"), ("last_login", "-display_name", "pk")]
)
def test_every_row_stands_on_one_page_whatever_the_order(
    people: QuerySet[Account], order: tuple[str, ...], size: int
) -> None:
    pages = turned(people, order, size)
    assert list(itertools.chain(*pages)) == [row.pk for row in people.order_by(*order)]
    assert {len(page) for page in pages[:-1]} <= {size}


def test_a_position_is_good_for_its_own_table_and_order_alone(people: QuerySet[Account]) -> None:
    after = keyset.page_of(people, ("pk",), {}, 5, "test").after
    first = [row.pk for row in keyset.page_of(people, ("pk",), {}, 5, "test").rows]
    wrong = [
        (("pk",), "other", after),
        (("-pk",), "test", after),
        (("pk",), "test", after + "x"),
        (("pk",), "test", "6"),
    ]
    for order, name, text in wrong:
        page = keyset.page_of(people.order_by(), order, {"after": text}, 5, name)
        assert [row.pk for row in page.rows] == [row.pk for row in people.order_by(*order)[:5]]
    assert [row.pk for row in keyset.page_of(people, ("pk",), {"after": after}, 5, "test").rows] != first


@pytest.mark.django_db
def test_a_page_enters_the_index_at_its_position(applicant: Account) -> None:
    for number in range(3):
        audit.record(applicant, "sign_in", f"case:{number}")
    rows = keyset.beyond(AuditEntry.objects.all(), ("-pk",), (2,)).order_by("-pk")
    sql, given = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off")
        cursor.execute(f"explain {sql}", given)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "Index Cond" in plan


@pytest.mark.parametrize(
    ("filter_", "text", "value", "words"),
    [
        (Text("姓名"), " 林\x00知夏 ", "林知夏", "林知夏"),
        (Text("姓名", longest=2), "林知夏", "林知", "林知"),
        (Choice("类别", "kind", [("1", "一类")]), "1", "1", "一类"),
        (Choice("类别", "kind", [("1", "一类")]), "2", "", None),
        (Day("从", "since"), "2026-05-22", date(2026, 5, 22), "2026-05-22"),
        (Day("从", "since"), "yesterday", None, None),
        (Month("月份", "month"), "2026-05", date(2026, 5, 1), "2026-05"),
        (Month("月份", "month"), "2026-15", None, None),
        (Kept("批次", "run"), "7", 7, "7"),
        (Kept("批次", "run"), "²", None, None),
        (Kept("批次", "run"), "9" * 20, None, None),
    ],
)
def test_a_filter_takes_what_it_offers_and_nothing_else(
    filter_: Any, text: str, value: object, words: str | None
) -> None:
    read = filter_.read({filter_.name: text})
    assert read == value
    if words is not None:
        assert filter_.words(read) == words
        assert filter_.read({filter_.name: filter_.written(read)}) == read


def test_a_column_reads_names_functions_and_what_they_lead_to() -> None:
    row = {"name": "林知夏", "house": None, "state": "在册", "detail": "（注册有效）", "number": "110110108004217"}
    assert Column("姓名", "name").of(row) == "林知夏"
    assert Column("机构", "house.name").of(row) is None
    assert Column("姓", lambda found: found["name"][0]).of(row) == "林"
    assert State("状态", "state", detail="detail").written(row) == "在册（注册有效）"
    assert Code("编码", "number").written(row) == "110110108004217"
    assert Column("姓名", "name", beside=("house", "state")).asides(row) == ["在册"]


@pytest.mark.django_db
def test_what_several_parts_of_a_page_need_is_asked_once(applicant: Account) -> None:
    request = RequestFactory().get("/", {"q": "林"})
    request.user = applicant
    calls: list[str] = []

    def found(asked: Asked) -> str:
        calls.append(asked["q"])
        return "once"

    asked = Asked.of(request, (Text("姓名"),))
    assert [asked.once(found), asked.about((Text("姓名"),), {}).once(found)] == ["once", "once"]
    assert calls == ["林"]


def test_rows_stand_under_their_headings_in_the_order_of_the_headings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("yizheng.people.tables.table._declared", {})
    table = Table(
        "grouped", "分组", lambda asked: [], (), guard=lambda page: page, group=lambda row: (row % 2, f"{row % 2}")
    )
    assert table.grouped([3, 2, 1, 4]) == [("0", [2, 4]), ("1", [3, 1])]
