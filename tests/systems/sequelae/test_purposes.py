"""Roles by purpose: what each opens, in the pages' questions and in the database alike, and that every look is recorded."""

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from tests.cast import new_account, sign_in
from tests.systems.sequelae.conftest import Office
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account, AuditEntry, Grant, Scope
from yizheng.people.rights.grants import Refused, give
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.systems.sequelae import rights
from yizheng.systems.sequelae.models import Person
from yizheng.systems.sequelae.models.purposes import Purposed

pytestmark = pytest.mark.django_db


def purposed() -> list[type[Purposed]]:
    """Every table of the room."""
    return [model for model in apps.get_app_config("sequelae").get_models() if issubclass(model, Purposed)]


def test_every_table_of_the_room_has_a_purpose() -> None:
    assert set(purposed()) == set(apps.get_app_config("sequelae").get_models())


def test_the_policies_of_a_table_name_the_roles_of_its_model() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select tablename, cmd, coalesce(qual, with_check) from pg_policies where tablename like 'sequelae%'"
        )
        policies = {(table, command): text for table, command, text in cursor.fetchall()}
    for model in purposed():
        for command, roles in (("SELECT", model.open_to), ("INSERT", model.written_by), ("UPDATE", model.written_by)):
            named = {role for role in Role if f"'{role}'" in policies[model._meta.db_table, command]}
            assert named == set(roles), (model, command)


def test_each_role_sees_its_purpose_alone(office: Office) -> None:
    office.examined(office.people[0], office.now, height=170)
    seen = {}
    for role, account in office.staff.items():
        with acting_as(account), connection.cursor() as cursor:
            for table in ("person", "identity", "history", "examination"):
                cursor.execute(f"select count(*) > 0 from sequelae_{table}")
                seen[role, table] = cursor.fetchone()[0]
    assert {role for role in office.staff if seen[role, "person"]} == rights.EVERYBODY
    assert {role for role in office.staff if seen[role, "identity"]} == rights.KNOW_NAMES
    assert {role for role in office.staff if seen[role, "history"]} == rights.SEE_EXAMINATIONS
    assert {role for role in office.staff if seen[role, "examination"]} == rights.SEE_EXAMINATIONS


def test_nobody_else_of_the_city_sees_a_person(office: Office, city_clerk: Account, analyst: Account) -> None:
    for account in (city_clerk, analyst):
        with acting_as(account):
            assert not Person.objects.exists()
    with acting_as_system("test"):
        assert not Person.objects.exists()


def test_a_role_given_over_another_organisation_opens_nothing(office: Office, haidian: Scope) -> None:
    elsewhere = Scope.objects.create(kind="organisation", code="elsewhere", name="他处", parent=haidian)
    stranger = new_account(AccountKind.EXPERT, "他处专家", Role.ORTHOPAEDIST, elsewhere)
    with acting_as(stranger):
        assert not Person.objects.exists()


def test_who_sees_contents_does_not_administer(office: Office) -> None:
    with pytest.raises(Refused):
        give(office.staff[Role.COHORT_ADMIN], Role.COHORT_KEEPER, office.scope, None)
    assert Grant.objects.filter(account=office.staff[Role.COHORT_ADMIN]).count() == 1


@pytest.mark.parametrize("role", sorted(rights.KNOW_NAMES))
def test_the_page_shows_what_the_role_is_for(client: Client, office: Office, role: Role) -> None:
    office.examined(office.people[0], office.now, height=170, weight=65, glu=9.9)
    sign_in(client, office.staff[role])
    page = client.get(office.people[0].get_absolute_url()).content.decode()
    assert "王芳" in page
    assert ("9.90↑" in page) is (role in rights.SEE_EXAMINATIONS)
    assert ("还没有骨科意见" in page) is (role in rights.SEE_OPINIONS)
    assert "110108198409161933" not in page
    assert AuditEntry.objects.filter(actor=office.staff[role], verb="sequelae.view").count() == 1


def test_a_person_is_found_by_name_and_the_statistician_opens_no_file(client: Client, office: Office) -> None:
    sign_in(client, office.staff[Role.ORTHOPAEDIST])
    assert client.get("/sequelae/persons/", {"q": "王芳"}).content.decode().count('href="/sequelae/persons/T') == 2
    sign_in(client, office.staff[Role.COHORT_STATISTICIAN])
    for address in ("/sequelae/persons/", office.people[0].get_absolute_url()):
        assert client.get(address).status_code == 403
