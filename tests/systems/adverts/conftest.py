"""A licensed hospital with its operator, the desks of the city and of the administration of Chinese medicine, a filed advert."""

from datetime import date
from typing import Any

import pytest

from tests.cast import Place, new_account
from tests.walking import Desk, desk_of, paper
from yizheng.demo.walker import Walker
from yizheng.licensing.item import Candidate
from yizheng.licensing.lifecycle import Actor
from yizheng.licensing.models import Case
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Scope
from yizheng.people.scope import acting_as_system
from yizheng.people.scopes import jurisdiction, organisation_of
from yizheng.registry import ChangeKind, changing
from yizheng.systems.institutions.licensing import register_institution

OPENED = date(2015, 3, 2)
LICENCE = {
    "kind": "licensed", "name": "北京澄怀眼科医院", "registration_number": "E9999001711010811B1001", "uscc": "12110108E99990017X",
    "category": "A512", "level": "2", "grade": "9", "business_nature": "3", "ownership": "3", "subjects": ["03", "10"],
    "beds": 20, "district": "110108", "address": "北京市海淀区澄怀路 8 号",
}  # fmt: skip
WORDS = "北京澄怀眼科医院\n地址：北京市海淀区澄怀路 8 号\n诊疗科目：眼科\n接诊时间：8:00-17:00\n电话：010-60551208"


def application(**steps: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """What the operator types beside what the platform fills in; a step given takes the place of its fields."""
    typed: dict[str, dict[str, Any]] = {
        "content": {"hours": "周一至周日 8:00-17:00", "telephone": "010-60551208", "media_kinds": ["3", "7"]},
        "samples": {
            "samples": [
                {"title": "晚报半版", "medium": "3", "words": WORDS, "duration": "", "place": ""},
                {"title": "网页", "medium": "7", "words": WORDS, "duration": "", "place": "https://chenghuai.example"},
            ],
            "script": [],
        },
        "agent": {"legal_name": "周远山", "principal_name": "周远山", "agent_name": "林知遥", "agent_phone": "13900000002", "truth": "on"},
    }  # fmt: skip
    return {step: {**fields, **steps.get(step, {})} for step, fields in typed.items()} | {
        step: fields for step, fields in steps.items() if step not in typed
    }


def licensed(**more: Any) -> Place:
    """A hospital of Haidian with its operator."""
    with acting_as_system("test"), changing(kind=ChangeKind.INTAKE, actor=None, cause="test", reason="test") as change:
        subject = register_institution(change, {**LICENCE, **more}, authority=jurisdiction("110108"), valid_from=OPENED)
    scope = organisation_of(subject.pk)
    assert scope is not None
    operator = new_account(AccountKind.INSTITUTION, f"{scope.name}经办", Role.INSTITUTION_OPERATOR, scope, subject)
    return Place(scope, subject, operator)


@pytest.fixture
def hospital(city: Scope) -> Place:
    return licensed()


@pytest.fixture
def city_desk(city: Scope) -> Desk:
    return two_reviewers(city)


@pytest.fixture
def haidian_desk(city: Scope) -> Desk:
    return desk_of(jurisdiction("110108"))


@pytest.fixture
def tcm_desk(city: Scope) -> Desk:
    return two_reviewers(jurisdiction("TCM"))


def two_reviewers(scope: Scope) -> Desk:
    """The clerks of an organ, with a further reviewer."""
    desk = desk_of(scope)
    new_account(AccountKind.CLERK, f"{scope.name}第二审核人", Role.REVIEWER, scope)
    return desk


def walker(place: Place, desk: Desk) -> Walker:
    parts = {
        Actor.APPLICANT: place.operator, Actor.INSTITUTION: place.operator, Actor.ACCEPTOR: desk.acceptor,
        Actor.REVIEWER: desk.reviewer, Actor.DECIDER: desk.decider,
    }  # fmt: skip
    return Walker(lambda case, part: parts[part], paper)


def filed(place: Place, desk: Desk, code: str = "ad_review", **steps: dict[str, Any]) -> Case:
    """A draft of the institution, with its papers."""
    person = Candidate(place.subject.pk, place.scope.name)
    typed = application(**steps) if code != "ad_cancel" else steps
    return walker(place, desk).draft(place.operator, code, typed, person=person, institution=place.scope.pk)


@pytest.fixture
def approved(hospital: Place, city_desk: Desk) -> Case:
    """An approved advert of the hospital."""
    case = filed(hospital, city_desk)
    walker(hospital, city_desk).walk(case)
    return case
