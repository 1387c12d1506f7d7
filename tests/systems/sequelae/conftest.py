"""An office with one account a role, two people with one name, a round that runs and one of 2008."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.cast import new_account
from yizheng.people.kinds import Role
from yizheng.people.models import Account, Scope
from yizheng.people.rights.roles import RULES
from yizheng.people.scope import acting_for_organisations
from yizheng.systems.sequelae import rights, sealing
from yizheng.systems.sequelae.models import Examination, Person, Round, Source
from yizheng.systems.sequelae.office import open_office
from yizheng.systems.sequelae.persons.identities import Entered, Who, enter

NUMBERS = ("110108198409161933", "110108198409191972", "110108198409201982")
BIRTHS = ("1984-09-16", "1984-09-19", "1984-09-20")


def entered(number: int, name: str, sex: str = "male") -> Entered:
    """Somebody to be entered: the n-th of the invented numbers."""
    return Entered(
        {"code": f"T{number:03d}", "sex": sex, "birth_year": 1984, "infected": "on_duty", "district": "110108",
         "registered_on": date(2004, 9, 1)},
        Who(name, BIRTHS[number - 1], NUMBERS[number - 1], f"1990000000{number}"),
        {"onset": "2003-04-01", "dose_g": 4.2},
    )  # fmt: skip


@dataclass(frozen=True)
class Office:
    """The office, who works there, and whom it looks after."""

    scope: Scope
    staff: dict[Role, Account]
    people: list[Person]
    now: Round
    early: Round
    source: Source

    def another(self, role: Role) -> Account:
        """A further account of a role."""
        return new_account(RULES[role].kind, f"另一{role.label}", role, self.scope)

    def examined(self, person: Person, of: Round, **values: float) -> Examination:
        """An examination that stands."""
        content = {code: {"number": value} for code, value in values.items()}
        with acting_for_organisations("test"):
            return Examination.objects.create(
                person=person, round=of, source=self.source, on=of.starts,
                sealed=sealing.seal([(person.subject_id, content)])[0],
            )  # fmt: skip


@pytest.fixture
def office(city: Scope) -> Office:
    scope, today = open_office(), timezone.localdate()
    staff = {role: new_account(RULES[role].kind, role.label, role, scope) for role in sorted(rights.EVERYBODY)}
    with acting_for_organisations("test"):
        people = enter([entered(1, "王芳"), entered(2, "王芳"), entered(3, "欧阳晓明")])
        now = Round.objects.create(
            year=today.year, organiser="市体检中心", starts=today - timedelta(days=3), ends=today + timedelta(days=30)
        )
        early = Round.objects.create(
            year=2008, organiser="市体检中心", starts=date(2008, 9, 1), ends=date(2008, 11, 30)
        )
        source = Source.objects.create(code="center", title="市体检中心")
    return Office(scope, staff, people, now, early, source)


def hip(**said: Any) -> dict[str, Any]:
    """A hip of an opinion: nothing wrong with it but what is said."""
    return {"stage": "", "type": "", "volume": None, "collapse": None, "oedema": False, "effusion": False, "vas": None,
            "surgery": "", **said}  # fmt: skip


def hips(left: dict[str, Any], right: dict[str, Any] | None = None) -> dict[str, Any]:
    """An opinion of both hips."""
    return {"hips": {"l": left, "r": right or hip()}, "said": "", "advice": "", "next": "", "sure": False}
