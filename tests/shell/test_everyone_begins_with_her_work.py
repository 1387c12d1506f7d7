"""Each kind of staff lands on her own work and stays in her shell; a person is led by what she likely came for."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.cast import Place, sign_in
from tests.licensing import items
from tests.licensing.conftest import draft
from tests.shell.test_rule_settings_in_a_browser import looked_at, visit
from yizheng.licensing.item import Initiator
from yizheng.licensing.models import Case
from yizheng.people import vault
from yizheng.people.canonical import IdentifierKind
from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.people.scope import acting_as
from yizheng.shell.applicant.offering import grouped, likely, offers
from yizheng.shell.navigation import HOMES

__all__ = ["draft", "items", "visit"]

pytestmark = pytest.mark.django_db

FIRST = {
    Role.ACCEPTOR: "/desk/", Role.REVIEWER: "/desk/", Role.DECIDER: "/desk/", Role.INSPECTOR: "/desk/",
    Role.SYSTEM_ADMIN: "/accounts/admin/", Role.SECURITY_ADMIN: "/accounts/admin/grants/", Role.AUDIT_ADMIN: "/accounts/audit/",
    Role.EDITOR: "/content/", Role.ENGINEER: "/service/", Role.ANALYST: "/desk/statistics/",
}  # fmt: skip


def test_every_role_has_a_first_page() -> None:
    assert {role for role, _ in HOMES if isinstance(role, Role)} == set(Role)


@pytest.mark.parametrize("role", FIRST)
def test_staff_land_on_a_page_they_may_read(client: Client, request: pytest.FixtureRequest, role: Role) -> None:
    account = request.getfixturevalue(role.value)
    landed = sign_in(client, account).get("/office/", follow=True)
    assert landed.status_code == 200
    assert landed.redirect_chain[0][0] == FIRST[role]


def test_a_page_that_is_not_there_keeps_the_shell(client: Client, reviewer: Account) -> None:
    page = sign_in(client, reviewer).get("/desk/cases/nothing/")
    assert page.status_code == 404
    said = page.content.decode()
    assert 'class="side"' in said
    assert "没有这件办件" in said
    assert 'class="side"' not in Client().get("/nothing/").content.decode()


def test_who_works_for_an_institution_stays_in_the_office(
    client: Client, institution: Place, applicant: Account
) -> None:
    assert 'class="side"' in sign_in(client, institution.operator).get("/my/cases/").content.decode()
    assert 'class="side"' not in sign_in(client, applicant).get("/my/cases/").content.decode()


def test_a_passport_holder_is_offered_what_passport_holders_do_first(applicant: Account) -> None:
    assert applicant.subject_id is not None
    vault.prepare()
    with acting_as(applicant):
        before = [offer.item.english for offer in offers(applicant)]
        vault.store(applicant.subject_id, IdentifierKind.PASSPORT, "AB1234567")
        after = offers(applicant)
    assert not before[0]
    assert after[0].item.english
    assert {Initiator.PERSON} <= set(after[0].item.initiators)
    assert "What you can apply for" in sign_in(Client(), applicant).get("/my/cases/").content.decode()
    first = likely(grouped(after))
    assert first is None or first.item.english


@pytest.mark.django_db(transaction=True)
def test_the_institutions_pages_in_the_office(visit: Any, draft: Callable[..., Case], institution: Place) -> None:
    vault.prepare()
    page = visit(institution.operator)
    page.goto("/my/cases/")
    looked_at(page, "institution-cases")
    page.goto("/my/dossiers/")
    looked_at(page, "institution-dossiers")
