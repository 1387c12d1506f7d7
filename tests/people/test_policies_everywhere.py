"""Every table has a row policy or stands in the threat model with the reason; one with personal fields always has one."""

import re

import pytest
from django.apps import apps
from django.db import connection

from tests.cast import Place
from tests.docs.pages import DOCS
from yizheng.intake.models import Batch, Finding, SealedNumbers
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.registry.fields import Declared

pytestmark = pytest.mark.django_db

_TABLES = """
select c.relname, c.relrowsecurity and exists (select from pg_policy where polrelid = c.oid)
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p') and n.nspname = 'public' and c.relname not like 'sample\\_%'
"""


def tables() -> dict[str, bool]:
    """Every table of the database and whether a policy stands on it; the kinds of fact that tests add for themselves are none of ours."""
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        return dict(cursor.fetchall())


def excused() -> set[str]:
    """The tables that the threat model names as being without."""
    section = (DOCS / "threat-model.md").read_text("utf-8").partition("## Tables without a row policy")[2]
    rows = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    return {name for row in rows for name in re.findall(r"`(\w+)`", row)}


def test_a_table_has_a_policy_or_a_reason_why_not() -> None:
    assert {name for name, has_policy in tables().items() if not has_policy} == excused()


def test_a_table_with_personal_fields_has_a_policy_without_exception() -> None:
    personal = {
        model._meta.db_table
        for model in apps.get_models()
        if any(isinstance(field, Declared) and field.personal for field in model._meta.get_fields())
    }
    assert len(personal) > 5
    assert {name for name in personal if not tables()[name]} == set()


def test_what_is_found_and_staged_of_a_file_is_seen_with_its_batch(
    acceptor: Account, other_district_clerk: Account, institution: Place, haidian: Scope
) -> None:
    with acting_as_system("test"):
        batch = Batch.objects.create(
            format="exam_result", name="成绩.csv", digest="0" * 64, size=1, authority_scope=haidian.pk
        )
        Finding.objects.create(batch=batch, row=2, code="x", severity="error", message="总分不符", given="林知夏")
        SealedNumbers.objects.create(batch=batch, first_row=1, last_row=2, sealed=b"x")
        with connection.cursor() as cursor:
            cursor.execute("select intake_make_staging(%s, %s, %s)", [batch.pk, ["name"], ["text"]])
            cursor.execute(f"insert into {batch.staging} values ('林知夏')")
            cursor.execute("select intake_analyze_staging(%s)", [batch.pk])
            cursor.execute(f"insert into intake_staging.verdict_{batch.pk} values (2, 'new', null, null, false)")
    places = ("intake_finding", "intake_sealednumbers", batch.staging, f"intake_staging.verdict_{batch.pk}")
    for account, rows in ((acceptor, 1), (other_district_clerk, 0), (institution.operator, 0)):
        with acting_as(account), connection.cursor() as cursor:
            for place in places:
                cursor.execute(f"select count(*) from {place}")
                assert cursor.fetchone() == (rows,), (account.display_name, place)
