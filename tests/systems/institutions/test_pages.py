"""The register of institutions as pages: in reach, found, the licence with its history, and who may practise what."""

from datetime import date
from typing import ClassVar

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Place, sign_in
from tests.matrix import AccessMatrix
from tests.systems.doctors.people_of_pages import license_house, make_doctor
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as_system
from yizheng.registry import ChangeKind, changing
from yizheng.systems.institutions.licensing import end_licence
from yizheng.systems.institutions.questions import MayPractise, Staff, fitting, who_may_practise, who_practises

TODAY = date(2026, 1, 5)


@pytest.fixture
def licensed(institution: Place, another_institution: Place, haidian: Scope, chaoyang: Scope) -> Place:
    license_house(institution, haidian, ("02", "03", "04"))
    license_house(another_institution, chaoyang)
    return institution


def address_of(place: Place) -> str:
    return f"/institutions/{place.subject.pk}/"


class TestWhoLists(AccessMatrix):
    url = "/institutions/"
    readers = ("acceptor", "reviewer", "decider", "other_district_clerk", "city_clerk", "inspector")
    refused: ClassVar[frozenset[int]] = frozenset({302, 403, 405})


class TestWhoSeesOne(AccessMatrix):
    readers = ("institution", "acceptor", "reviewer", "decider", "city_clerk", "inspector")
    refused: ClassVar[frozenset[int]] = frozenset({302, 403, 404, 405})

    @pytest.fixture
    def address(self, licensed: Place) -> str:
        return address_of(licensed)


@pytest.mark.django_db
class TestTheList:
    def test_reach_and_search(self, client: Client, licensed: Place, reviewer: Account, city_clerk: Account) -> None:
        sign_in(client, reviewer)
        page = client.get("/institutions/").content.decode()
        assert "海淀清河医院" in page
        assert "朝阳望京门诊部" not in page
        assert "海淀清河医院" in client.get("/institutions/?q=清河").content.decode()
        number = f"E{licensed.subject.pk:021d}"
        assert "海淀清河医院" in client.get(f"/institutions/?q={number}").content.decode()
        assert "没有名称含" in client.get("/institutions/?q=协和").content.decode()
        assert "朝阳望京门诊部" in sign_in(client, city_clerk).get("/institutions/").content.decode()

    def test_it_is_paged(
        self, client: Client, licensed: Place, city_clerk: Account, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("yizheng.people.tables.table.SIZE", 1)
        first = sign_in(client, city_clerk).get("/institutions/")
        second = client.get("/institutions/", {"after": first.context["part"].page.after})
        names = [row.name for answer in (first, second) for row in answer.context["part"].page.rows]
        assert sorted(names) == sorted(["海淀清河医院", "朝阳望京门诊部"])
        assert second.context["part"].page.after == ""

    def test_an_operator_is_led_to_her_own(self, client: Client, licensed: Place) -> None:
        answer = sign_in(client, licensed.operator).get("/institutions/")
        assert (answer.status_code, answer["Location"]) == (302, address_of(licensed))


@pytest.mark.django_db
class TestOneInstitution:
    def test_who_may_practise_each_subject(
        self, client: Client, licensed: Place, haidian: Scope, decider: Account
    ) -> None:
        made = make_doctor("林知夏", licensed, haidian, by=decider)
        answer = sign_in(client, decider).get(f"{address_of(licensed)}subjects/?subject=03")
        counts = {row["code"]: row["count"] for row in answer.context["subjects"]}
        assert counts == {"02": 0, "03": 1, "04": 0}
        page = answer.content.decode()
        assert f'href="/doctors/{made.subject.pk}/"' in page
        assert "谁可以在此从事内科" in page

    def test_the_page_counts_what_the_question_answers(self, licensed: Place, haidian: Scope, decider: Account) -> None:
        make_doctor("林知夏", licensed, haidian, by=decider)
        people = who_practises.ask(Staff(licensed.subject.pk, TODAY))
        for code in ("02", "03", "04"):
            asked = who_may_practise.ask(MayPractise(licensed.subject.pk, code, TODAY))
            assert fitting(people, code) == asked

    def test_when_no_room_answers_the_page_says_so(
        self, client: Client, licensed: Place, reviewer: Account, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(who_practises, "_answers", [])
        page = sign_in(client, reviewer).get(f"{address_of(licensed)}subjects/").content.decode()
        assert "不能回答谁可以在此执业" in page
        assert "空白不表示没有人" in page

    def test_an_end_is_told_with_its_difference(self, client: Client, licensed: Place, reviewer: Account) -> None:
        with (
            acting_as_system("test"),
            changing(kind=ChangeKind.DECISION, actor=None, cause="test", reason="机构申请注销") as change,
        ):
            end_licence(change, licensed.subject.pk, on=date(2024, 6, 1), status="deregistered")
        page = sign_in(client, reviewer).get(address_of(licensed)).content.decode()
        assert "已注销" in page
        assert "医师不得在此执业" in client.get(f"{address_of(licensed)}subjects/").content.decode()
        assert "机构申请注销" in page
        assert "<del>正常执业</del>" in page

    def test_the_number_of_queries_does_not_grow_with_subjects(
        self, client: Client, licensed: Place, haidian: Scope, decider: Account
    ) -> None:
        sign_in(client, decider)
        client.get(f"{address_of(licensed)}subjects/")
        with CaptureQueriesContext(connection) as few:
            client.get(f"{address_of(licensed)}subjects/")
        license_house(licensed, haidian, ("02", "03", "04", "05", "07", "10", "11", "13"))
        with CaptureQueriesContext(connection) as many:
            client.get(f"{address_of(licensed)}subjects/")
        assert len(many) == len(few) <= 34
