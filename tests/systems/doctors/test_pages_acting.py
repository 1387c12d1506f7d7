"""The page on which an authority begins an act about a doctor: who may, what it refuses, what it opens."""

from __future__ import annotations

from typing import ClassVar

import pytest
from django.test import Client

from tests.cast import Place, sign_in
from tests.matrix import AccessMatrix
from tests.systems.doctors.people_of_pages import Made, license_house, make_doctor
from tests.systems.doctors.test_penalties_and_assessments import penalty
from yizheng.licensing.models import Case
from yizheng.people.models import Account, Scope


@pytest.fixture
def made(institution: Place, haidian: Scope, decider: Account) -> Made:
    license_house(institution, haidian)
    return make_doctor("林知夏", institution, haidian, by=decider)


def posted(**values: str) -> dict[str, str]:
    typed = {f"penalty-{name}": str(value) for name, value in penalty(**values).items()}
    return {**typed, "evidence": "见处罚决定书。"}


class TestActs(AccessMatrix):
    readers = ("reviewer", "city_clerk")
    refused: ClassVar[frozenset[int]] = frozenset({302, 403, 404, 405})

    @pytest.fixture
    def address(self, made: Made) -> str:
        return f"/doctors/{made.subject.pk}/acts/"


class TestOneAct(AccessMatrix):
    readers = ("reviewer", "city_clerk")
    writers = ("reviewer",)
    posted: ClassVar[dict[str, str]] = posted()
    refused: ClassVar[frozenset[int]] = frozenset({302, 403, 404, 405})

    @pytest.fixture
    def address(self, made: Made) -> str:
        return f"/doctors/{made.subject.pk}/acts/doctor_penalty_record/"

    def state(self) -> int:
        return Case.objects.count()


@pytest.mark.django_db
def test_what_the_law_does_not_allow_is_told_at_once(client: Client, made: Made, reviewer: Account) -> None:
    page = sign_in(client, reviewer).post(
        f"/doctors/{made.subject.pk}/acts/doctor_penalty_record/",
        posted(kind="warning_fine", amount="500", suspended_from="", suspended_to=""),
    )
    assert page.status_code == 422
    assert "罚款不得低于10000元" in page.content.decode()
    assert not Case.objects.exists()


@pytest.mark.django_db
def test_an_item_of_applicants_is_not_begun_here(client: Client, made: Made, reviewer: Account) -> None:
    address = f"/doctors/{made.subject.pk}/acts/doctor_info_change/"
    assert sign_in(client, reviewer).get(address).status_code == 404
