"""Under the policy the indexes still serve: plans of 100,000 rows, asked as the serving role."""

from __future__ import annotations

import json
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Place
from yizheng.people.models import Account, Scope, SearchKey
from yizheng.people.scope import acting_as
from yizheng.people.search import VisibleKeys
from yizheng.systems.doctors.pages.finding import find

pytestmark = pytest.mark.django_db(transaction=True)

ROWS = 100_000
STAFF = 5_000

FILL = """
ALTER TABLE registry_subject DISABLE TRIGGER USER;
INSERT INTO registry_subject (id, kind, opened, revision)
    SELECT n, 'person', 1, 0 FROM generate_series(1000001, 1000000 + %(rows)s) n;
INSERT INTO people_searchkey (subject_id, kind, key, scope_id)
    SELECT 1000000 + n, 'name', 'name-' || (n %% 20000), (SELECT min(id) FROM people_scope WHERE kind = 'district') + n %% 17
    FROM generate_series(1, %(rows)s) n;
INSERT INTO people_access (subject_id, scope_id, cause, since)
    SELECT 1000000 + n * 20, %(scope)s, 'test', now() FROM generate_series(1, %(staff)s) n;
ALTER TABLE registry_subject ENABLE TRIGGER USER;
ANALYZE registry_subject; ANALYZE people_searchkey; ANALYZE people_access
"""


@pytest.fixture
def rows(city: Scope, institution: Place, owner_connection: psycopg.Connection) -> None:
    values = {"rows": ROWS, "staff": STAFF, "scope": institution.scope.pk}
    with psycopg.ClientCursor(owner_connection) as cursor:
        cursor.execute(FILL, values)
    owner_connection.commit()


def plan(sql: str, values: tuple[Any, ...] = ()) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", values)
        answer = cursor.fetchone()[0]
    whole: dict[str, Any] = (json.loads(answer) if isinstance(answer, str) else answer)[0]
    return whole


def nodes(tree: dict[str, Any]) -> list[dict[str, Any]]:
    return [tree, *(node for child in tree.get("Plans", []) for node in nodes(child))]


def indexes(tree: dict[str, Any]) -> set[str]:
    return {node["Index Name"] for node in nodes(tree["Plan"]) if "Index Name" in node}


def test_under_the_policy_the_indexes_serve(rows: None, acceptor: Account, institution: Place) -> None:
    staff_searches_use_their_indexes_and_read_the_arrays_once(acceptor)
    an_institution_with_five_thousand_staff_lists_them_quickly(institution)


def staff_searches_use_their_indexes_and_read_the_arrays_once(acceptor: Account) -> None:
    table = "SELECT subject_id FROM people_searchkey WHERE kind = 'name'"
    with acting_as(acceptor):
        exact = plan(f"{table} AND key = 'name-7'")
        prefix = plan(f"{table} AND key >= 'name-77' AND key < 'name-78'")
        whole = plan("SELECT count(*) FROM people_searchkey")
    assert "people_search_names" in indexes(exact)
    assert "people_search_names" in indexes(prefix)
    read_once = [node for node in nodes(whole["Plan"]) if node.get("Parent Relationship") == "InitPlan"]
    assert len(read_once) == 2
    assert all(node["Actual Loops"] <= 1 for node in read_once)
    assert whole["Execution Time"] < 500


def an_institution_with_five_thousand_staff_lists_them_quickly(institution: Place) -> None:
    with acting_as(institution.operator):
        assert SearchKey.objects.count() == STAFF
        visible = VisibleKeys(SearchKey).visible_to(institution.operator)
        assert visible.count() == STAFF
        listed = plan(*visible.values("subject_id").query.sql_with_params())
        one = plan("SELECT key FROM people_searchkey WHERE subject_id = 1000020")
    assert listed["Execution Time"] < 500
    assert "people_search_subject" in indexes(one)
    assert one["Execution Time"] < 100


@pytest.mark.parametrize(
    ("typed", "needed"),
    [("李娜", "people_search_key_once"), ("李", "people_search_names"), ("", "people_search_names")],
)
def test_the_search_of_doctors_reads_keys_by_index_alone(
    rows: None, acceptor: Account, typed: str, needed: str
) -> None:
    with acting_as(acceptor), CaptureQueriesContext(connection) as asked:
        find(acceptor, typed, "", "")
    with acting_as(acceptor):
        named = plan(asked.captured_queries[0]["sql"].replace("%", "%%"))
    assert needed in indexes(named)
    scanned = [node for node in nodes(named["Plan"]) if node["Node Type"] == "Seq Scan"]
    assert "people_searchkey" not in {node.get("Relation Name") for node in scanned}
