"""The register's pages for staff: finding a doctor, her record on any day, and who is let in."""

from datetime import date
from typing import ClassVar

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Place, sign_in
from tests.matrix import AccessMatrix
from tests.systems.doctors.people_of_pages import (
    LINE,
    Made,
    give_identity_number,
    license_house,
    make_doctor,
    registered,
)
from yizheng.people.models import Account, Scope, UnmaskingRecord
from yizheng.people.scope import acting_as_system
from yizheng.registry import ChangeKind, changing
from yizheng.systems.doctors.models import Registration

READERS = ("institution", "acceptor", "reviewer", "decider", "city_clerk", "inspector")


@pytest.fixture
def doctor(institution: Place, another_institution: Place, haidian: Scope, decider: Account) -> Made:
    license_house(institution, haidian)
    return make_doctor("林知夏", institution, haidian, by=decider, second=another_institution)


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


class TestWhoSearches(AccessMatrix):
    url = "/doctors/"
    readers = (*READERS, "another_institution", "other_district_clerk")
    refused: ClassVar[frozenset[int]] = frozenset({302, 403, 405})


class TestWhoSeesTheDoctor(AccessMatrix):
    readers = READERS
    refused: ClassVar[frozenset[int]] = frozenset({302, 403, 404, 405})

    @pytest.fixture
    def address(self, doctor: Made) -> str:
        return f"/doctors/{doctor.subject.pk}/"


class TestWhoSeesANumber(AccessMatrix):
    readers = ("acceptor", "reviewer", "decider", "city_clerk", "inspector")
    writers = readers
    posted: ClassVar[dict[str, str]] = {"reason": "核对身份"}
    refused: ClassVar[frozenset[int]] = frozenset({302, 403, 404, 405})

    @pytest.fixture
    def address(self, doctor: Made) -> str:
        give_identity_number(doctor)
        return f"/doctors/{doctor.subject.pk}/reveal/resident_id/"

    def state(self) -> int:
        return UnmaskingRecord.objects.count()


@pytest.mark.django_db
class TestFinding:
    @pytest.mark.parametrize(
        "typed", ["林知夏", "知夏", "lin", "linzhixia", "lzx", "110110108004217", "海淀清河", "林"]
    )
    def test_every_way_of_asking(self, client: Client, doctor: Made, reviewer: Account, typed: str) -> None:
        assert f'href="/doctors/{doctor.subject.pk}/"' in text(sign_in(client, reviewer), f"/doctors/?q={typed}")

    def test_by_institution(self, client: Client, doctor: Made, institution: Place, reviewer: Account) -> None:
        sign_in(client, reviewer)
        for house in (institution.scope.name, str(institution.subject.pk)):
            assert f"/doctors/{doctor.subject.pk}/" in text(client, f"/doctors/?house={house}")
        assert f"/doctors/{doctor.subject.pk}/" not in text(client, "/doctors/?house=望京")

    def test_another_district_finds_nobody(self, client: Client, doctor: Made, other_district_clerk: Account) -> None:
        sign_in(client, other_district_clerk)
        for typed in ("林知夏", "110110108004217", "海淀清河"):
            assert f"/doctors/{doctor.subject.pk}/" not in text(client, f"/doctors/?q={typed}")

    def test_pages_follow_one_another_and_cost_the_same(
        self, client: Client, institution: Place, haidian: Scope, decider: Account, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        made = [
            make_doctor(name, institution, haidian, by=decider, number=f"11011010800{index:04d}")
            for index, name in enumerate(("安一", "安二", "安三", "安四", "安五"))
        ]
        sign_in(client, decider)
        text(client, "/doctors/?q=安二")
        with CaptureQueriesContext(connection) as one:
            text(client, "/doctors/?q=安二")
        with CaptureQueriesContext(connection) as five:
            text(client, "/doctors/?q=安")
        assert len(one) == len(five)
        own = [
            each
            for each in five.captured_queries
            if any(t in each["sql"] for t in ("people_searchname", "doctors_", "people_scope"))
        ]
        assert len(own) <= 8
        monkeypatch.setattr("yizheng.people.tables.table.SIZE", 2)
        seen: list[int] = []
        after = ""
        for _ in range(3):
            answer = client.get("/doctors/", {"q": "an", "after": after})
            seen += [int(row["url"].split("/")[2]) for row in answer.context["part"].rows]
            after = answer.context["part"].page.after
        assert sorted(seen) == sorted(each.subject.pk for each in made)
        assert after == ""

    def test_a_broken_position_begins_at_the_top(self, client: Client, doctor: Made, reviewer: Account) -> None:
        assert "林知夏" in text(sign_in(client, reviewer), "/doctors/?after=%21%21")


@pytest.mark.django_db
class TestTheRecord:
    def test_today(self, client: Client, doctor: Made, reviewer: Account) -> None:
        page = text(sign_in(client, reviewer), f"/doctors/{doctor.subject.pk}/")
        for said in (
            "林知夏",
            "在册",
            "可以执业",
            "内科专业；全科医学专业",
            "海淀清河医院",
            "朝阳望京门诊部",
            "增加执业范围：全科医学",
        ):
            assert said in page
        assert "正在看" not in page

    def test_another_day_as_known_today(self, client: Client, doctor: Made, reviewer: Account) -> None:
        page = text(sign_in(client, reviewer), f"/doctors/{doctor.subject.pk}/?day=2021-06-01")
        assert "正在看 2021年6月1日" in page
        assert "2021年6月1日的登记" in page
        assert "调离（L01）" in page
        assert "不能执业" in page

    def test_another_day_as_known_then(self, client: Client, doctor: Made, reviewer: Account) -> None:
        answer = sign_in(client, reviewer).get(f"/doctors/{doctor.subject.pk}/?day=2021-06-01&known=then")
        page = answer.content.decode()
        assert answer.context["moment"].position == 0
        assert "没有执业注册" in page
        assert "当时所知与今天所知不同" in page

    def test_a_day_that_cannot_be_read_is_today(self, client: Client, doctor: Made, reviewer: Account) -> None:
        assert "今天的登记" in text(sign_in(client, reviewer), f"/doctors/{doctor.subject.pk}/?day=gestern")

    def test_before_and_after_of_a_change(self, client: Client, doctor: Made, reviewer: Account) -> None:
        change = doctor.changes["widened"]
        answer = sign_in(client, reviewer).get(f"/doctors/{doctor.subject.pk}/?change={change.pk}")
        (line,) = answer.context["chosen"]["lines"]
        assert ("执业范围", "内科专业", "内科专业；全科医学专业") in line["rows"]
        assert line["same"] > 5
        assert "widened经审核属实" in answer.content.decode()

    def test_the_lines_are_drawn(self, client: Client, doctor: Made, reviewer: Account) -> None:
        drawing = sign_in(client, reviewer).get(f"/doctors/{doctor.subject.pk}/").context["drawing"]
        assert drawing.labels[:3] == ("医师资格 执业医师", "执业注册 北京市", "多机构备案 朝阳望京门诊部")
        assert [bar.look for bar in drawing.bars] == ["plain", "filled", "hatched", "filled", "filled", "outlined"]
        assert [mark.text for mark in drawing.diamonds] == ["合格"]

    def test_the_number_of_queries_does_not_grow_with_history(
        self, client: Client, doctor: Made, institution: Place, haidian: Scope, decider: Account
    ) -> None:
        sign_in(client, decider)
        address = f"/doctors/{doctor.subject.pk}/"
        text(client, address)
        with CaptureQueriesContext(connection) as now:
            text(client, address)
        assert len(now) <= 46
        with CaptureQueriesContext(connection) as then:
            text(client, f"{address}?day={date(2018, 1, 1)}")
        assert len(then) <= len(now)

    def test_the_number_is_covered_until_asked_for(self, client: Client, doctor: Made, reviewer: Account) -> None:
        give_identity_number(doctor)
        sign_in(client, reviewer)
        address = f"/doctors/{doctor.subject.pk}/"
        page = text(client, address)
        assert "110***********0328" in page
        assert "110108199003280328" not in page
        assert client.post(f"{address}reveal/resident_id/", {"reason": " "}).status_code == 422
        shown = client.post(f"{address}reveal/resident_id/", {"reason": "核对"})
        assert shown.content.decode() == "110108199003280328"
        assert shown["Cache-Control"] == "no-store"
        looked = UnmaskingRecord.objects.get(subject=doctor.subject)
        assert (looked.account, looked.reason) == (reviewer, "医师登记：核对")


@pytest.mark.django_db
class TestAFormerAuthority:
    def test_it_keeps_what_it_decided_and_does_not_call_her_unregistered(
        self, client: Client, doctor: Made, institution: Place, chaoyang: Scope, reviewer: Account
    ) -> None:
        moved = registered(institution, place="110000")
        with acting_as_system("test"), changing(kind=ChangeKind.DECISION, actor=None, cause="test") as change:
            change.state(
                Registration, doctor.subject, LINE, moved, valid_from=date(2026, 1, 5), authority_scope=chaoyang.pk
            )
        page = text(sign_in(client, reviewer), f"/doctors/{doctor.subject.pk}/")
        assert "今天的登记" in page
        assert "由北京市朝阳区卫生健康委员会登记" in page
        assert "没有执业注册" not in page
        assert "***217" in page
        assert "增加执业范围：全科医学" in page
        assert "在册" in text(client, "/doctors/?q=林知夏")
