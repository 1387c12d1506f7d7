"""What a digest is: recomputed by hand, for every kind of column, whatever the session is set to, old beside new."""

import hashlib
import struct
from collections.abc import Callable
from datetime import date
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection, transaction

from tests.registry.posts import put
from yizheng.registry.models import Seal
from yizheng.registry.seals import sealing, value_digests
from yizheng.registry.seals.leaves import Columns, Page, current_columns
from yizheng.registry.seals.sealing import current_schema, seal_pending
from yizheng.registry.seals.verification import verify

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def witness_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "WITNESS_DIR", tmp_path / "witness")


KINDS = {
    # column type: a value, another that looks like it
    "smallint": ("1", "-1"),
    "bigint": ("9007199254740993", "9007199254740992"),
    "text": ("''", "null"),
    "varchar(20)": ("'朝阳'", "'朝阳 '"),
    "boolean": ("false", "null"),
    "date": ("'infinity'", "'9999-12-31'"),
    "timestamptz": ("'2026-02-28 16:00:00.000001+00'", "'2026-02-28 16:00:00+00'"),
    "numeric": ("1.0", "1.00"),
    "uuid": ("'00000000-0000-0000-0000-000000000000'", "'00000000-0000-0000-0000-000000000001'"),
    "bytea": ("'\\x00'", "'\\x'"),
    "jsonb": ("""'{"a": null}'""", "'{}'"),
    "daterange": ("'[2026-01-01,2026-02-01)'", "'[2026-01-01,2026-02-02)'"),
    "varchar(4)[]": ("'{a,b}'", """'{"a,b"}'"""),
    "int[]": ("'{null}'", "'{}'"),
}
POST = (
    "insert into sample_post (subject_id, line, valid_from, valid_to, opened, authority_scope, title, grade{names})"
    " select 1, 'kind:' || n, '2020-01-01', '9999-12-31', {change}, 1, '医师', 0{values} from generate_series(1, {rows}) n"
)


@pytest.fixture
def of_every_kind(
    register: psycopg.Connection[tuple[object, ...]], decide: Callable[..., object]
) -> psycopg.Connection[tuple[object, ...]]:
    """A table with a column of every kind, a row for each of them, sealed; the owner's connection, triggers aside."""
    with decide() as change:  # type: ignore[attr-defined]
        change.subject("person")
    for number, kind in enumerate(KINDS):
        register.execute(f"alter table sample_post add column k{number} {kind}")
    names = "".join(f", k{number}" for number in range(len(KINDS)))
    values = "".join(f", {value}" for value, _ in KINDS.values())
    register.execute("insert into registry_change (kind, cause, reason, actor_id) values ('correction', 'c', '', 1)")
    register.execute(POST.format(names=names, values=values, change=2, rows=len(KINDS)))
    register.execute("select registry_settle(2)")
    register.commit()
    register.execute("alter table sample_post disable trigger user")
    register.commit()
    seal_pending()
    assert verify().sound
    return register


def test_a_value_changed_for_one_that_looks_like_it_is_found_in_every_kind_of_column(of_every_kind):
    for number, (_, other) in enumerate(KINDS.values()):
        of_every_kind.execute(f"update sample_post set k{number} = {other} where line = 'kind:{number + 1}'")
    of_every_kind.commit()
    assert [finding.text for finding in verify().findings] == [
        f"任职（sample_post）第 {row} 行：内容与封存时不符（序位 2）" for row in range(1, len(KINDS) + 1)
    ]


def test_rows_removed_and_added_are_found_among_many(of_every_kind):
    of_every_kind.execute("delete from sample_post where id in (3, 9)")
    of_every_kind.execute(POST.format(names="", values="", change=2, rows=1).replace("kind:", "more:"))
    of_every_kind.commit()
    assert [finding.text.partition("：")[0] for finding in verify().findings] == [
        f"任职（sample_post）第 {row} 行" for row in (3, 9, len(KINDS) + 1)
    ]


def _pages() -> list[Page]:
    with transaction.atomic():
        return list(value_digests.pages(current_schema().pk, 1, 2))


def test_no_setting_of_the_session_changes_a_digest(of_every_kind):
    before = _pages()
    for setting in (
        "datestyle = 'German'", "timezone = 'Asia/Shanghai'", "intervalstyle = 'sql_standard'", "bytea_output = 'escape'",
        "extra_float_digits = -5", "client_encoding = 'GBK'", "lc_monetary = 'C'",
    ):  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute(f"set {setting}")
    try:
        with transaction.atomic():
            schema = Seal.objects.raw("select number, schema_id from public.registry_seal")[0].schema_id
            assert list(value_digests.pages(schema, 1, 2)) == before
    finally:
        connection.close()


def _field(type_number: int, value: bytes | None) -> bytes:
    """A column of a record as it is sent: the type's number, the length, the value."""
    size = -1 if value is None else len(value)
    return struct.pack(">Ii", type_number, size) + (value or b"")


def _text(said: str) -> bytes:
    return _field(25, said.encode())


def _integer(number: int) -> bytes:
    return _field(20, struct.pack(">q", number))


def _date(day: date) -> bytes:
    return _field(1082, struct.pack(">i", (day - date(2000, 1, 1)).days))


def test_a_leaf_is_recomputed_by_hand(register, decide):
    with decide() as change:
        person = change.subject("person")
        post = put(change, person, "主治医师", "2020-01-01")
    columns = [
        _text("sample_post"),
        _integer(1),
        _integer(0),
        _integer(post.pk),
        _text("main"),
        _integer(change.id),
        _field(20, None),
        _integer(person.pk),
        _text("主治医师"),
        _date(date(2020, 1, 1)),
        _date(date(9999, 12, 31)),
    ]
    named = [name for name, _ in current_columns()["sample_post"]]
    assert named == [
        "authority_scope", "grade", "id", "line", "opened", "place_id", "subject_id", "title", "valid_from", "valid_to",
    ]  # fmt: skip
    content = struct.pack(">i", len(columns)) + b"".join(columns)
    [page] = _pages()
    found = {page.digests[start : start + 32] for start in range(0, len(page.digests), 32)}
    assert hashlib.sha256(content).digest() in found
    assert {leaf.short for leaf in value_digests.leaves(page.trace)} == {digest[:8] for digest in found}


@pytest.fixture
def as_formerly(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Seal what is pending as it was done under the first encoding."""

    def sealed() -> None:
        columns: Columns = current_columns()
        names = {table: [name for name, _ in pairs] for table, pairs in columns.items()}
        with monkeypatch.context() as patch:
            patch.setattr(sealing, "CURRENT", 1)
            patch.setattr(sealing, "current_columns", lambda: names)
            assert seal_pending()

    return sealed


def test_seals_of_the_first_encoding_verify_before_and_after_new_ones(register, decide, as_formerly):
    with decide() as change:
        person = change.subject("person")
        put(change, person, "住院医师", "2020-01-01")
    with decide() as change:
        put(change, person, "主治医师", "2022-01-01")
    as_formerly()
    assert verify().sound
    with decide() as change:
        put(change, person, "主任医师", "2025-01-01")
    seal_pending()
    assert [seal.schema.encoding for seal in Seal.objects.order_by("number")] == [1, 2]
    report = verify()
    assert (report.sound, report.sealed_to, report.witnessed_to) == (True, 3, 3)
    register.execute(
        "alter table sample_post disable trigger user; update sample_post set title = '院长' where id = 2;"
        " update sample_post set grade = 9 where title = '主任医师'; update sample_post set closed = 3 where id = 1"
    )
    register.commit()
    assert [finding.text.removeprefix("任职（sample_post）") for finding in verify().findings] == [
        "第 2 行：内容与封存时不符（序位 2）",
        "第 1 行：封存时已由该变更关闭，现在关闭标记被改动或行被删除（序位 2）",
        "第 5 行：内容与封存时不符（序位 3）",
        "第 1 行：封存时没有被该变更关闭，关闭标记是事后改动的（序位 3）",
    ]


def test_a_leaf_of_the_first_encoding_stays_what_it_was(register, decide, as_formerly):
    with decide() as change:
        change.subject("person")
    as_formerly()
    with connection.cursor() as cursor:
        cursor.execute(
            "select l.digest, s.id, s.kind, s.opened from registry_seal e,"
            " registry_leaves(e.schema_id, 1, 1) l, registry_subject s where l.part = 1"
        )
        digest, *values = cursor.fetchone()
    said = "".join(f"{len(str(value))}:{value}" for value in values)
    assert bytes(digest) == hashlib.sha256(b"\x00" + f"1registry_subject:{said}".encode()).digest()


def test_widening_a_column_disturbs_no_seal_and_another_type_is_admitted(of_every_kind):
    of_every_kind.execute(
        "alter table sample_post alter title type text, alter grade type bigint, alter k12 type text[], alter k0 type int"
    )
    of_every_kind.commit()
    assert verify().sound
    of_every_kind.execute("alter table sample_post alter k0 type text")
    of_every_kind.commit()
    [finding] = verify().findings
    assert finding.text == "第 1 号封存无法核对：数据表缺少封存时的列 sample_post.k0"


def test_a_column_of_a_type_without_an_encoding_is_refused_by_name(register):
    register.execute("alter table sample_post add column here point")
    register.commit()
    with pytest.raises(Exception, match=r"sample_post\.here point"):
        current_columns()
