"""What the serving role sees: nothing unset, one's own, and never more, however requests are mixed."""

import threading
from collections.abc import Iterator
from contextlib import nullcontext

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction

from tests.cast import Place, new_subject
from yizheng.kernel.rowscope import NOTHING, current
from yizheng.people.models import Account, Scope, SearchName
from yizheng.people.scope import acting_as, acting_as_system, streamed
from yizheng.people.scopes import open_to

pytestmark = pytest.mark.django_db


def put(name: str, scope: Scope, subject_id: int | None = None) -> int:
    subject_id = subject_id or new_subject("person").pk
    with acting_as_system("test"):
        SearchName.objects.create(subject_id=subject_id, person=True, name=name, scope=scope)
    return subject_id


def seen() -> set[str]:
    return set(SearchName.objects.values_list("name", flat=True))


@pytest.fixture
def rows(haidian: Scope, chaoyang: Scope) -> dict[str, int]:
    return {"海淀人": put("海淀人", haidian), "朝阳人": put("朝阳人", chaoyang)}


def test_the_tests_run_as_the_serving_role_which_may_not_go_round_the_policy(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, rolbypassrls, rolsuper FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == ("yizheng_serving", False, False)


def test_unset_means_no_rows(rows: dict[str, int]) -> None:
    assert seen() == set()


def test_a_district_sees_its_own(rows: dict[str, int], acceptor: Account, other_district_clerk: Account) -> None:
    with acting_as(acceptor):
        assert seen() == {"海淀人"}
    with acting_as(other_district_clerk):
        assert seen() == {"朝阳人"}


def test_the_city_sees_every_district(rows: dict[str, int], city_clerk: Account) -> None:
    with acting_as(city_clerk):
        assert seen() == {"海淀人", "朝阳人"}


def test_an_institution_sees_its_staff(rows: dict[str, int], institution: Place) -> None:
    with acting_as(institution.operator):
        assert seen() == set()
    open_to(rows["朝阳人"], institution.scope.pk, "test")
    with acting_as(institution.operator):
        assert seen() == {"朝阳人"}


def test_a_person_sees_herself(applicant: Account, stranger: Account, haidian: Scope) -> None:
    put("她", haidian, applicant.subject_id)
    with acting_as(applicant):
        assert seen() == {"她"}
    with acting_as(stranger):
        assert seen() == set()


@pytest.mark.parametrize("who", ["system_admin", "security_admin", "audit_admin", "engineer"])
def test_who_runs_the_platform_sees_no_rows(rows: dict[str, int], who: str, request: pytest.FixtureRequest) -> None:
    with acting_as(request.getfixturevalue(who)):
        assert seen() == set()


def test_a_revoked_grant_opens_nothing(rows: dict[str, int], acceptor: Account) -> None:
    acceptor.grants.update(revoked_at="2026-01-01T00:00Z")
    with acting_as(acceptor):
        assert seen() == set()


def test_a_closed_account_sees_nothing(rows: dict[str, int], acceptor: Account) -> None:
    acceptor.is_active = False
    with acting_as(acceptor):
        assert seen() == set()


def test_acting_nests_and_comes_back(rows: dict[str, int], acceptor: Account, other_district_clerk: Account) -> None:
    with acting_as(acceptor):
        with acting_as(other_district_clerk):
            assert seen() == {"朝阳人"}
            with acting_as(None):
                assert seen() == set()
            assert seen() == {"朝阳人"}
        assert seen() == {"海淀人"}
    assert current() is NOTHING
    assert seen() == set()


def test_a_savepoint_rolled_back_does_not_take_the_scope_along(rows: dict[str, int], acceptor: Account) -> None:
    with acting_as(acceptor):
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT no_such_column")
        assert seen() == {"海淀人"}

    def fails_at_the_end() -> None:
        with transaction.atomic(), acting_as(acceptor):
            assert seen() == {"海淀人"}
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails_at_the_end()
    assert seen() == set()


def test_a_failed_statement_inside_still_leaves_the_block(rows: dict[str, int], acceptor: Account) -> None:
    with pytest.raises(ProgrammingError), transaction.atomic(), acting_as(acceptor), connection.cursor() as cursor:
        cursor.execute("SELECT no_such_column")
    assert seen() == set()


def test_a_row_of_another_district_cannot_be_written(acceptor: Account, chaoyang: Scope, rows: dict[str, int]) -> None:
    with acting_as(acceptor), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        SearchName.objects.create(subject_id=rows["海淀人"], person=True, name="x", scope=chaoyang)
    with acting_as(acceptor):
        assert SearchName.objects.filter(scope=chaoyang).delete()[0] == 0


def test_copy_runs_under_the_scope_too(rows: dict[str, int], acceptor: Account) -> None:
    command = "COPY (SELECT name FROM people_searchname) TO STDOUT"
    with acting_as(acceptor), connection.cursor() as cursor, cursor.copy(command) as copy:
        assert b"".join(bytes(part) for part in copy).decode().split() == ["海淀人"]


def test_system_work_needs_a_reason(db: None) -> None:
    with pytest.raises(ValueError, match="reason"), acting_as_system(" "):
        pass


@pytest.mark.django_db(transaction=True)
def test_without_a_transaction_each_statement_has_its_own(
    rows: dict[str, int], acceptor: Account, owner_connection: psycopg.Connection
) -> None:
    with acting_as(acceptor):
        assert seen() == {"海淀人"}
        assert [row.name for row in SearchName.objects.iterator(chunk_size=1)] == ["海淀人"]
    assert seen() == set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('yizheng.scopes', true), '')")
        assert cursor.fetchone() == ("",)


@pytest.mark.django_db(transaction=True)
def test_a_streamed_answer_keeps_its_scope_after_the_request(
    rows: dict[str, int], acceptor: Account, other_district_clerk: Account
) -> None:
    def parts() -> Iterator[str]:
        for _ in range(3):
            yield ",".join(sorted(seen()))

    with acting_as(acceptor), transaction.atomic():
        stream = streamed(parts())
    first = next(stream)
    assert current() is NOTHING
    with acting_as(other_district_clerk):
        assert [first, *stream] == ["海淀人"] * 3
        assert seen() == {"朝阳人"}


@pytest.mark.django_db(transaction=True)
def test_many_mixed_requests_never_see_a_wrong_row(
    rows: dict[str, int], acceptor: Account, other_district_clerk: Account, city_clerk: Account
) -> None:
    expected = {acceptor: {"海淀人"}, other_district_clerk: {"朝阳人"}, city_clerk: {"海淀人", "朝阳人"}}
    seen_by: list[tuple[Account | None, set[str]]] = []

    def requests(start: int) -> None:
        accounts = [*expected, None]
        for turn in range(start, start + 16):
            account = accounts[turn % 4]
            with acting_as(account), transaction.atomic() if turn % 3 == 0 else nullcontext():
                seen_by.append((account, seen()))
        connection.close()

    threads = [threading.Thread(target=requests, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen_by) == 64
    assert [(who, what) for who, what in seen_by if what != (expected[who] if who else set())] == []
