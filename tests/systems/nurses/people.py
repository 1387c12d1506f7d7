"""The nurse all tests of nurses speak of, how she applies, and the world in which she is registered."""

from copy import copy
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from tests.cast import CLERKS, new_account, new_clerk
from tests.systems.doctors.conftest import HOSPITAL, House, found
from tests.walking import Desk, picture
from tests.worlds import World
from yizheng.demo.walker import Walker
from yizheng.kernel.identifiers import make_resident_id
from yizheng.licensing.lifecycle import Actor
from yizheng.licensing.models import Case
from yizheng.people import vault
from yizheng.people.kinds import AccountKind
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as_system
from yizheng.people.scopes import load_jurisdictions
from yizheng.registry import ChangeKind, changing
from yizheng.systems.nurses.models import NurseExamResult
from yizheng.systems.practitioners.models import PersonIdentity

NAME = "林若溪"
PASSED_ON = timezone.localdate() - timedelta(days=200)
NUMBER = make_resident_id("110108", date(2001, 9, 3), 62)


def new_nurse(city: Scope) -> Account:
    """Identified, passed the examination, never registered."""
    with acting_as_system("test"), changing(kind=ChangeKind.INTAKE, actor=None, cause="test") as change:
        person = change.subject("person")
        change.state(
            PersonIdentity,
            person,
            "identity",
            {"name": NAME, "sex": "2", "birth_date": date(2001, 9, 3), "ethnic_group": "01"},
            valid_from=date(2001, 9, 3),
            authority_scope=city.pk,
        )
        year = PASSED_ON.year
        change.event(
            NurseExamResult,
            person,
            f"nurse_exam:{year}",
            {"exam_year": year, "exam_region": "11", "passed": True, "passed_on": PASSED_ON},
            happened_on=PASSED_ON,
            authority_scope=city.pk,
        )
    vault.store(person.pk, "resident_id", NUMBER)
    vault.store(person.pk, "mobile", "19900000002")
    return new_account(AccountKind.INDIVIDUAL, NAME, subject=person)


def application(passed_on: date | None = None, **steps: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """What she types; a step given takes the place of its fields."""
    passed = passed_on or PASSED_ON
    typed: dict[str, dict[str, Any]] = {
        "person": {"ethnic_group": "01", "mobile": "19900000002"},
        "education": {
            "level": "21",
            "school": "华北示范护理学院",
            "major": "护理学",
            "learning_form": "full_time",
            "years": "4",
            "full_time": "yes",
            "graduated_on": "2024-06-30",
            "internship_hospital": "示范教学医院",
            "internship_from": "2023-07-01",
            "internship_to": "2024-03-31",
        },
        "exam": {"passed_on": passed.isoformat(), "certificate": "2026110001"},
        "practice": {
            "institution": HOSPITAL,
            "employment": "contract",
            "employed_from": "2026-09-01",
            "work_kind": "clinical",
        },
        "declaration": {"health": "fit", "truth": "on"},
    }
    return {step: {**fields, **steps.get(step, {})} for step, fields in typed.items()} | {
        step: fields for step, fields in steps.items() if step not in typed
    }


def walker_of(nurse: Account, hospital: House, desk: Desk) -> Walker:
    """Walks her cases; where the institution began one it plays her part."""
    players: dict[Actor, Account] = {
        Actor.APPLICANT: nurse,
        Actor.INSTITUTION: hospital.operator,
        Actor.ACCEPTOR: desk.acceptor,
        Actor.REVIEWER: desk.reviewer,
        Actor.DECIDER: desk.decider,
    }

    def plays(case: Case, actor: Actor) -> Account:
        by_house = actor is Actor.APPLICANT and case.begun_by_institution
        return players[Actor.INSTITUTION if by_house else actor]

    return Walker(plays, lambda case, material: (f"{material.title}.jpg", picture().read()))


@dataclass(frozen=True)
class Members:
    """Those of the world in which she is registered."""

    hospital: House
    nurse: Account
    desk: Desk
    draft: Case
    registered: Case


def _members() -> Members:
    load_jurisdictions()
    haidian = Scope.objects.get(code="110108")
    hospital, nurse = found(HOSPITAL, haidian, "110108"), new_nurse(Scope.objects.get(code="110000"))
    desk = Desk(*(new_clerk(role, haidian) for role in CLERKS))
    walker = walker_of(nurse, hospital, desk)
    draft = walker.draft(nurse, "nurse_first_registration", application())
    return Members(hospital, nurse, desk, draft, walker.walk(copy(draft)))


REGISTERED = World("nurse_is_registered", _members)
