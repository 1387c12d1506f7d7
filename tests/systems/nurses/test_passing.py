"""The passing list of the nurses' examination: who passed both subjects in a year, in order, and who was registered since."""

from datetime import date
from pathlib import Path
from typing import ClassVar

import pytest
from django.test import Client

from tests.cast import new_account, sign_in
from tests.matrix import AccessMatrix
from tests.systems.nurses.test_exam_file import checked, examinee
from yizheng.intake.formats import format_of
from yizheng.intake.verbs.enter import enter
from yizheng.people import vault
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as_system
from yizheng.registry import ChangeKind, changing
from yizheng.systems.nurses.models import LINE, NurseRegistration

PAGE = "/nurses/passing/"
EXAMINED = [
    examinee(2),
    examinee(4, practice="350"),
    examinee(6, practice="299", passed="否"),
    examinee(8, year="2025", passed_on="2025-06-30"),
]


class TestWhoReadsTheList(AccessMatrix):
    url = PAGE
    readers = ("acceptor", "reviewer", "decider", "other_district_clerk", "city_clerk")
    refused: ClassVar[frozenset[int]] = frozenset({302, 403, 405})


@pytest.fixture
def city_clerk(city: Scope) -> Account:
    return new_account(AccountKind.CLERK, "顾清禾", Role.DECIDER, city)


@pytest.fixture
def first(city: Scope, tmp_path: Path, vault_key: None) -> int:
    """The results are in the register; the one who passed with the lower sum, whom they make known."""
    with acting_as_system("test"):
        batch = checked(tmp_path, EXAMINED, city)
        assert batch.accepted == len(EXAMINED)
        enter(batch, format_of("nurse_exam"), actor=None, approved_by=None)
        return vault.find("resident_id", EXAMINED[0]["number"]) or 0


@pytest.mark.django_db
def test_who_passed_is_listed_by_points_printed_and_exported(client: Client, first: int, city_clerk: Account) -> None:
    sign_in(client, city_clerk)
    page = client.get(PAGE)
    rows = page.context["part"].rows
    assert [(row["place"], row["name"], row["result"].points) for row in rows] == [
        (1, EXAMINED[1]["name"], 650),
        (2, EXAMINED[0]["name"], 630),
    ]
    assert "有成绩 3 人，合格 2 人；已注册 0 人" in page.content.decode()
    other = client.get(PAGE, {"year": "2025"})
    assert [row["name"] for row in other.context["part"].rows] == [EXAMINED[3]["name"]]
    assert "2020年没有合格的成绩" in client.get(PAGE, {"year": "2020"}).content.decode()
    printed = client.get("/lists/nurse_exam_passed/print/", {"year": "2026"}).content.decode()
    assert EXAMINED[0]["name"] in printed
    assert EXAMINED[0]["number"] not in printed
    assert client.get("/lists/nurse_exam_passed/export/", {"year": "2026"}).getvalue().startswith(b"PK")


@pytest.mark.django_db
def test_who_was_registered_since_is_told_apart(client: Client, first: int, city: Scope, city_clerk: Account) -> None:
    began = date(2026, 8, 3)
    values = {"number": "202611000001", "registered_on": began, "term_from": began, "term_to": date(2031, 8, 2)}
    with acting_as_system("test"), changing(kind=ChangeKind.DECISION, actor=None, cause="test") as change:
        change.state(NurseRegistration, first, LINE, values, valid_from=began, authority_scope=city.pk)
    page = sign_in(client, city_clerk).get(PAGE)
    assert [row["word"] for row in page.context["part"].rows] == ["待注册", "已注册"]
    assert page.context["granted"] == 1
