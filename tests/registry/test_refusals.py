"""What the database itself refuses the serving role, whatever the program does."""

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, transaction

from tests.registry.posts import D, put, spans
from tests.registry.sample.models import Assessment, Post
from yizheng.registry import FOREVER
from yizheng.registry.failures import EmptyPeriod, EventConflict, NothingInForce, NotStanding
from yizheng.registry.models import Change, ChangeKind, Subject

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(register, decide):
    with decide() as change:
        subject = change.subject("person")
        put(change, subject, "住院医师", "2020-01-01", "2022-01-01")
    return subject


def execute(statement, *params):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, params)


def raw(person, opened, start="2030-01-01", closed=None):
    execute(
        "insert into sample_post (subject_id, line, valid_from, valid_to, opened, closed, authority_scope, title, grade)"
        " values (%s, 'main', %s, '9999-12-31', %s, %s, 1, '院长', 0)",
        person.pk, start, opened, closed,
    )  # fmt: skip


def test_an_overlap_is_refused(person, decide):
    with decide() as change, pytest.raises(IntegrityError, match="期间已有登记"):
        raw(person, change.id, "2021-06-01")


def test_two_open_versions_from_one_day_are_refused(person, decide):
    with decide() as change, pytest.raises(IntegrityError):
        raw(person, change.id, "2020-01-01")


def test_a_version_under_a_settled_change_is_refused(person):
    settled = Change.objects.get(position__isnull=False, pk=Post.objects.get().opened)
    with pytest.raises(IntegrityError, match="尚未入册的变更写入"):
        raw(person, settled.pk)


def test_a_version_under_no_change_is_refused(person):
    with pytest.raises(IntegrityError, match="尚未入册的变更写入"):
        raw(person, 10**9)


def test_a_version_born_closed_is_refused(person, decide):
    with decide() as change, pytest.raises(IntegrityError, match="一写入就关闭"):
        raw(person, change.id, closed=change.id)


@pytest.mark.parametrize(
    ("table", "until", "said", "values"),
    [("post", "9999-12-31", "title, grade", "'院长', 0"), ("assessment", "2030-01-02", "result", "'合格'")],
)
def test_a_version_of_nobody_is_refused(person, decide, table, until, said, values):
    statement = f"""
        insert into sample_{table} (subject_id, line, valid_from, valid_to, opened, authority_scope, {said})
        select id, 'main', '2030-01-01', %s, %s, 1, {values} from unnest(%s::bigint[]) id
    """
    with decide() as change, pytest.raises(IntegrityError, match="主体 999999 不存在"):
        execute(statement, until, change.id, [person.pk, 999999])


def test_an_event_takes_up_its_day_alone(person, decide):
    with decide() as change, pytest.raises(IntegrityError, match="sample_assessment_one_day"):
        execute(
            "insert into sample_assessment (subject_id, line, valid_from, valid_to, opened, authority_scope, result)"
            " values (%s, 'main', '2030-01-01', '2030-01-03', %s, 1, '合格')",
            person.pk, change.id,
        )  # fmt: skip


def test_two_events_of_a_line_on_one_day_are_refused(person, decide):
    with decide() as change:
        change.event(Assessment, person, "main", {"result": "合格"}, happened_on=D("2030-01-01"), authority_scope=1)
    with decide() as change, pytest.raises(IntegrityError, match="sample_assessment_line"):
        execute(
            "insert into sample_assessment (subject_id, line, valid_from, valid_to, opened, authority_scope, result)"
            " values (%s, 'main', '2030-01-01', '2030-01-02', %s, 1, '不合格')",
            person.pk, change.id,
        )  # fmt: skip


def test_closing_under_a_settled_change_is_refused(person):
    post = Post.objects.get()
    with pytest.raises(IntegrityError, match="尚未入册的变更关闭"):
        execute("update sample_post set closed = %s", post.opened)


def test_closing_twice_and_opening_again_are_refused(person, decide):
    with decide() as change:
        change.end(Post, person, "main", on=D("2021-01-01"))
    closed = Post.objects.get(closed__isnull=False)
    with decide() as change:
        with pytest.raises(IntegrityError, match="只能关闭一次"):
            execute("update sample_post set closed = %s where id = %s", change.id, closed.pk)
        with pytest.raises(IntegrityError, match="只能关闭一次"):
            execute("update sample_post set closed = null where id = %s", closed.pk)


@pytest.mark.parametrize(
    "column", ["title", "valid_from", "valid_to", "line", "opened", "authority_scope", "subject_id"]
)
def test_no_other_column_may_be_updated(person, column):
    with pytest.raises(ProgrammingError, match="permission denied"):
        execute(f"update sample_post set {column} = {column}")


@pytest.mark.parametrize("statement", ["delete from {}", "truncate {} cascade"])
@pytest.mark.parametrize(
    "table", ["sample_post", "registry_change", "registry_subject", "registry_seal", "registry_basis", "registry_sealpage"]
)  # fmt: skip
def test_nothing_is_deleted_or_truncated(person, register, statement, table):
    with pytest.raises(ProgrammingError, match="permission denied"):
        execute(statement.format(table))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "statement", ["delete from sample_post", "truncate sample_post", "truncate registry_change cascade"]
)
def test_nor_by_the_owner(person, register, statement):
    with pytest.raises(psycopg.errors.RestrictViolation):
        register.execute(statement)
    register.rollback()


def test_the_owner_too_may_not_rewrite_a_version(person, register, decide):
    change = register.execute(
        "insert into registry_change (kind, cause, reason) values ('correction', 'x', '') returning id"
    ).fetchone()[0]
    register.execute("insert into registry_subject (kind, opened, revision) values ('person', %s, 0)", [change])
    with pytest.raises(psycopg.errors.RestrictViolation, match="不得改动"):
        register.execute("update registry_subject set kind = 'institution' where opened = %s", [change])
    register.rollback()


def test_a_position_cannot_be_forged(person):
    with pytest.raises(IntegrityError, match="序位只能在变更入册时取得"), transaction.atomic():
        Change.objects.create(kind=ChangeKind.DECISION, cause="x", position=99)
    with pytest.raises(ProgrammingError, match="permission denied"):
        execute("update registry_change set position = 99")


def test_a_change_cannot_settle_twice(person):
    change = Change.objects.earliest("pk")
    with pytest.raises(DatabaseError, match="已入册"):
        execute("select * from registry_settle(%s)", change.pk)


def test_a_change_without_a_position_cannot_commit(person):
    Change.objects.create(kind=ChangeKind.DECISION, cause="x")
    with pytest.raises(IntegrityError, match="尚未入册，不能提交"):
        execute("set constraints all immediate")
    transaction.set_rollback(True)


def test_a_subject_needs_a_change(person):
    with pytest.raises(IntegrityError, match="主体须由"), transaction.atomic():
        Subject.objects.create(kind="person", opened=1)


@pytest.mark.parametrize(
    "period",
    [
        ("2020-01-01", "2020-01-01"),
        ("2020-01-02", "2020-01-01"),
        ("-infinity", "2020-01-01"),
        ("2020-01-01", "infinity"),
    ],
)
def test_an_impossible_period_is_refused(person, decide, period):
    with decide() as change, pytest.raises(IntegrityError, match="sample_post_period"):
        execute(
            "insert into sample_post (subject_id, line, valid_from, valid_to, opened, authority_scope, title, grade)"
            " values (%s, 'other', %s, %s, %s, 1, '院长', 0)",
            person.pk, *period, change.id,
        )  # fmt: skip


def test_the_verbs_say_no_in_words(person, decide):
    with decide() as change, pytest.raises(EmptyPeriod, match="须早于"):
        put(change, person, "x", "2020-01-01", "2020-01-01")
    with pytest.raises(NothingInForce, match="不能终止"), decide() as change:
        change.end(Post, person, "main", on=D("2025-01-01"))
    with decide() as change:
        event = assess(change, person, "合格")
    with pytest.raises(EventConflict, match="请办理更正"), decide() as change:
        assess(change, person, "不合格")
    with decide() as change:
        change.correct_event(event, {"result": "不合格"}, happened_on=D("2020-02-01"))
    with pytest.raises(NotStanding, match="先行变更"), decide() as change:
        change.retract(event)
    assert [(e.happened_on, e.result) for e in Assessment.objects.current()] == [(D("2020-02-01"), "不合格")]


def assess(change, person, result):
    return change.event(Assessment, person, "a", {"result": result}, happened_on=D("2020-01-01"), authority_scope=1)


def test_a_fault_that_was_caught_keeps_nothing_of_its_change(person, decide):
    """What waited to be written together with it would otherwise be lost without a word."""
    before = spans(person)

    def carry_out():
        with decide() as change:
            put(change, person, "主治医师", "2021-01-01")
            change.end(Post, person, "other", on=D("2025-01-01"))
            with pytest.raises(NothingInForce):
                change.flush()

    with pytest.raises(NothingInForce):
        carry_out()
    assert spans(person) == before


def fail_after(act, change):
    act(change)
    change.flush()
    raise RuntimeError


@pytest.mark.parametrize("verb", ["state", "end", "event", "subject", "merge", "relies_on"])
def test_a_change_that_fails_leaves_nothing(person, decide, verb):
    def carry_out(change):
        other = change.subject("person")
        if verb == "state":
            put(change, person, "主治医师", "2021-01-01")
        elif verb == "end":
            change.end(Post, person, "main", on=D("2021-01-01"))
        elif verb == "event":
            change.event(Assessment, other, "a", {"result": "x"}, happened_on=D("2020-01-01"), authority_scope=1)
        elif verb == "merge":
            change.merge(other, person, valid_from=D("2020-01-01"), authority_scope=1)
        elif verb == "relies_on":
            change.relies_on("case:1", Post.objects.all())

    before = (spans(person), Change.objects.count(), Subject.objects.count(), Assessment.objects.count())
    with pytest.raises(RuntimeError), decide() as change:
        fail_after(carry_out, change)
    assert (spans(person), Change.objects.count(), Subject.objects.count(), Assessment.objects.count()) == before


def test_saying_the_same_again_is_no_change(person, decide):
    with decide() as change:
        standing = put(change, person, "住院医师", "2020-06-01", "2021-01-01")
    assert standing.valid_from == D("2020-01-01")
    assert Post.objects.count() == 1
    assert standing.valid_to != FOREVER
