"""Many decisions at the same moment: every one its own number, certificate and place in the register, none lost."""

import re
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from tests.systems.doctors.conftest import HOSPITAL, NAME, House, go_on
from tests.systems.doctors.crowd import NAMES, Desk, apply_all, qualified
from yizheng.documents.models import Certificate
from yizheng.licensing.models import Case
from yizheng.licensing.states import CaseState
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as_system
from yizheng.registry.models import Change
from yizheng.registry.seals.sealing import seal_pending
from yizheng.registry.seals.verification import verify
from yizheng.systems.doctors.models import Registration

pytestmark = pytest.mark.django_db(transaction=True)

CASES = 64
THREADS = 16


@pytest.fixture(autouse=True)
def witness_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "WITNESS_DIR", tmp_path / "witness")


@pytest.fixture
def waiting(hospital: House, haidian: Scope, acceptor: Account, reviewer: Account) -> list[Case]:
    """Cases of as many doctors, all on the decider's desk."""
    desk = Desk(HOSPITAL, hospital.scope, haidian.pk, acceptor, reviewer)
    return apply_all(qualified(NAMES[:CASES], haidian.pk), desk, CaseState.DECIDING)


def at_once(acts: list[Callable[[], Case]]) -> list[Case]:
    """Carry the acts out from sixteen threads, each with a connection of its own."""

    def closing(act: Callable[[], Case]) -> Case:
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(closing, acts))


def grant_all(cases: list[Case], decider: Account) -> list[Case]:
    def granting(case: Case) -> Callable[[], Case]:
        return lambda: go_on(case, "grant", decider, reason="符合注册条件")

    return at_once([granting(case) for case in cases])


def each_has_her_own(granted: list[Case]) -> None:
    """A practice number and a certificate of it for each, told in the result of her case."""
    persons = {case.subject_id for case in granted}
    with acting_as_system("test"):
        numbers = dict(Registration.objects.current().values_list("subject_id", "practice_number"))
        certificates = list(Certificate.objects.values_list("subject_id", "number"))
    assert set(numbers) == persons
    assert len(set(numbers.values())) == len(granted)
    assert len(certificates) == len(granted)
    assert dict(certificates) == numbers
    told = {case.subject_id: case.summary.rpartition(" ")[2] for case in granted}
    assert told == numbers


def the_register_is_whole() -> None:
    """Every change has its place, none twice and none left out, and what was sealed is what stands."""
    positions = list(Change.objects.order_by("position").values_list("position", flat=True))
    assert positions == list(range(1, Change.objects.count() + 1))
    while seal_pending():
        pass
    report = verify()
    assert (report.findings, report.sealed_to) == ([], len(positions))


def test_decisions_at_once_give_each_her_own(waiting: list[Case], decider: Account) -> None:
    granted = grant_all(waiting, decider)
    assert [case.state for case in granted] == [CaseState.GRANTED] * CASES
    each_has_her_own(granted)
    the_register_is_whole()


def test_the_public_finds_her_within_a_second(client: Client, reviewed: Case, decider: Account) -> None:
    asked = {"name": NAME, "institution": HOSPITAL}
    assert not _found(client, asked)
    go_on(reviewed, "grant", decider, reason="符合注册条件")
    granted = time.monotonic()
    assert len(_found(client, asked)) == 1
    assert time.monotonic() - granted < 1


def _found(client: Client, asked: dict[str, str]) -> list[str]:
    """The entries the public is led to."""
    page = client.get("/public/doctors/", asked).content.decode()
    return re.findall(r'href="/public/doctors/[a-z0-9]+/', page)
