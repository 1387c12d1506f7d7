"""A founder, the desks that decide, and what she types."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from tests.cast import new_account, new_subject
from tests.systems.institutions.registered import House
from tests.walking import Desk, desk_of, paper
from tests.worlds import World
from yizheng.demo.walker import Walker
from yizheng.kernel.identifiers import make_organisation_code, make_resident_id, make_uscc
from yizheng.licensing.lifecycle import Actor
from yizheng.licensing.models import Case
from yizheng.people import vault
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as_system
from yizheng.people.scopes import jurisdiction, load_jurisdictions, organisation_of
from yizheng.systems.institutions.models import InstitutionLicence

FOUNDER = make_resident_id("110108", date(1970, 5, 6), 12)
LEGAL = make_resident_id("110105", date(1968, 1, 9), 23)
PRINCIPAL = make_resident_id("110102", date(1975, 7, 1), 34)
USCC = make_uscc("91", "110108", make_organisation_code("E9999001"))


def application(**steps: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """A hospital of the third level with 120 beds, as its founder types it; a step given takes the place of its fields."""
    typed: dict[str, dict[str, Any]] = {
        "founder": {"kind": "legal_person", "name": "北京清河投资有限公司", "uscc": USCC, "clear": "no"},
        "institution": {
            "name": "北京清河医院", "category": "A100", "level": "3", "ownership": "3", "economic_type": "15",
            "business_nature": "3", "affiliation": "90", "service_objects": ["1"], "service_modes": ["1", "3"],
            "capital": "3000",
        },
        "site": {"district": "110108", "address": "北京市海淀区清河路 9 号", "beds": "120", "dental_chairs": "", "further": []},
        "subjects": {"subjects": [{"subject": "03", "remark": ""}, {"subject": "04", "remark": "门诊"}]},
        "investment": {"investment": "8000", "staffing": "医师 60 人，护士 90 人", "internet": "no"},
        "declaration": {"contact": "林知遥", "mobile": "13900000002", "truth": "on"},
    }  # fmt: skip
    return {step: {**fields, **steps.get(step, {})} for step, fields in typed.items()} | {
        step: fields for step, fields in steps.items() if step not in typed
    }


def registration(number: str = "", **steps: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The same at registration, with those who answer for it."""
    typed = application(
        approval={"number": number},
        parties={
            "legal_name": "周远山", "legal_number": LEGAL, "principal_name": "吴清越", "principal_number": PRINCIPAL,
            "principal_position": "院长",
        },
        premises={"uscc": USCC, "premises_right": "own", "staff_total": "200", "health_staff": "160"},
    )  # fmt: skip
    del typed["investment"]
    return {step: {**fields, **steps.get(step, {})} for step, fields in typed.items()}


@dataclass(frozen=True)
class Members:
    """Those of the world in which a hospital is registered."""

    founder: Account
    city_desk: Desk
    district_desk: Desk
    house: House


def _founder() -> Account:
    subject = new_subject("person")
    vault.store(subject.pk, "resident_id", FOUNDER)
    return new_account(AccountKind.INDIVIDUAL, "林知遥", subject=subject)


def _founding(founder: Account, city_desk: Desk, district_desk: Desk, city: Scope) -> Walker:
    def plays(case: Case, part: Actor) -> Account:
        if part is Actor.APPLICANT:
            return founder
        desk = city_desk if case.authority_scope == city.pk else district_desk
        return {Actor.ACCEPTOR: desk.acceptor, Actor.REVIEWER: desk.reviewer, Actor.DECIDER: desk.decider}[part]

    return Walker(plays, paper)


def _house(founding: Walker, founder: Account) -> House:
    typed = registration(institution={"level": "2"}, site={"beds": "99"})
    founding.walk(founding.draft(founder, "inst_register", typed))
    with acting_as_system("test"):
        subject = InstitutionLicence.objects.current().get().subject
    scope = organisation_of(subject.pk)
    assert scope is not None
    operator = new_account(AccountKind.INSTITUTION, "清河经办", Role.INSTITUTION_OPERATOR, scope, subject)
    return House(subject, scope, operator)


def _members() -> Members:
    load_jurisdictions()
    city, founder = jurisdiction("110000"), _founder()
    desks = desk_of(city), desk_of(jurisdiction("110108"))
    return Members(founder, *desks, _house(_founding(founder, *desks, city), founder))


def new_founding() -> tuple[Walker, Account]:
    """A founder whose cases are walked, for a world of its own."""
    load_jurisdictions()
    city, founder = jurisdiction("110000"), _founder()
    return _founding(founder, desk_of(city), desk_of(jurisdiction("110108")), city), founder


REGISTERED = World("house_is_registered", _members)


@pytest.fixture
def house_is_registered() -> Members | None:
    """The world, where the test may stand in it."""
    return REGISTERED.here


@pytest.fixture
def founder(city: Scope) -> Account:
    return REGISTERED.here.founder if REGISTERED.here else _founder()


@pytest.fixture
def city_desk(city: Scope) -> Desk:
    return REGISTERED.here.city_desk if REGISTERED.here else desk_of(city)


@pytest.fixture
def district_desk(haidian: Scope) -> Desk:
    return REGISTERED.here.district_desk if REGISTERED.here else desk_of(haidian)


@pytest.fixture
def founding(founder: Account, city_desk: Desk, district_desk: Desk, city: Scope) -> Walker:
    """Walks cases of the founder, decided by the city or by the district."""
    return _founding(founder, city_desk, district_desk, city)


@pytest.fixture
def house(house_is_registered: Members | None, founding: Walker, founder: Account) -> House:
    """A hospital of the second level with 99 beds."""
    return house_is_registered.house if house_is_registered else _house(founding, founder)


@pytest.fixture
def walker(house: House, district_desk: Desk) -> Walker:
    desk = {
        Actor.ACCEPTOR: district_desk.acceptor, Actor.REVIEWER: district_desk.reviewer,
        Actor.DECIDER: district_desk.decider, Actor.APPLICANT: house.operator,
    }  # fmt: skip
    return Walker(lambda case, part: desk[part], paper)
