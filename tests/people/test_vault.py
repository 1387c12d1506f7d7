"""Identifiers live once, enciphered; looking is recorded; erasing is for good."""

import os
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import DatabaseError, transaction

from tests.cast import new_subject
from yizheng.kernel.masking import mask_qualification_number
from yizheng.people import audit, vault
from yizheng.people.canonical import IdentifierKind, canonical, holds_identifier
from yizheng.people.enciphering import cipher, masterkey
from yizheng.people.models import Account, AuditEntry, DataKey, SearchName, UnmaskingRecord, VaultEntry
from yizheng.people.scope import acting_as_system
from yizheng.people.searching.search import index_name

pytestmark = pytest.mark.django_db

EIGHTEEN = "11010519491231002X"
FIFTEEN = "110105491231002"
MOBILE = "13800000172"


@pytest.fixture
def person(db: None) -> int:
    subject_id = int(new_subject("person").pk)
    vault.store(subject_id, "resident_id", EIGHTEEN)
    return subject_id


@pytest.mark.parametrize(
    "written", [EIGHTEEN, EIGHTEEN.lower(), FIFTEEN, "110105 19491231 002x", "１１０１０５１９４９１２３１００２Ｘ"]
)
def test_every_way_of_writing_a_number_meets(person: int, written: str, acceptor: Account) -> None:
    assert vault.resolve("resident_id", written, acceptor, "受理") == person


def test_an_unknown_number_resolves_to_nobody_and_both_are_recorded(person: int, acceptor: Account) -> None:
    assert vault.resolve("resident_id", "110101199003074514", acceptor, "受理") is None
    assert vault.resolve("resident_id", EIGHTEEN, acceptor, "受理") == person
    miss, hit = AuditEntry.objects.filter(verb="vault.resolve").order_by("id")
    assert (miss.actor, miss.object_ref, miss.detail["hit"]) == (acceptor, "", False)
    assert (hit.object_ref, hit.detail) == (f"subject:{person}", {"kind": "resident_id", "hit": True, "reason": "受理"})


def test_looking_needs_a_reason(person: int, acceptor: Account) -> None:
    with pytest.raises(ValueError, match="reason"):
        vault.resolve("resident_id", EIGHTEEN, acceptor, " ")
    with pytest.raises(ValueError, match="reason"):
        vault.reveal(person, "resident_id", acceptor, "")
    assert not UnmaskingRecord.objects.exists()


def test_the_person_can_see_who_looked(person: int, acceptor: Account) -> None:
    assert vault.reveal(person, "resident_id", acceptor, "核对原件") == EIGHTEEN
    look = UnmaskingRecord.objects.get(subject_id=person)
    assert (look.account, look.kind, look.reason) == (acceptor, "resident_id", "核对原件")


def test_pages_mask(person: int) -> None:
    assert vault.masked(person, "resident_id") == "110***********002X"
    assert vault.masked(person, "mobile") == ""


def test_the_database_holds_no_identifier(person: int) -> None:
    entry = VaultEntry.objects.get(subject_id=person)
    assert EIGHTEEN.encode() not in bytes(entry.ciphertext)
    assert len(bytes(entry.blind_index or b"")) == 16


def test_the_same_number_has_another_index_as_another_kind(person: int) -> None:
    vault.store(person, "passport", EIGHTEEN)
    first, second = VaultEntry.objects.filter(subject_id=person).values_list("blind_index", flat=True)
    assert bytes(first or b"") != bytes(second or b"")


def test_two_subjects_cannot_hold_one_number(person: int) -> None:
    with pytest.raises(vault.AlreadyHeld):
        vault.store(new_subject("person").pk, "resident_id", FIFTEEN)


def test_a_disputed_number_is_kept_and_never_resolved(person: int, acceptor: Account) -> None:
    other = new_subject("person")
    vault.store(other.pk, "resident_id", EIGHTEEN, disputed=True)
    assert vault.resolve("resident_id", EIGHTEEN, acceptor, "受理") == person
    assert vault.masked(other.pk, "resident_id") == "110***********002X"


def test_a_mobile_number_of_two_names_neither(person: int) -> None:
    other = int(new_subject("person").pk)
    vault.store(person, "mobile", f"+86 {MOBILE}")
    assert vault.find("mobile", MOBILE) == person
    vault.store(other, "mobile", MOBILE)
    assert vault.find("mobile", MOBILE) is None


def test_many_are_kept_at_once(db: None) -> None:
    subjects = [int(new_subject("person").pk) for _ in range(3)]
    vault.store_many([(subject, "mobile", f"1380000000{number}") for number, subject in enumerate(subjects)])
    assert vault.masked_many(subjects, "mobile") == {
        subject: f"138****000{number}" for number, subject in enumerate(subjects)
    }


def test_a_form_value_is_sealed_for_its_subject_alone(person: int) -> None:
    sealed = vault.seal_text(person, "北京市海淀区清河路 1 号")
    assert vault.open_texts([(int(person), sealed)]) == ["北京市海淀区清河路 1 号"]
    other = new_subject("person")
    vault.seal_text(other.pk, "x")
    with pytest.raises(cipher.Undecipherable):
        vault.open_texts([(int(other.pk), sealed)])


def test_erasing_makes_everything_unreadable(person: int, acceptor: Account, haidian: object) -> None:
    sealed = vault.seal_text(person, "住址")
    with acting_as_system("test"):
        index_name(person, "林知遥", [acceptor.grants.get().scope_id])
        vault.erase(person, acceptor, "本人要求")
        assert not SearchName.objects.filter(subject_id=person).exists()
    assert bytes(DataKey.objects.get(subject_id=person).wrapped or b"") == b""
    assert vault.find("resident_id", EIGHTEEN) is None
    assert vault.masked(person, "resident_id") == ""
    with pytest.raises(vault.Erased):
        vault.open_texts([(int(person), sealed)])
    with pytest.raises(vault.Erased):
        vault.store(person, "mobile", MOBILE)
    assert AuditEntry.objects.filter(verb="vault.erase", object_ref=f"subject:{person}").exists()


def test_a_drill_proves_database_and_key_belong_together(person: int, monkeypatch: pytest.MonkeyPatch) -> None:
    assert vault.drill() == 1
    other = masterkey.Keys(*(os.urandom(32) for _ in range(5)))
    monkeypatch.setattr(masterkey, "keys", lambda: other)
    with pytest.raises(cipher.Undecipherable):
        vault.drill()


def test_a_missing_master_key_is_never_replaced_beside_enciphered_data(
    person: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "SECRETS_DIR", tmp_path)
    with pytest.raises(masterkey.MasterKeyMissing, match="备份"):
        vault.prepare()
    assert not (tmp_path / "vault.key").exists()


def test_the_master_key_is_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "secrets" / "vault.key"
    masterkey.make(file)
    assert file.stat().st_mode & 0o777 == 0o600
    kept = masterkey.read(file)
    masterkey.make(file)
    assert masterkey.read(file) == kept
    assert len({kept.wrapping, kept.index, kept.credentials, kept.attempts}) == 4
    file.chmod(0o644)
    with pytest.raises(masterkey.MasterKeyUnusable, match="chmod"):
        masterkey.read(file)


@pytest.mark.parametrize("kind", list(IdentifierKind))
def test_canonical_forms_are_fixed_points(kind: IdentifierKind) -> None:
    once = canonical(kind, " +86 138-0000-0172 x")
    assert canonical(kind, once) == once


def test_the_audit_trail_refuses_personal_numbers(acceptor: Account) -> None:
    for text in (EIGHTEEN, f"电话{MOBILE}"):
        assert holds_identifier(text)
        with pytest.raises(ValueError, match="identifier"):
            audit.record(acceptor, "test", "", {"note": text})
    assert not holds_identifier("办件 1101082026000123、编号 110101199003074515")


def test_a_digest_holds_no_number_whatever_its_digits() -> None:
    digest = "ab13800000172cd" + "e" * 49
    assert len(digest) == 64
    assert not holds_identifier(f"摘要 {digest}")
    assert holds_identifier(f"摘要 {digest} 13800000172")
    assert holds_identifier(digest[:-1])


@pytest.mark.parametrize("table", ["people_auditentry", "people_unmaskingrecord"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET at = now()", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_trail_only_grows(person: int, acceptor: Account, table: str, statement: str) -> None:
    vault.reveal(person, "resident_id", acceptor, "核对")
    from django.db import connection

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("table", ["people_auditentry", "people_unmaskingrecord"])
def test_not_even_the_owner_changes_the_trail(table: str, owner_connection: psycopg.Connection) -> None:
    for statement in (f"DELETE FROM {table}", f"TRUNCATE {table}", f"UPDATE {table} SET at = now()"):
        with pytest.raises(psycopg.Error):
            owner_connection.execute(statement)
        owner_connection.rollback()


def test_a_person_holds_several_qualification_numbers(person: int) -> None:
    first, second = "201111210" + "11010519491231002X", "201611110" + "11010519491231002X"
    for number in (first, second, first):
        vault.store(person, "qualification_number", number)
    assert vault.all_masked_many([person], "qualification_number") == {
        person: [mask_qualification_number(second), mask_qualification_number(first)]
    }
    assert vault.find("qualification_number", first) == person


def test_a_number_that_was_replaced_still_leads_to_its_person(person: int) -> None:
    former, corrected = "20111121011010519491231002X", "201111210110105194912310038"
    vault.store(person, "qualification_number", former)
    vault.store(person, "qualification_number", corrected)
    vault.retire(person, "qualification_number", former)
    assert vault.all_masked_many([person], "qualification_number") == {person: [mask_qualification_number(corrected)]}
    assert vault.masked(person, "qualification_number") == mask_qualification_number(corrected)
    assert vault.find("qualification_number", former) == person
