"""Doctors and teams from abroad, from the draft to the permit and what becomes of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import sign_in
from tests.systems.doctors.conftest import HOSPITAL, go_on
from tests.systems.doctors.public import entry_of, must_see
from tests.systems.doctors.test_short_term_walks import (
    OTHER,
    TODAY,
    abroad,
    city_desk,
    days,
    foreigner,
    host,
    house,
    of,
    other,
    permitted,
)
from tests.systems.doctors.walking import drafted, drafted_for, faults_of, walked
from yizheng.disclosure.models import PublicPractitioner
from yizheng.documents import sealing
from yizheng.documents.models import Certificate, Status
from yizheng.kernel.calendar import add_years
from yizheng.licensing.asking.rows_field import RowsField
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.registry import ChangeKind, changing
from yizheng.systems.doctors.models import ShortTermPractice, TeamPermit
from yizheng.systems.doctors.short_term.foreign_team import MemberRow
from yizheng.systems.practitioners.bars import enter_bar
from yizheng.systems.practitioners.models import PersonIdentity

__all__ = ["city_desk", "foreigner", "house", "other"]
pytestmark = pytest.mark.django_db


def test_a_foreign_doctor_has_a_line_a_host_under_one_permit(foreigner, house, other, city_desk):
    permitted(foreigner, house, city_desk, host(HOSPITAL), host(OTHER, until=100))
    practices = of(foreigner)
    assert {each.institution_id for each in practices} == {house.subject, other.subject}
    assert len({each.certificate_number for each in practices}) == 1
    last = add_years(TODAY, 1) - timedelta(days=1)
    assert {each.institution_id: each.valid_until for each in practices} == {
        house.subject: last, other.subject: TODAY + timedelta(days=100),
    }  # fmt: skip
    with acting_as_system("test"):
        printed, _ = sealing.unseal(Certificate.objects.get(subject_id=foreigner.subject_id))
    assert (printed["nationality"], printed["institution"]) == ("德国", f"{HOSPITAL}；{OTHER}")
    shown = PublicPractitioner.objects.get(subject=foreigner.subject_id)
    assert shown.name == "Erika Mustermann"
    page = Client().get("/public/doctors/", {"name": "Erika Mustermann", "institution": "青禾"}).content.decode()
    assert "Erika Mustermann" in page
    assert "C01X00T47" not in page
    entry = must_see(practices[0].certificate_number)
    assert entry.said("执业级别", "执业类别", "执业范围", "国籍") == (
        "外国医师短期行医", "按许可的诊疗项目", "心脏介入示教", "德国",
    )  # fmt: skip
    assert {entry.fields["主要执业机构"], entry.fields["多机构备案"]} == {HOSPITAL, OTHER}


def test_the_licence_at_home_ends_a_permit_earlier(foreigner, house, city_desk):
    permitted(foreigner, house, city_desk, home_licence_until=days(40))
    assert of(foreigner)[0].valid_until == TODAY + timedelta(days=40)


def test_the_form_is_in_two_languages_for_the_applicant_and_in_one_at_the_desk(foreigner, house, city_desk):
    typed = abroad()
    typed["proofs"]["health_checked_on"] = days(-200)
    typed["person"]["name"] = ""
    case = drafted(foreigner, "foreign_short_term_permit", typed)
    client = sign_in(Client(), foreigner)
    page = client.get(f"/my/cases/{case.number}/form/").content.decode()
    for words in ("Name as in passport", "德国 Germany", "The health check is older", "Host institutions", "Submit"):
        assert words in page
    page = client.post(f"/my/cases/{case.number}/form/", {"then": "submit"}).content.decode()
    assert "Please enter: Name as in passport" in page
    case = drafted(foreigner, "foreign_short_term_permit", abroad())
    case = go_on(case, "submit", foreigner)
    case = go_on(case, "confirm", house.operator)
    page = client.get(f"/my/cases/{case.number}/").content.decode()
    for words in (
        "Received, awaiting acceptance",
        "个人信息 Applicant",
        "Name as in passport",
        "Progress",
        "Visa or permit type",
    ):
        assert words in page
    page = sign_in(Client(), city_desk.acceptor).get(f"/desk/cases/{case.number}/").content.decode()
    assert "姓名（护照）" in page
    for words in ("Name as in passport", "Host institutions", "Germany"):
        assert words not in page


def test_the_rows_of_hosts_come_from_a_browser(foreigner, house):
    case = drafted(foreigner, "foreign_short_term_permit", abroad())
    sent = {f"hosts-hosts-0-{name}": value for name, value in host(HOSPITAL).items()}
    sent |= {"hosts-hosts-1-institution": "没有的医院", "hosts-hosts-1-work": "x"}
    client = sign_in(Client(), foreigner)
    client.post(f"/my/cases/{case.number}/form/", {**sent, "then": "stay"})
    with acting_as(foreigner):
        kept = Case.objects.visible_to(foreigner).get(pk=case.pk).answers["hosts"]["hosts"]
    assert [row["institution"] for row in kept] == [HOSPITAL, "没有的医院"]
    assert any("没有的医院" in fault for fault in faults_of(case, foreigner))


def test_a_new_permit_takes_the_place_of_the_former_one(foreigner, house, city_desk):
    permitted(foreigner, house, city_desk, host(HOSPITAL, until=20))
    first = of(foreigner)[0].certificate_number
    case = drafted(foreigner, "foreign_short_term_renewal", abroad())
    assert faults_of(case, foreigner) == []
    walked(case, foreigner, house, city_desk)
    (now,) = of(foreigner)
    assert now.status == "VALID"
    assert now.certificate_number != first
    assert entry_of(first) is None
    assert must_see(now.certificate_number).answer == "可以执业"
    with acting_as_system("test"):
        held = Certificate.objects.filter(subject_id=foreigner.subject_id, status=Status.VALID)
        assert [each.number for each in held] == [now.certificate_number]


def test_a_permit_is_cancelled_and_made_again(foreigner, house, city_desk):
    permitted(foreigner, house, city_desk)
    typed = {"reissue": {"cause": "damaged", "explanation": "water"}}
    walked(drafted(foreigner, "foreign_short_term_reissue", typed), foreigner, house, city_desk)
    typed = {"ending": {"ground": "S1", "happened_on": days(0)}}
    walked(drafted(foreigner, "foreign_short_term_cancel", typed), foreigner, house, city_desk)
    (ended,) = of(foreigner)
    assert ended.status == "ENDED"
    assert must_see(ended.certificate_number).answer == "注册已注销，不得执业"
    with acting_as_system("test"):
        assert not Certificate.objects.filter(subject_id=foreigner.subject_id, status=Status.VALID).exists()


def team_of(members: tuple[tuple[str, str], ...]) -> dict[str, dict[str, Any]]:
    rows = [
        {
            "name": name, "sex": "2", "birth_date": "1980-01-01", "nationality": "276", "passport": passport,
            "home_licence_number": "L", "home_licence_until": "", "health_checked_on": days(-5),
        }
        for name, passport in members
    ]  # fmt: skip
    team = {
        "team_name": "示范国际医疗队", "country": "德国", "leader": "Erika Mustermann", "licence_number": "T-1",
        "purpose": "心脏外科示教", "agreement_number": "A-1", "agreement_from": days(0), "agreement_to": days(60),
    }  # fmt: skip
    return {"team": team, "members": {"members": rows}}


MEMBERS = (("Erika Mustermann", "C01X00T47"), ("Ada Beispiel", "C01X00T48"))


def test_a_member_with_a_recorded_ground_keeps_the_team_out(house, city, foreigner):
    with acting_as_system("test"), changing(kind=ChangeKind.DECISION, actor=None, cause="test") as change:
        enter_bar(change, foreigner.subject_id, "R17", TODAY, authority_scope=city.pk, authority_name="示范机关")
    case = drafted_for(house, "foreign_team_short_term_permit", house.subject, HOSPITAL, team_of(MEMBERS))
    (fault,) = faults_of(case, house.operator)
    assert fault.startswith("Erika Mustermann有登记在案的不予注册或者不予受理情形")
    assert "虚假" not in fault
    case = drafted_for(house, "foreign_team_short_term_permit", house.subject, HOSPITAL, team_of(MEMBERS[1:]))
    assert faults_of(case, house.operator) == []


def test_the_sex_and_nationality_of_a_member_are_codes(house, client):
    typed = team_of((("Ada Beispiel", "C01X00T48"),))
    (row,) = typed["members"]["members"]
    row |= {"sex": "女", "nationality": "156"}
    case = drafted_for(house, "foreign_team_short_term_permit", house.subject, HOSPITAL, typed)
    (fault,) = faults_of(case, house.operator)
    assert "性别：请从列表中选择" in fault
    assert "国籍：请从列表中选择" in fault
    sign_in(client, house.operator)
    page = client.get(reverse("my:form", args=[case.number])).content.decode()
    assert '<option value="276">德国</option>' in page
    words = RowsField(MemberRow, row_word="成员").in_words([{"sex": "2", "nationality": "276"}])
    assert words == "性别：女性，国籍：德国"


def test_a_team_comes_with_its_members(house, city_desk, foreigner):
    case = drafted_for(house, "foreign_team_short_term_permit", house.subject, HOSPITAL, team_of(MEMBERS))
    assert faults_of(case, house.operator) == []
    assert "C01X00T48" not in str(case.answers)
    walked(case, house.operator, house, city_desk)
    with acting_as_system("test"):
        permit = TeamPermit.objects.as_of(TODAY).get(subject_id=house.subject)
        members = ShortTermPractice.objects.as_of(TODAY).filter(team=permit.certificate_number)
        assert members.filter(subject_id=foreigner.subject_id).exists()
        assert (permit.members, members.count()) == (2, 2)
        assert Certificate.objects.filter(kind="foreign_team", subject_id=house.subject).exists()
        names = PersonIdentity.objects.as_of(TODAY).filter(name="Ada Beispiel")
        ada = PublicPractitioner.objects.get(subject=names.get().subject_id)
    page = Client().get(f"/public/doctors/{ada.token}/").content.decode()
    assert all(words in page for words in ("Ada Beispiel", "可以执业", "德国", HOSPITAL))
    assert "C01X00T48" not in page
