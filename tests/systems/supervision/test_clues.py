"""From slices and service data to clues: repeated hits are one, an alliance explains one, the next slice closes an order."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import Place, new_account, sign_in
from tests.matrix import AccessMatrix
from tests.slices.conftest import LINE, add_doctors
from tests.systems.doctors.people_of_pages import license_house
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.registry import ChangeKind, changing, latest_position
from yizheng.slices.columns import register_of
from yizheng.slices.cutting import cut
from yizheng.systems.doctors.models import Registration
from yizheng.systems.supervision import clues
from yizheng.systems.supervision.clues import NotNow
from yizheng.systems.supervision.finding import figures, judge
from yizheng.systems.supervision.models import Clue, ClueState, Outcome

HEAD = "id,date,institution,kind,person_id,role,supervisor_id,subject,operation,first_visit,drug,age,guardian,loaded"


class TestWhoOpensTheClues(AccessMatrix):
    url = "/supervision/"
    readers = ("inspector",)
    refused = frozenset({302, 403, 404, 405})


@pytest.fixture(autouse=True)
def slices_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "SLICES_DIR", tmp_path / "slices")


@pytest.fixture
def second_inspector(haidian: Scope) -> Account:
    return new_account(AccountKind.INSPECTOR, "周监督", Role.INSPECTOR, haidian)


def cut_all(day: date) -> None:
    with acting_as_system("test"):
        position = latest_position()
        for code in ("institution", "doctor", "nurse", "people"):
            cut(register_of(code), day, position, operator=None, reason="测试")


def taken(client: Client, kind: str, *rows: str) -> None:
    head = HEAD if kind == "services" else "alliance,institution"
    sent = SimpleUploadedFile("x.csv", "\n".join((head, *rows)).encode())
    assert client.post("/supervision/extracts/take/", {"kind": kind, "extract": sent}).status_code == 302


def visit(day: str, place: Place, doctor: str, subject: str) -> str:
    return f"1,{day},{number(place)},outpatient,{doctor},doctor,,{subject},,,,,,"


def number(place: Place) -> str:
    return f"E{place.subject.pk:021d}"


@pytest.mark.django_db
def test_a_clue_is_explained_by_an_alliance_and_an_order_is_closed_by_the_next_slice(
    client: Client, institution: Place, another_institution: Place, haidian: Scope, chaoyang: Scope,
    inspector: Account, second_inspector: Account, other_district_clerk: Account,
) -> None:  # fmt: skip
    license_house(institution, haidian)
    license_house(another_institution, chaoyang)
    guest, dentist = add_doctors(institution, haidian, 2)
    sign_in(client, inspector)
    taken(
        client, "services",
        visit("2026-10-12", another_institution, "110110108000001", "03"),
        visit("2026-10-13", another_institution, "110110108000001", "03"),
        visit("2026-10-14", institution, "110110108000002", "12"),
    )  # fmt: skip
    cut_all(date(2026, 10, 31))
    judge()
    with acting_as(inspector):
        elsewhere = Clue.objects.get(rule="D02")
        order = Clue.objects.get(rule="D04")
        assert (elsewhere.subject, elsewhere.hits, elsewhere.authority_scope) == (str(guest), 2, haidian.pk)
        assert (order.subject, (order.due_on - date(2026, 10, 31)).days) == (str(dentist), 30)
        judge(inspector)
        assert Clue.objects.filter(rule="D02").count() == 1  # the same again is the same clue
        clues.take(elsewhere, inspector)
        clues.propose(elsewhere, inspector, Outcome.EXPLAINED, "两家同属一个医联体，医师法第十八条")
        with pytest.raises(NotNow, match="另一名监督员"):
            clues.confirm(elsewhere, inspector, agree=True)
        clues.take(order, inspector)
        clues.propose(order, inspector, Outcome.ORDERED, "调阅病历，超出执业范围")
    with acting_as(second_inspector):
        clues.confirm(elsewhere, second_inspector, agree=True)
        clues.confirm(order, second_inspector, agree=True)
        rates = {each.rule.code: (each.judged, each.confirmed) for each in figures(second_inspector)}
    assert (rates["D02"], rates["D04"]) == ((1, 0), (1, 1))
    taken(client, "alliances", f"清河医联体,{number(institution)}", f"清河医联体,{number(another_institution)}")
    with acting_as_system("test"), changing(kind=ChangeKind.DECISION, actor=None, cause="test") as change:
        change.end(Registration, dentist, LINE, on=date(2026, 10, 1))
    cut_all(date(2026, 11, 30))
    judge()
    with acting_as(inspector):
        order.refresh_from_db()
        assert (order.state, order.outcome) == (ClueState.CLOSED, Outcome.ORDERED)
        assert not Clue.objects.filter(rule="D02").exclude(pk=elsewhere.pk).exists()  # the alliance is honoured
    page = client.get(f"/supervision/{order.pk}/").content.decode()
    assert "2026-11-30 的切片已无此情形" in page
    assert "医师法" in client.get("/supervision/rules/").content.decode()
    with acting_as(other_district_clerk):
        assert not Clue.objects.visible_to(other_district_clerk).filter(pk=order.pk).exists()


@pytest.mark.django_db
def test_a_draw_is_made_shown_and_repeated(
    client: Client, institution: Place, haidian: Scope, inspector: Account, second_inspector: Account
) -> None:
    license_house(institution, haidian)
    sign_in(client, inspector)
    asked = {"scope": haidian.pk, "number": "1", "seed": "2026121期 03 11 15", "source": "12 月 1 日公开开奖号码"}
    page = client.post("/supervision/draws/new/", asked, follow=True).content.decode()
    assert ("海淀清河医院" in page, "孙监督" in page, "周监督" in page, "一致" in page) == (True, True, True, True)
    assert client.post("/supervision/draws/new/", {**asked, "number": "9"}).status_code == 422
