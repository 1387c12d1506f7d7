"""A small register: doctors of one institution, some with faults that polishing and verification must find."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from tests.cast import Place, new_account
from tests.systems.doctors.people_of_pages import license_house, registered
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as_system
from yizheng.registry import ChangeKind, changing
from yizheng.registry.registers import Register
from yizheng.slices.columns import register_of
from yizheng.slices.cutting import cut
from yizheng.slices.models import Slice
from yizheng.systems.doctors.models import Registration

LINE = "registration:1:110000"
FIRST = date(2020, 1, 1)


@pytest.fixture(autouse=True)
def slices_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "SLICES_DIR", tmp_path / "slices")
    return tmp_path / "slices"


@pytest.fixture
def second_analyst(city: Scope) -> Account:
    return new_account(AccountKind.ANALYST, "吴复核", Role.ANALYST, city)


@pytest.fixture
def doctors() -> Register:
    return register_of("doctor")


def add_doctors(house: Place, district: Scope, number: int, first: int = 1, **values: object) -> list[int]:
    """So many registered doctors; their subjects."""
    subjects = []
    with acting_as_system("test"), changing(kind=ChangeKind.INTAKE, actor=None, cause="test") as change:
        for n in range(first, first + number):
            subject = change.subject("person")
            said = registered(house, practice_number=f"1101101080{n:05d}", **values)
            change.state(Registration, subject, LINE, said, valid_from=FIRST, authority_scope=district.pk)
            subjects.append(subject.pk)
    return subjects


@pytest.fixture
def staff(institution: Place, haidian: Scope) -> list[int]:
    license_house(institution, haidian)
    return add_doctors(institution, haidian, 4, department="一\t科\\二\n行")


def cut_now(register: Register, day: date = date(2026, 11, 30), account: Account | None = None) -> Slice:
    return cut(register, day, operator=account, reason="测试")
