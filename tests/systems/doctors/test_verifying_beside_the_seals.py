"""`verify` beside the seals: the public register, documents, the vault, the audit trail and the guards; each tampering is named."""

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from tests.cast import HAIDIAN, member, place
from tests.database import PASSWORD, ThrowAwayServer
from tests.documents import test_certificates
from tests.documents.conftest import fields_of_a_certificate
from tests.systems.doctors.people_of_pages import license_house, make_doctor
from tests.worlds import World
from yizheng.cli.database.cluster import ADMIN
from yizheng.cli.database.roles import ROLES, make_roles
from yizheng.disclosure import proving as entries
from yizheng.disclosure.publishing import refresh
from yizheng.documents.verifying import proving as paper
from yizheng.kernel.identifiers import make_resident_id
from yizheng.people import audit, vault
from yizheng.people.auditing import witness as audit_trail
from yizheng.people.auditing.witness import witness_trail
from yizheng.people.enciphering import proof as numbers
from yizheng.people.scopes import jurisdiction, load_jurisdictions
from yizheng.registry.seals import guards
from yizheng.registry.seals.verification import proved

pytestmark = pytest.mark.django_db(transaction=True)
NUMBER = make_resident_id("110108", date(1990, 3, 28), 328)
Owner = psycopg.Connection[tuple[Any, ...]]


def _witnessed() -> Path:
    """A doctor who is published, a certificate, a number, an audit trail; where all of it is witnessed."""
    load_jurisdictions()
    haidian = jurisdiction(HAIDIAN)
    institution, another_institution = place("institution"), place("another_institution")
    applicant, decider = member("applicant"), member("decider")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "WITNESS_DIR", settings.DATA_DIR / "witness-of-the-office")
        vault.prepare()
        license_house(institution, haidian)
        license_house(another_institution, haidian)
        doctor = make_doctor(
            "林知夏", institution, haidian, by=decider, second=another_institution, number="110110108000001"
        )
        vault.store(doctor.subject.pk, "resident_id", NUMBER)
        refresh("doctor", [doctor.subject.pk])
        refresh("institution", [institution.subject.pk, another_institution.subject.pk])
        test_certificates.issue(decider, applicant, fields_of_a_certificate())
        for number in range(3):
            audit.record(decider, "test.act", f"thing:{number}")
        witness_trail()
        witness_trail()
        guards.tell_guards()
        return Path(settings.WITNESS_DIR)


OFFICE = World("witnessed_office", _witnessed, for_commits=True)


@pytest.fixture
def witnessed_office(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The office of the world, with the files of its witness to itself."""
    assert OFFICE.here
    monkeypatch.setattr(settings, "WITNESS_DIR", tmp_path / "witness")
    shutil.copytree(OFFICE.here, tmp_path / "witness")


@pytest.fixture
def empty_office(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No rows; the guards as they were told when the database was made."""
    monkeypatch.setattr(settings, "WITNESS_DIR", tmp_path / "witness")
    (tmp_path / "witness").mkdir()
    guards.guards_file().write_bytes(ThrowAwayServer.told_of_the_template().read_bytes())


def found() -> list[str]:
    return [finding.text for findings in proved().values() for finding in findings]


def found_in_rows() -> list[str]:
    """What every proof but that of the guards says, which looks at no row."""
    told = (audit_trail.differing, numbers.differing, paper.differing, entries.differing)
    return [sentence for differing in told for sentence in differing()]


def test_what_was_left_alone_is_proved(witnessed_office: None) -> None:
    assert list(proved()) == ["审计记录", "证件号库", "证照文书", "公示", "防线"]
    assert found() == []


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("update disclosure_publicpractitioner set name = '王假名'", "的公示与登记不符（name）"),
        ("delete from disclosure_publicpractitioner", "应公示而没有公示"),
        ("update disclosure_publicpractitioner set subject = 999999", "主体 999999 不应公示而有公示"),
        ("update disclosure_publicinstitution set in_force = not in_force", "的公示与登记不符（in_force）"),
        ("update documents_certificate set number = '110110108009999'", "的编号与印制内容不符"),
        ("update documents_certificate set digest = repeat('0', 32)", "的摘要与印制内容不符"),
        ("update documents_certificate set sealed = 'v1.' || repeat('A', 80)", "的印制内容不能解密"),
        ("update documents_certificate set status = 'revoked'", "的状态与其终止的记载不符"),
        ("update documents_certificate set change_id = 987654", "所据的变更 987654 不存在"),
        ("update people_vaultentry set blind_index = substr(sha256(blind_index), 1, 16)", "的检索值与所存号码不符"),
        ("update people_vaultentry set ciphertext = decode(repeat('00', 60), 'hex')", "不能解密"),
        ("update people_auditentry set verb = 'nothing.happened' where object_ref = 'thing:1'", "内容被改动"),
        ("delete from people_auditentry where object_ref = 'thing:1'", "条，现有"),
    ],
)  # fmt: skip
def test_a_changed_row_is_named(witnessed_office: None, owner_connection: Owner, statement: str, says: str) -> None:
    table = statement.split()[2 if statement.startswith("delete") else 1]
    owner_connection.execute(f"alter table {table} disable trigger user")
    owner_connection.execute(statement)
    owner_connection.execute(f"alter table {table} enable trigger user")
    owner_connection.commit()
    told = found_in_rows()
    assert any(says in text for text in told), told


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("alter table registry_change disable trigger user", "触发器 registry_change"),
        ("alter table documents_attachment disable row level security", "行级安全 documents_attachment 被改动"),
        ("drop policy licensing_case_scope on licensing_case", "行策略 licensing_case.licensing_case_scope 被删除"),
        ("create policy open_to_all on licensing_case using (true)", "行策略 licensing_case.open_to_all 不是迁移所建"),
        ("grant delete on registry_change to yizheng_serving", "表授权 registry_change 被改动"),
        ("grant update (reason) on registry_change to yizheng_serving", "列授权 registry_change.reason"),
        ("create or replace function people_scopes() returns int[] language sql as 'select null::int[]'", "函数 people_scopes() 被改动"),
        ("drop constraint", "约束"),
    ],
)  # fmt: skip
def test_a_guard_taken_down_is_named(empty_office: None, owner_connection: Owner, statement: str, says: str) -> None:
    if "drop constraint" in statement:
        row = owner_connection.execute(
            "select conname from pg_constraint where conrelid = 'people_grant'::regclass and contype = 'f' limit 1"
        ).fetchone()
        assert row is not None
        statement = f"alter table people_grant drop constraint {row[0]}"
    owner_connection.execute(statement)
    owner_connection.commit()
    told = list(guards.differing())
    assert any(says in text for text in told), told


def test_guards_that_were_never_told_are_not_vouched_for(empty_office: None) -> None:
    assert list(guards.differing()) == []
    guards.guards_file().unlink()
    assert any("没有记录可比" in text for text in guards.differing())


def test_what_the_serving_role_sets_for_itself_is_named_and_gone_after_the_next_start(
    empty_office: None, database_server: ThrowAwayServer
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("alter role yizheng_serving set search_path = elsewhere")
    try:
        assert found() == ["防线：角色设置 yizheng_serving 不是迁移所建，是事后添加的"]
    finally:
        with psycopg.connect(database_server.cluster.url(ADMIN, PASSWORD, "postgres"), autocommit=True) as admin:
            make_roles(admin, dict.fromkeys(ROLES, PASSWORD))
    assert found() == []
