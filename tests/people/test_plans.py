"""Under the policy the indexes still serve: plans of 100,000 rows, asked as the serving role."""

import json
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Place
from yizheng.people.models import Account, Scope, SearchName
from yizheng.people.scope import acting_as
from yizheng.people.searching.finding import PAGE, StaffRegister, find
from yizheng.people.searching.search import VisibleNames
from yizheng.systems.doctors.models import Registration
from yizheng.systems.doctors.people import PEOPLE
from yizheng.systems.institutions.searching import houses_named

pytestmark = pytest.mark.django_db(transaction=True)

SURNAMES = "李王张刘陈杨赵黄周吴"
ROWS = 100_000
STAFF = 5_000
NAMES = [SURNAMES[n % 10] + chr(0x5200 + n // 10 % 100) + chr(0x6200 + n // 1000) for n in range(20_000)]

FILL = """
ALTER TABLE registry_subject DISABLE TRIGGER USER;
INSERT INTO registry_subject (id, kind, opened, revision)
    SELECT n, 'person', 1, 0 FROM generate_series(1000001, 1000000 + %(rows)s) n;
INSERT INTO people_searchname (subject_id, person, name, scope_id)
    SELECT 1000000 + n, true, (%(names)s::text[])[1 + n %% 20000], (SELECT min(id) FROM people_scope WHERE kind = 'district') + n %% 17
    FROM generate_series(1, %(rows)s) n;
INSERT INTO people_namekey (person, kind, key, name)
    SELECT true, k.kind, k.key, n FROM unnest(%(names)s::text[]) n CROSS JOIN LATERAL (
        VALUES ('name', n), ('bigram', left(n, 2)), ('bigram', right(n, 2)), ('pinyin', 'li' || ascii(right(n, 1)))) k (kind, key);
INSERT INTO people_access (subject_id, scope_id, cause, since)
    SELECT 1000000 + n * 20, %(scope)s, 'test', now() FROM generate_series(1, %(staff)s) n;
ALTER TABLE doctors_qualification DISABLE TRIGGER USER;
INSERT INTO doctors_qualification (
        subject_id, line, valid_from, valid_to, opened, authority_scope, level, category, qualified_on, issuer, way, holder_name,
        holder_sex, holder_education, holder_school, holder_major, assessed_scope)
    SELECT subject_id, 'qualification:1', '2020-01-01', '9999-12-31', 1, scope_id, '1', 'clinical', '2020-01-01', '', 'exam', name,
        '', '', '', '', ''
    FROM people_searchname WHERE subject_id > 1000000;
ALTER TABLE doctors_qualification ENABLE TRIGGER USER;
ALTER TABLE registry_subject ENABLE TRIGGER USER;
ANALYZE doctors_qualification; ANALYZE registry_subject; ANALYZE people_searchname; ANALYZE people_namekey; ANALYZE people_access
"""


@pytest.fixture
def rows(city: Scope, institution: Place, owner_connection: psycopg.Connection) -> None:
    values = {"rows": ROWS, "staff": STAFF, "scope": institution.scope.pk, "names": NAMES}
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
    for typed in (NAMES[7], NAMES[7][1:], NAMES[7][0], "li", "w", "l", ""):
        the_search_of_doctors_reads_by_index_and_stops_at_a_full_page(acceptor, typed)


def staff_searches_use_their_indexes_and_read_the_arrays_once(acceptor: Account) -> None:
    table = "SELECT subject_id FROM people_searchname"
    with acting_as(acceptor):
        exact = plan(f"{table} WHERE name = '{NAMES[7]}'")
        prefix = plan(f"{table} WHERE name >= '{NAMES[7][:2]}' AND name < '{NAMES[17][:2]}'")
        whole = plan("SELECT count(*) FROM people_searchname")
    assert "people_name_bearers" in indexes(exact)
    assert "people_name_bearers" in indexes(prefix)
    read_once = [node for node in nodes(whole["Plan"]) if node.get("Parent Relationship") == "InitPlan"]
    assert len(read_once) == 2
    assert all(node["Actual Loops"] <= 1 for node in read_once)
    assert whole["Execution Time"] < 500


def an_institution_with_five_thousand_staff_lists_them_quickly(institution: Place) -> None:
    with acting_as(institution.operator):
        assert SearchName.objects.count() == STAFF
        visible = VisibleNames(SearchName).visible_to(institution.operator)
        assert visible.count() == STAFF
        listed = plan(*visible.values("subject_id").query.sql_with_params())
        one = plan("SELECT name FROM people_searchname WHERE subject_id = 1000020")
        whole = plan("SELECT count(*) FROM people_searchname")
    assert listed["Execution Time"] < 500
    assert "people_searchname_pkey" in indexes(one)
    assert one["Execution Time"] < 100
    # Whom the institution sees is looked up in a hash table: five thousand times a hundred thousand would take seconds.
    assert "hashed SubPlan" in str([node.get("Filter") for node in nodes(whole["Plan"])])


def the_search_of_doctors_reads_by_index_and_stops_at_a_full_page(acceptor: Account, typed: str) -> None:
    with acting_as(acceptor), CaptureQueriesContext(connection) as asked:
        find(StaffRegister(Registration, PEOPLE.founding, houses_named, digits=15), acceptor, typed, "")
    with acting_as(acceptor):
        whole = plan(asked.captured_queries[0]["sql"].replace("%", "%%"))
    tables = {"people_searchname", "people_namekey"}
    read = [node for node in nodes(whole["Plan"]) if node.get("Relation Name") in tables]
    assert "Seq Scan" not in {node["Node Type"] for node in read}
    assert sum(node["Actual Rows"] * node["Actual Loops"] for node in read) < 50 * PAGE
