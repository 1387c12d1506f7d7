"""A doctor who may apply, an institution that takes her, and the ways a case of hers goes."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.cast import member, new_account, new_clerk
from tests.walking import Desk, picture, walker
from tests.worlds import World
from yizheng.kernel.identifiers import make_qualification_number, make_resident_id
from yizheng.licensing.models import Case
from yizheng.licensing.states import CaseState
from yizheng.licensing.verbs import perform
from yizheng.licensing.verbs.drafting import hand_in, keep, open_draft
from yizheng.people import vault
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.people.scopes import jurisdiction, load_jurisdictions, organisation_of
from yizheng.registry import ChangeKind, changing
from yizheng.systems.doctors.models import InstitutionFiling, Qualification, SpecialQualification
from yizheng.systems.institutions.licensing import register_institution
from yizheng.systems.practitioners.filings import filing_line
from yizheng.systems.practitioners.models import Education, PersonIdentity

NAME = "许南乔"
HOSPITAL = "海淀区青禾社区卫生服务中心"
FURTHER = "朝阳区百子社区卫生服务中心"
NUMBER = make_resident_id("110108", date(1996, 4, 26), 42)


@dataclass(frozen=True)
class House:
    """An institution with its operator."""

    subject: int
    scope: int
    operator: Account


def licence(
    name: str, district: str, subjects: tuple[str, ...] = ("02", "03"), category: str = "B100"
) -> dict[str, Any]:
    """The columns of a licence."""
    return {
        "kind": "licensed",
        "name": name,
        "category": category,
        "level": "0",
        "grade": "9",
        "business_nature": "1",
        "subjects": list(subjects),
        "district": district,
        "address": "北京市示范路 1 号",
        "status": "active",
    }


def found(name: str, authority: Scope, district: str, **kwargs: Any) -> House:
    """Register an institution and give it an operator."""
    with acting_as_system("test"), changing(kind=ChangeKind.INTAKE, actor=None, cause="test", reason="test") as change:
        subject = register_institution(
            change, licence(name, district, **kwargs), authority=authority, valid_from=date(2010, 1, 4)
        )
    scope = organisation_of(subject.pk)
    assert scope is not None
    operator = new_account(AccountKind.INSTITUTION, f"{name}经办", Role.INSTITUTION_OPERATOR, scope, subject)
    return House(subject.pk, scope.pk, operator)


def new_doctor(city: Scope) -> Account:
    """Qualified last year, never registered."""
    today = timezone.localdate()
    qualified_on = today - timedelta(days=300)
    with acting_as_system("test"), changing(kind=ChangeKind.INTAKE, actor=None, cause="test", reason="test") as change:
        person = change.subject("person")
        change.state(
            PersonIdentity,
            person,
            "identity",
            {"name": NAME, "sex": "2", "birth_date": date(1996, 4, 26), "ethnic_group": "01"},
            valid_from=date(1996, 4, 26),
            authority_scope=city.pk,
        )
        change.state(
            Qualification,
            person,
            "qualification:1",
            {
                "level": "1",
                "category": "clinical",
                "qualified_on": qualified_on,
                "issuer": "北京市卫生健康委员会",
                "way": "exam",
                "holder_name": NAME,
            },
            valid_from=qualified_on,
            authority_scope=city.pk,
        )
        change.state(
            Education,
            person,
            "education:1",
            {
                "level": "21",
                "degree": "410",
                "school": "华北示范医科大学",
                "major": "临床医学",
                "learning_form": "full_time",
                "graduated_on": date(2019, 6, 30),
            },
            valid_from=date(2019, 6, 30),
            authority_scope=city.pk,
        )
    certificate = make_qualification_number(qualified_on.year, "11", "1", "clinical", NUMBER)
    vault.store(person.pk, "resident_id", NUMBER)
    vault.store(person.pk, "qualification_number", certificate)
    vault.store(person.pk, "mobile", "19900000001")
    return new_account(AccountKind.INDIVIDUAL, NAME, subject=person)


def practice(**values: Any) -> dict[str, Any]:
    """What the doctor types about where she wants to practise."""
    return {
        "institution": HOSPITAL,
        "scope": "11",
        "employment": "contract",
        "employed_from": "2026-01-05",
        "employer_as_sealed": HOSPITAL,
        **values,
    }


DECLARED = {"health": "fit", "criminal_record": "no", "ban": "no", "truth": True}


def new_draft(doctor: Account) -> Case:
    """A first registration, complete but not submitted."""
    with acting_as(doctor):
        case = open_draft(doctor, "doctor_first_registration")
        case = keep(case, doctor, {"practice": practice(), "declaration": DECLARED})
        for material in case.item.materials[:2]:
            hand_in(case, doctor, material, picture(), f"{material.title}.jpg")
    return case


def go_on(case: Case, verb: str, actor: Account, **kwargs: Any) -> Case:
    """One verb by one person, who must see the case."""
    with acting_as(actor):
        seen: Case = Case.objects.visible_to(actor).get(pk=case.pk)
        perform(seen, verb, actor, **kwargs)
    return seen


def _reviewed(draft: Case, doctor: Account, hospital: House, acceptor: Account, reviewer: Account) -> Case:
    desk = Desk(acceptor, reviewer, reviewer)
    return walker(doctor, hospital.operator, desk).walk(draft, CaseState.DECIDING)


@dataclass(frozen=True)
class Members:
    """Those of a world in which her first registration is reviewed or granted."""

    hospital: House
    doctor: Account
    desk: Desk
    reviewed: Case
    registered: Case | None = None


def _members() -> Members:
    load_jurisdictions()
    haidian = jurisdiction("110108")
    hospital, doctor = found(HOSPITAL, haidian, "110108"), new_doctor(jurisdiction("110000"))
    desk = Desk(*(new_clerk(role, haidian) for role in (Role.ACCEPTOR, Role.REVIEWER, Role.DECIDER)))
    return Members(hospital, doctor, desk, _reviewed(new_draft(doctor), doctor, hospital, desk.acceptor, desk.reviewer))


def _registered() -> Members:
    made = _members()
    return replace(made, registered=go_on(made.reviewed, "grant", made.desk.decider, reason="符合注册条件"))


REGISTERED = World("doctor_is_registered", _registered)
REVIEWED = World("application_is_reviewed", _members)


def here() -> Members | None:
    """Those of the world in which the test stands."""
    return REGISTERED.here or REVIEWED.here


@pytest.fixture
def doctor_is_registered() -> Members | None:
    """The world, where the test may stand in it."""
    return REGISTERED.here


@pytest.fixture
def application_is_reviewed() -> Members | None:
    """The world, where the test may stand in it."""
    return here()


@pytest.fixture
def hospital(haidian: Scope) -> House:
    return made.hospital if (made := here()) else found(HOSPITAL, haidian, "110108")


@pytest.fixture
def doctor(city: Scope) -> Account:
    """Qualified last year, never registered."""
    return made.doctor if (made := here()) else new_doctor(city)


@pytest.fixture
def acceptor(city: Scope) -> Account:
    return made.desk.acceptor if (made := here()) else member("acceptor")


@pytest.fixture
def reviewer(city: Scope) -> Account:
    return made.desk.reviewer if (made := here()) else member("reviewer")


@pytest.fixture
def decider(city: Scope) -> Account:
    return made.desk.decider if (made := here()) else member("decider")


@pytest.fixture
def draft(doctor: Account, hospital: House) -> Case:
    """A first registration, complete but not submitted."""
    return new_draft(doctor)


@pytest.fixture
def reviewed(application_is_reviewed: Members | None, request: pytest.FixtureRequest) -> Case:
    """The case on the decider's desk."""
    if application_is_reviewed:
        return application_is_reviewed.reviewed
    parts = [request.getfixturevalue(name) for name in ("draft", "doctor", "hospital", "acceptor", "reviewer")]
    return _reviewed(*parts)


@pytest.fixture
def registered(doctor_is_registered: Members | None, reviewed: Case, decider: Account) -> Case:
    """The case granted."""
    if doctor_is_registered and doctor_is_registered.registered:
        return doctor_is_registered.registered
    return go_on(reviewed, "grant", decider, reason="符合注册条件")


@pytest.fixture
def further(chaoyang):
    return found(FURTHER, chaoyang, "110105")


@pytest.fixture
def filed(registered, doctor, further, chaoyang):
    """The registered doctor, filed at the further institution for thirty days more, with a right it gave."""
    today = timezone.localdate()
    with acting_as_system("test"), changing(kind=ChangeKind.DECISION, actor=None, cause="test") as change:
        change.state(
            InstitutionFiling, doctor.subject_id, filing_line(further.subject),
            {"institution": further.subject, "level": "1", "filed_on": today - timedelta(days=300), "schedule": "周三"},
            valid_from=today - timedelta(days=300), valid_to=today + timedelta(days=30), authority_scope=chaoyang.pk,
        )  # fmt: skip
        change.state(
            SpecialQualification, doctor.subject_id, f"special:narcotic_rx:{further.subject}",
            {"type": "narcotic_rx", "institution": further.subject, "granted_by": FURTHER, "granted_on": today},
            valid_from=today - timedelta(days=1), authority_scope=chaoyang.pk,
        )  # fmt: skip
    return doctor


def filing_of(doctor, on=None):
    with acting_as_system("test"):
        standing = InstitutionFiling.objects.as_of(on or timezone.localdate())
        return standing.filter(subject_id=doctor.subject_id).first()
