"""The institution's licence, registrations that stand, namesakes and declarations."""

from dataclasses import replace
from datetime import date

import pytest

from yizheng.licensing.findings import Severity
from yizheng.systems.doctors.checks.applicant import ASSISTANT, PHYSICIAN, StandingRegistration
from yizheng.systems.doctors.checks.employer import employment_proof_names_institution, licence_in_force
from yizheng.systems.doctors.checks.grounds import fit_to_practise, promises_truth
from yizheng.systems.doctors.registration.first_registration import (
    assistant_has_one_place,
    namesake,
    not_registered_elsewhere,
)

TODAY = date(2025, 6, 2)
CHAOYANG = StandingRegistration(level=ASSISTANT, place="110105", place_name="朝阳区", institution="朝阳示范医院")


def test_a_licence_that_does_not_allow_practice_blocks(but, applicant, employer):
    closed = but(employer=replace(employer, in_force=False, status="停业"))
    (found,) = licence_in_force(closed, TODAY)
    assert found.message == "海淀区青禾社区卫生服务中心现为“停业”，不能作为执业机构"
    assert licence_in_force(applicant, TODAY) == []


def test_another_name_on_the_employment_proof_is_put_to_a_person(but, applicant):
    (found,) = employment_proof_names_institution(but(employment_proof_name="青禾社区卫生服务中心"), TODAY)
    assert found.severity is Severity.ADVISE
    assert found.evidence == "聘用证明上为“青禾社区卫生服务中心”，登记名称为“海淀区青禾社区卫生服务中心”"
    assert employment_proof_names_institution(applicant, TODAY) == []


@pytest.mark.parametrize(("level", "expected"), [(PHYSICIAN, []), (ASSISTANT, ["D-N01"])])
def test_nobody_is_registered_twice_at_one_level(but, ask, level, expected):
    assert ask(not_registered_elsewhere, but(level=level, registrations=(CHAOYANG,)), TODAY) == expected


@pytest.mark.parametrize(("place", "expected"), [("110108", ["D-N02"]), ("110105", [])])
def test_an_assistant_has_one_place(but, ask, employer, place, expected):
    assistant = but(level=ASSISTANT, employer=replace(employer, place=place), registrations=(CHAOYANG,))
    assert ask(assistant_has_one_place, assistant, TODAY) == expected


def test_a_physician_may_stand_elsewhere_as_assistant_until_the_upgrade(but, ask):
    assert ask(assistant_has_one_place, but(registrations=(CHAOYANG,)), TODAY) == []


def test_namesakes_are_counted(but, applicant):
    (found,) = namesake(but(namesakes=2), TODAY)
    assert found.message == "登记簿中另有 2 名许南乔，须核对不是同一人"
    assert found.severity is Severity.ADVISE
    assert namesake(applicant, TODAY) == []


@pytest.mark.parametrize(("said", "expected"), [(True, []), (None, []), (False, ["D-T01"])])
def test_truth_is_promised(but, ask, said, expected):
    assert ask(promises_truth, but(truthful=said), TODAY) == expected


@pytest.mark.parametrize(("said", "expected"), [(True, []), (None, []), (False, ["D-R07"])])
def test_health_is_declared(but, ask, said, expected):
    assert ask(fit_to_practise, but(fit=said), TODAY) == expected
