"""Two districts a year apart: paediatricians came and went, nurses and beds stand still, slices of both days."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from tests.cast import Place, new_account
from tests.slices.conftest import LINE as REGISTRATION
from tests.systems.doctors.people_of_pages import license_house, registered
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as_system
from yizheng.registry import ChangeKind, changing, latest_position
from yizheng.slices.columns import register_of
from yizheng.slices.cutting import cut
from yizheng.systems.doctors.models import Registration
from yizheng.systems.practitioners.models import PersonIdentity
from yizheng.systems.practitioners.models.identity import LINE as WHO

THEN, NOW = date(2025, 11, 30), date(2026, 11, 30)


@pytest.fixture(autouse=True)
def slices_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "SLICES_DIR", tmp_path / "slices")


@pytest.fixture
def second_analyst(city: Scope) -> Account:
    return new_account(AccountKind.ANALYST, "吴复核", Role.ANALYST, city)


@dataclass
class World:
    """Who was registered where."""

    haidian: Scope
    chaoyang: Scope
    haidian_people: list[int]


@pytest.fixture
def world(institution: Place, another_institution: Place, haidian: Scope, chaoyang: Scope) -> World:
    """Haidian: eight paediatricians then, two of them gone now and one new; Chaoyang: six, and three of another scope."""
    license_house(institution, haidian)
    license_house(another_institution, chaoyang)
    here = _doctors(institution, haidian, 8, "14", 1)
    _doctors(institution, haidian, 1, "14", 50, since=date(2026, 5, 1))
    _doctors(another_institution, chaoyang, 6, "14", 100)
    _doctors(another_institution, chaoyang, 3, "11", 200)
    with acting_as_system("test"), changing(kind=ChangeKind.DECISION, actor=None, cause="test") as change:
        for subject in here[:2]:
            change.end(Registration, subject, REGISTRATION, on=date(2026, 3, 1))
    with acting_as_system("test"):
        position = latest_position()
        for day in (THEN, NOW):
            for code in ("doctor", "people", "institution"):
                cut(register_of(code), day, position, operator=None, reason="测试")
    return World(haidian, chaoyang, here)


def _doctors(
    house: Place, district: Scope, number: int, scope: str, first: int, since: date = date(2020, 1, 1)
) -> list[int]:
    subjects = []
    with acting_as_system("test"), changing(kind=ChangeKind.INTAKE, actor=None, cause="test") as change:
        for n in range(first, first + number):
            subject = change.subject("person")
            born = date(1960 + n % 40, 6, 15)
            who = {"name": f"测{n}", "sex": str(1 + n % 2), "birth_date": born, "ethnic_group": "01"}
            change.state(PersonIdentity, subject, WHO, who, valid_from=born, authority_scope=district.pk)
            said = registered(house, practice_number=f"1101101080{n:05d}", scopes=[scope])
            change.state(Registration, subject, REGISTRATION, said, valid_from=since, authority_scope=district.pk)
            subjects.append(subject.pk)
    return subjects
