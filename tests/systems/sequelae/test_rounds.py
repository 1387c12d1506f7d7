"""The yearly round: inviting, attending, two people for a change of group, and a result in words a person understands."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.cast import new_account, new_subject, sign_in
from tests.systems.sequelae.conftest import NUMBERS, Office
from yizheng.people import vault
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account
from yizheng.people.scope import acting_as, acting_for_organisations
from yizheng.systems.sequelae.consultation.years import Year
from yizheng.systems.sequelae.examinations.cells import Cell
from yizheng.systems.sequelae.models import Attendance, Letter, Person
from yizheng.systems.sequelae.rounds import groups, letters, running
from yizheng.work import approval
from yizheng.work.models import Notice


@pytest.fixture
def admin(office: Office) -> Account:
    return office.staff[Role.COHORT_ADMIN]


def year(**values: float) -> Year:
    return Year(2026, date(2026, 11, 1), {code: Cell(value) for code, value in values.items()})


@pytest.mark.parametrize(
    ("values", "usual", "unusual", "alarming"),
    [
        ({"sbp": 120, "dbp": 80, "glu": 5.0}, ("血压", "血糖"), (), 0),
        ({"sbp": 139, "dbp": 89}, ("血压",), (), 0),
        ({"sbp": 140, "dbp": 80}, (), ("血压",), 0),
        ({"sbp": 179, "dbp": 100}, (), ("血压",), 0),
        ({"sbp": 180, "dbp": 100}, (), ("血压",), 1),
        ({"glu": 16.6}, (), ("血糖",), 0),
        ({"glu": 16.7}, (), ("血糖",), 1),
        ({"glu": 2.8}, (), ("血糖",), 1),
    ],
)
def test_a_result_is_told_in_plain_words_and_an_alarming_one_by_a_doctor(
    values: dict[str, float], usual: tuple[str, ...], unusual: tuple[str, ...], alarming: int
) -> None:
    found = letters.result_of(year(**values), "male")
    assert (found.usual, found.unusual, len(found.alarming)) == (usual, unusual, alarming)
    assert not any(f"{value:g}" in line for line in found.sentences() for value in values.values())


def test_everything_unusual_has_its_advice() -> None:
    assert set(letters.PLAIN.values()) == set(letters.ADVICE)


@pytest.mark.django_db
def test_a_round_invites_everybody_followed_and_an_absence_has_its_reason(office: Office, admin: Account) -> None:
    with acting_for_organisations("test"):
        Person.objects.filter(pk=office.people[2].pk).update(standing="dead", ended_on=date(2020, 1, 1))
    with acting_as(admin):
        made = running.open_round(admin, 2024, date(2024, 9, 1), date(2024, 11, 30), "市体检中心")
        assert set(Attendance.objects.filter(round=made).values_list("person", flat=True)) == {
            each.pk for each in office.people[:2]
        }
        for wanted in ((2024, date(2024, 9, 1), date(2024, 9, 30)), (2025, date(2024, 9, 1), date(2025, 9, 30))):
            with pytest.raises(running.Refused):
                running.open_round(admin, *wanted, "市体检中心")
        running.mark(admin, made, "t001", "attended", "")
        with pytest.raises(running.Refused, match="原因"):
            running.mark(admin, made, "T002", "absent", "")
        running.mark(admin, made, "T002", "absent", "away")
        with pytest.raises(running.Refused, match="邀请名单"):
            running.mark(admin, made, "T003", "attended", "")
        assert sorted(Attendance.objects.filter(round=made).values_list("came", "reason")) == [
            ("absent", "away"),
            ("attended", ""),
        ]


@pytest.mark.django_db
def test_the_group_changes_only_by_two_people(office: Office, admin: Account) -> None:
    person, other, keeper = office.people[0], office.another(Role.COHORT_ADMIN), office.staff[Role.COHORT_KEEPER]
    with acting_as(keeper), pytest.raises(approval.ApprovalRefused):
        groups.propose(keeper, person, "community", "补充证明")
    with acting_as(admin):
        with pytest.raises(approval.ApprovalRefused, match="不同"):
            groups.propose(admin, person, "on_duty", "补充证明")
        asked = groups.propose(admin, person, "community", "补充证明")
        with pytest.raises(approval.ApprovalRefused, match="另一人"):
            approval.approve(asked.pk, admin)
    with acting_as(keeper), pytest.raises(approval.ApprovalRefused, match="权限"):
        approval.approve(asked.pk, keeper)
    with acting_as(other):
        assert Person.objects.get(pk=person.pk).infected == "on_duty"
        approval.approve(asked.pk, other)
        assert Person.objects.get(pk=person.pk).infected == "community"


@pytest.mark.django_db
def test_a_person_reads_her_own_result_and_nobody_elses(client: Client, office: Office) -> None:
    subject = new_subject("person")
    vault.store(subject.pk, "resident_id", NUMBERS[0])
    herself = new_account(AccountKind.INDIVIDUAL, "王芳", subject=subject)
    stranger = new_account(AccountKind.INDIVIDUAL, "路人", subject=new_subject("person"))
    physician = office.staff[Role.RESPIRATORY]
    office.examined(office.people[0], office.now, sbp=185, dbp=95, glu=5.0)
    sign_in(client, physician)
    address = f"{office.people[0].get_absolute_url()}letter/"
    assert "须当面告知" in client.get(address).content.decode()
    text = "血糖在正常范围。\n血压请到门诊复查。"
    assert "已当面告知" in client.post(address, {"text": text}).content.decode()
    assert not _letters(office)
    assert client.post(address, {"text": text, "told": "on"}).status_code == 302
    assert Notice.objects.get(account=herself).title == "您有一份健康体检结果，请查看"
    sign_in(client, herself)
    assert "血压请到门诊复查" in client.get("/my/health-results/").content.decode()
    assert _letters(office)[0].read is not None
    sign_in(client, stranger)
    assert "没有发给您的体检结果" in client.get("/my/health-results/").content.decode()
    with acting_as(stranger):
        assert not Letter.objects.exists()


def _letters(office: Office) -> list[Any]:
    with acting_as(office.staff[Role.ORTHOPAEDIST]):
        return list(Letter.objects.all())


@pytest.mark.django_db
def test_the_pages_of_a_round_are_worked_by_the_administrator(client: Client, office: Office, admin: Account) -> None:
    sign_in(client, admin)
    sent = {"year": "2024", "starts": "2024-09-01", "ends": "2024-11-30", "organiser": "市体检中心"}
    assert client.post("/sequelae/rounds/open/", sent).status_code == 302
    assert "已经建立" in client.post("/sequelae/rounds/open/", sent).content.decode()
    assert client.post("/sequelae/rounds/2024/", {"code": "T001", "came": "attended"}).status_code == 302
    page = client.get("/sequelae/rounds/2024/").content.decode()
    assert "已参检 <b>1</b>" in page
    assert (
        client.post(
            f"{office.people[0].get_absolute_url()}group/", {"to": "community", "reason": "补充证明"}
        ).status_code
        == 302
    )
    sign_in(client, office.staff[Role.COHORT_KEEPER])
    assert client.post("/sequelae/rounds/open/", sent).status_code == 403
