"""Licences of institutions: how they stand on a day, and what their end proposes."""

from datetime import date

import pytest

from yizheng.kernel.rowscope import RowScope, within
from yizheng.people.scope import acting_as_system
from yizheng.people.scopes import jurisdiction, load_jurisdictions, organisation_of
from yizheng.registry import ChangeKind, changing
from yizheng.systems.institutions import licences
from yizheng.systems.institutions.licensing import NoLicenceError, end_licence, register_institution
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.systems.institutions.questions import MayPractise, who_may_practise

VALUES = {
    "kind": "licensed",
    "name": "海淀区青禾社区卫生服务中心",
    "registration_number": "E9999001711010811B1001",
    "uscc": "12110108E99990017X",
    "category": "B100",
    "level": "0",
    "grade": "9",
    "business_nature": "1",
    "subjects": ["02", "03.04"],
    "district": "110108",
    "address": "北京市海淀区青禾路 1 号",
}
OPENED = date(2015, 3, 2)


@pytest.fixture
def institution(db):
    load_jurisdictions()
    with acting_as_system("test"), changing(kind=ChangeKind.INTAKE, actor=None, cause="test", reason="test") as change:
        return register_institution(change, VALUES, authority=jurisdiction("110108"), valid_from=OPENED)


@pytest.fixture
def ended(institution):
    with (
        acting_as_system("test"),
        changing(kind=ChangeKind.DECISION, actor=None, cause="test", reason="注销") as change,
    ):
        end_licence(change, institution.pk, on=date(2024, 6, 1), status="deregistered")
    return institution


def test_a_licence_stands_from_its_day(institution):
    assert licences.licence_on(institution.pk, date(2015, 3, 1)) is None
    standing = licences.licence_on(institution.pk, OPENED)
    assert standing.may_practise
    assert standing.status_name == "正常执业"


def test_the_authority_is_the_one_that_licensed(institution):
    assert licences.authority_of(institution.pk, OPENED) == jurisdiction("110108").pk
    assert licences.authority_of(institution.pk, date(2000, 1, 1)) is None


def test_an_institution_is_found_by_name_and_by_number(institution):
    for typed in ("海淀区青禾社区卫生服务中心", "e99990017-11010811b1001", " 海淀区青禾社区卫生服务中心 "):
        assert licences.named(typed, OPENED).subject_id == institution.pk
    assert licences.named("青禾", OPENED) is None
    assert licences.named("", OPENED) is None


def test_an_institution_has_its_own_scope_under_its_authority(institution):
    scope = organisation_of(institution.pk)
    assert (scope.name, scope.parent) == (VALUES["name"], jurisdiction("110108"))


def test_too_many_institutions_are_not_suggested(institution):
    assert licences.choices(OPENED, 1) == [(institution.pk, VALUES["name"])]
    assert licences.choices(OPENED, 0) == []


def test_after_its_end_a_licence_allows_nothing_and_the_past_stays(ended):
    assert not licences.licence_on(ended.pk, date(2024, 6, 1)).may_practise
    assert licences.licence_on(ended.pk, date(2024, 5, 31)).may_practise
    assert licences.choices(date(2024, 6, 1), 10) == []


def test_what_has_ended_cannot_end_again(ended):
    with (
        acting_as_system("test"),
        pytest.raises(NoLicenceError),
        changing(kind=ChangeKind.DECISION, actor=None, cause="test", reason="注销") as change,
    ):
        end_licence(change, ended.pk, on=date(2024, 7, 1), status="revoked")


def test_staff_of_another_district_does_not_see_the_licence(institution):
    with within(RowScope(scopes=(jurisdiction("110105").pk,))):
        assert not InstitutionLicence.objects.current().exists()
    with within(RowScope(scopes=(jurisdiction("110108").pk,))):
        assert InstitutionLicence.objects.current().exists()


def test_doctors_answer_who_may_practise(institution):
    assert who_may_practise.is_answered
    assert who_may_practise.ask(MayPractise(institution.pk, "02", OPENED)) == []
