"""Sealing, witnessing, and finding what was touched behind the program's back."""

import json
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import transaction

from tests.registry.posts import D, put
from tests.registry.sample.models import Assessment, Post
from yizheng.registry import load_states, rollback
from yizheng.registry.management.commands.verify import main
from yizheng.registry.models import Change, Seal, SealPage
from yizheng.registry.seals import leaves, runs
from yizheng.registry.seals.encodings import CURRENT, ENCODINGS
from yizheng.registry.seals.sealing import SealingRefused, seal_pending, traced
from yizheng.registry.seals.verification import verify
from yizheng.registry.seals.witness import witness_file

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def witness_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "WITNESS_DIR", tmp_path / "witness")


@pytest.fixture
def sealed(register, decide):
    """Three changes of one person, sealed two by one; the person."""
    with decide() as change:
        person = change.subject("person")
        post = put(change, person, "住院医师", "2020-01-01")
    with decide() as change:
        change.relies_on("case:1", [post])
        put(change, person, "主治医师", "2022-01-01")
    seal_pending()
    with decide() as change:
        change.event(Assessment, person, "a", {"result": "合格"}, happened_on=D("2022-05-01"), authority_scope=1)
    seal_pending()
    return person


@pytest.fixture
def tamper(register):
    """Run a statement as the owner with every trigger and foreign key out of the way."""

    def run(statement: str) -> None:
        for table in ("registry_change", "registry_subject", "registry_seal", "registry_sealpage", "registry_basis",
                      "registry_digestschema", "sample_post", "sample_assessment"):  # fmt: skip
            register.execute(f"alter table {table} disable trigger user")
        register.execute(statement)
        register.commit()

    return run


REOPENED = "封存时已由该变更关闭，现在关闭标记被改动或行被删除（序位 2）"
CLOSED = "封存时没有被该变更关闭，关闭标记是事后改动的（序位 3）"
ANTEDATED = "update registry_change set settled = settled - interval '1 day' where id = 1"
FORGED = (
    "insert into sample_post (subject_id, line, valid_from, valid_to, opened, authority_scope, title, grade)"
    " values (1, 'x', '2020-01-01', '9999-12-31', {}, 1, '院长', 0)"
)


def texts():
    return [finding.text for finding in verify().findings]


def test_a_register_left_alone_is_sound(sealed):
    report = verify()
    assert report.sound, report.findings
    assert (report.seals, report.sealed_to, report.witnessed_to, report.tail) == (2, 3, 3, 0)


def test_the_unsealed_tail_is_told_and_not_vouched_for(sealed, decide, capsys):
    with decide() as change:
        put(change, sealed, "主任医师", "2024-01-01")
    report = verify()
    assert (report.latest, report.sealed_to, report.tail, report.sound) == (4, 3, 1, True)
    assert main(["--seals-only"]) == 0
    assert "末尾 1 个变更尚未封存" in capsys.readouterr().out


def test_closing_reopening_and_rolling_back_later_does_not_disturb_a_seal(sealed, decide):
    with decide() as change:
        change.end(Post, sealed, "main", on=D("2023-01-01"))
    rollback(change.id, actor=1, approved_by=2, reason="误录")
    assert verify().sound
    seal_pending()
    assert verify().sound


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("update sample_post set title = '院长' where id = 1", "任职（sample_post）第 1 行：内容与封存时不符（序位 1）"),
        ("update sample_post set authority_scope = 9 where id = 2", "任职（sample_post）第 2 行：内容与封存时不符（序位 2）"),
        ("update sample_post set opened = 3 where id = 2", "任职（sample_post）第 2 行：已封存的这一行被删除或改到别处（序位 2）"),
        ("delete from sample_assessment where id = 1", "考核（sample_assessment）第 1 行：已封存的这一行被删除或改到别处（序位 3）"),
        (
            FORGED.format(2),
            "任职（sample_post）第 4 行：封存时没有这一行，是事后插入或改动的（序位 2）",
        ),
        (
            FORGED.format(77),
            "任职（sample_post）第 4 行：写入它的变更 77 不存在",
        ),
        ("update sample_post set closed = 3 where id = 1", "任职（sample_post）第 1 行：" + REOPENED),
        ("update sample_post set closed = 3 where id = 2", "任职（sample_post）第 2 行：" + CLOSED),
        ("update sample_post set closed = 99 where id = 2", "任职（sample_post）第 2 行：关闭它的变更 99 不存在"),
        ("update registry_change set actor_id = 1 where id = 2", "变更（registry_change）第 2 行：内容与封存时不符（序位 2）"),
        (ANTEDATED, "变更（registry_change）第 1 行：内容与封存时不符（序位 1）"),
        ("update registry_subject set kind = 'institution'", "主体（registry_subject）第 1 行：内容与封存时不符（序位 1）"),
        ("delete from registry_basis", "决定依据（registry_basis）第 1 行：已封存的这一行被删除或改到别处（序位 2）"),
        ("update registry_seal set sealed_at = now(), leaves = 1 where number = 1", "第 1 号封存的记录被改写"),
        ("update registry_digestschema set columns = columns - 'registry_basis'", "第 1 号封存的记录被改写"),
    ],
)  # fmt: skip
def test_what_was_touched_is_found_and_named(sealed, tamper, statement, expected):
    tamper(statement)
    assert expected in texts()
    assert main(["--seals-only"]) == 1


def test_touching_the_pages_along_with_the_rows_hides_the_row_and_not_the_deed(sealed, tamper):
    tamper("update sample_post set title = '院长' where id = 1")
    seal = Seal.objects.get(number=1)
    with transaction.atomic():
        [now] = traced(seal.schema, 1, 2, ENCODINGS[CURRENT].tree())
    tamper(f"update registry_sealpage set leaves = '\\x{now.hex()}' where seal_id = 1")
    assert texts() == ["第 1 号封存（序位 1—2）的内容与封存时不符，且封存页已被改写，不能指出是哪一行"]


def test_a_page_that_was_destroyed_is_no_way_out(sealed, tamper):
    tamper("update registry_sealpage set leaves = '\\x00' where seal_id = 1")
    assert not verify().sound


def test_a_cut_tail_is_found_although_its_seals_are_gone_too(sealed, tamper):
    tamper(
        "delete from registry_sealpage where seal_id = 2; delete from registry_seal where number = 2;"
        "delete from sample_assessment; delete from registry_change where id = 3"
    )
    [finding] = texts()
    assert finding.startswith("数据库缺少第 2 号封存（序位 3—3")
    with pytest.raises(SealingRefused):
        seal_pending()


def test_a_change_missing_from_the_middle_is_found_even_unsealed(sealed, decide, tamper):
    for _ in range(2):
        with decide():
            pass
    tamper("delete from registry_change where id = 4")
    assert "序位不连续：最大序位为 5，只有 4 个变更" in texts()
    with pytest.raises(SealingRefused, match="缺失"):
        seal_pending()


def test_a_rewritten_history_with_new_seals_does_not_fit_the_witness(sealed, tamper):
    tamper("update registry_seal set root = sha256(root) where number = 2")
    assert "第 2 号封存与见证文件不符：封存被改写，或见证文件不属于本库" in texts()


def test_a_shortened_witness_file_is_found(sealed):
    path = witness_file()
    path.write_text(path.read_text().splitlines()[0] + "\n")
    assert texts() == ["第 2 号封存记为已见证，见证文件里却没有：见证文件不完整"]
    assert verify().witnessed_to == 2
    with pytest.raises(SealingRefused, match="见证文件缺少"):
        seal_pending()


def test_a_crash_between_sealing_and_witnessing_is_made_good(sealed, decide, monkeypatch):
    with decide():
        pass

    def crash(*_):
        raise OSError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr("yizheng.registry.seals.sealing.witness", crash)
        with pytest.raises(OSError, match="disk full"):
            seal_pending()
    report = verify()
    assert (report.sealed_to, report.witnessed_to, report.sound) == (4, 3, True)
    assert seal_pending() is None
    assert verify().witnessed_to == 4


def test_a_line_torn_by_a_crash_is_passed_over(sealed, decide):
    with witness_file().open("a") as stream:
        stream.write('{"seal": 3, "fir')
    with decide():
        pass
    seal_pending()
    assert verify().sound
    assert verify().witnessed_to == 4


def test_the_report_is_also_json(sealed, capsys):
    assert main(["--json", "--seals-only"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["sound"], said["sealed_to"], said["unsealed"]) == (True, 3, 0)


def test_a_column_added_later_leaves_old_seals_whole_and_is_covered_by_new_ones(sealed, register, tamper):
    register.execute("alter table sample_post add column rank text")
    register.commit()
    assert verify().sound
    with psycopg.connect(register.info.dsn, password=register.info.password) as owner:
        owner.execute(
            "insert into registry_change (kind, cause, reason, actor_id) values ('correction', 'c', '', 1);"
            "insert into sample_post (subject_id, line, valid_from, valid_to, opened, authority_scope, title, grade, rank)"
            " values (1, 'y', '2020-01-01', '9999-12-31', 4, 1, '院长', 0, '正高'); select registry_settle(4)"
        )
    seal_pending()
    assert [seal.schema_id for seal in Seal.objects.order_by("number")] == [1, 1, 2]
    assert verify().sound
    tamper("update sample_post set rank = '副高' where line = 'y'")
    assert texts() == ["任职（sample_post）第 4 行：内容与封存时不符（序位 4）"]


def test_a_dropped_column_is_admitted(sealed, register):
    register.execute("alter table sample_post drop column grade")
    register.commit()
    assert texts()[0] == "第 1 号封存无法核对：数据表缺少封存时的列 sample_post.grade"


@pytest.mark.parametrize("worth_sharing", [50, 5000])
def test_many_pages_are_hashed_and_compared(register, decide, tamper, monkeypatch, worth_sharing):
    monkeypatch.setattr(leaves, "PAGE_LEAVES", 64)
    monkeypatch.setattr(runs, "WORTH_SHARING", worth_sharing)
    with decide() as change:
        people = [change.subject("person").pk for _ in range(300)]
    with decide(kind="intake") as change:
        load_states(
            change,
            Post,
            "select s subject_id, 'main' line, date '2020-01-01' valid_from, date '9999-12-31' valid_to,"
            " 1 authority_scope, 't' title, 0 grade, null::bigint place_id from unnest(%s::bigint[]) s",
            [people],
        )
    seal_pending()
    assert SealPage.objects.count() > 5
    assert verify().sound
    tamper("delete from sample_post where id = 70; update sample_post set grade = 3 where id = 200")
    assert texts() == [
        "任职（sample_post）第 70 行：已封存的这一行被删除或改到别处（序位 2）",
        "任职（sample_post）第 200 行：内容与封存时不符（序位 2）",
    ]


def test_seals_follow_each_other_by_limit(register, decide):
    for _ in range(5):
        with decide():
            pass
    while seal_pending(limit=2):
        pass
    assert [(s.first_position, s.last_position) for s in Seal.objects.order_by("number")] == [(1, 2), (3, 4), (5, 5)]
    assert Change.objects.count() == 5
    assert verify().sound
