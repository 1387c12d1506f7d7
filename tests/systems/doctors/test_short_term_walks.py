"""Doctors from Hong Kong, Macau, Taiwan and abroad, from the draft to the register, the certificate and the public page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cast import new_account, new_subject, sign_in
from tests.systems.doctors.conftest import DECLARED, HOSPITAL, House, found, go_on
from tests.systems.doctors.public import announced, entry_of, must_see
from tests.systems.doctors.walking import Desk, desk_of, drafted, drafted_for, faults_of, walked
from yizheng.disclosure.models import PublicPractitioner
from yizheng.disclosure.verdicts import verdict_on
from yizheng.documents import sealing
from yizheng.documents.models import Certificate, Status
from yizheng.kernel.calendar import add_years
from yizheng.kernel.chinese_dates import long_date
from yizheng.licensing.deadlines.computing import recompute
from yizheng.licensing.deadlines.firing import fire
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case, Expiry, RuleValue
from yizheng.licensing.rows_field import RowsField
from yizheng.licensing.verbs.drafting import open_draft
from yizheng.licensing.verbs.enacting import propose
from yizheng.people import vault
from yizheng.people.kinds import AccountKind
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.registry import ChangeKind, changing
from yizheng.systems.doctors.models import ShortTermPractice, TeamPermit
from yizheng.systems.doctors.short_term.team_rules import MemberRow
from yizheng.systems.practitioners.bars import enter_bar
from yizheng.systems.practitioners.models import PersonIdentity

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
OTHER = "北京安和医院"


def days(number: int) -> str:
    return (TODAY + timedelta(days=number)).isoformat()


@pytest.fixture
def house(haidian: Scope) -> House:
    return found(HOSPITAL, haidian, "110108", subjects=("02", "03", "04"))


@pytest.fixture
def other(city: Scope) -> House:
    return found(OTHER, city, "110101", subjects=("03", "04"), category="A100")


@pytest.fixture
def city_desk(city: Scope) -> Desk:
    return desk_of(city)


@pytest.fixture
def hongkong(city: Scope) -> Account:
    subject = new_subject("person")
    vault.store(subject, "hmt_permit", "H12345678")
    return new_account(AccountKind.INDIVIDUAL, "区慕白", subject=subject)


@pytest.fixture
def foreigner(city: Scope) -> Account:
    subject = new_subject("person")
    vault.store(subject, "passport", "C01X00T47")
    return new_account(AccountKind.INDIVIDUAL, "Erika Mustermann", subject=subject)


def hmt(**practice: Any) -> dict[str, dict[str, Any]]:
    return {
        "person": {
            "name": "区慕白", "foreign_name": "AU Mo Pak", "sex": "1", "birth_date": "1980-05-06", "origin": "HK",
            "id_type": "06", "id_number": "H12345678", "permanent_resident_number": "A1234563",
            "mobile": "+852 5123 4567",
        },
        "licence": {
            "home_licence_number": "M01234", "home_licence_authority": "香港示范医务委员会",
            "home_licence_until": "", "medical_degree": "医学士", "notarisation_number": "2026-港-001",
        },
        "practice": {
            "institution": HOSPITAL, "category": "clinical", "scope": "11", "contract_from": days(0),
            "contract_to": add_years(TODAY, 5).isoformat(), **practice,
        },
        "proofs": {"health_checked_on": days(-10), "photo_taken_on": days(-20), "criminal_checked_on": days(-30)},
        "declaration": DECLARED,
    }  # fmt: skip


def abroad(*rows: dict[str, str], **licence: Any) -> dict[str, dict[str, Any]]:
    return {
        "person": {
            "name": "Erika Mustermann", "sex": "2", "birth_date": "1978-02-03", "nationality": "276",
            "id_number": "C01X00T47", "passport_until": days(2000), "mobile": "+49 170 1234567",
        },
        "licence": {
            "degree": "Dr. med.", "university": "Musteruniversität", "home_licence_number": "DE-4711",
            "home_licence_authority": "Musterkammer", "home_licence_until": "", "specialty": "Cardiology",
            "notarisation_number": "APO-1", **licence,
        },
        "hosts": {"hosts": list(rows) or [host(HOSPITAL)]},
        "proofs": {"health_checked_on": days(-10), "photo_taken_on": days(-20), "truth": True},
    }  # fmt: skip


def host(name: str, until: int = 500) -> dict[str, str]:
    return {
        "institution": name, "work": "心脏介入示教", "place": "心内科", "agreement_from": days(0),
        "agreement_to": days(until), "agreement_number": f"AG-{name}",
    }  # fmt: skip


def of(account: Account) -> list[ShortTermPractice]:
    with acting_as_system("test"):
        rows = ShortTermPractice.objects.as_of(TODAY).filter(subject_id=account.subject_id or 0)
        return list(rows.order_by("line"))


def registered(account: Account, typed: dict[str, dict[str, Any]], house: House, desk: Desk) -> Case:
    case = drafted(account, "hmt_short_term_registration", typed)
    assert faults_of(case, account) == []
    return walked(case, account, house, desk)


def test_a_hongkong_doctor_is_registered_certified_and_found(hongkong, house, city_desk):
    case = registered(hongkong, hmt(), house, city_desk)
    (practice,) = of(hongkong)
    last = add_years(TODAY, 3) - timedelta(days=1)
    assert (practice.origin, practice.valid_until, practice.scopes) == ("HK", last, ["11"])
    assert practice.authority_scope == case.authority_scope
    with acting_as_system("test"):
        certificate = Certificate.objects.get(subject_id=hongkong.subject_id)
        printed, _ = sealing.unseal(certificate)
    assert certificate.kind == "hk_macau_short"
    assert printed["identity_number"] == "H12345678"
    shown = PublicPractitioner.objects.get(subject=hongkong.subject_id)
    assert (shown.level, shown.standing) == ("港澳医师短期行医", "REG")
    entry = must_see(practice.certificate_number)
    assert (entry.state, entry.answer) == ("在册（注册有效）", "可以执业")
    assert entry.said("执业级别", "执业类别", "执业范围", "主要执业机构", "有效期至") == (
        "港澳医师短期行医", "临床", "内科专业", HOSPITAL, long_date(last),
    )  # fmt: skip
    assert not any(words in entry.page for words in ("H12345678", "A1234563", "M01234"))
    assert "区慕白" in announced("registered", f"{TODAY:%Y-%m}", "区慕白")
    with acting_as(house.operator):
        assert ShortTermPractice.objects.visible_to(house.operator).exists()


def test_the_last_day_counts_and_the_day_after_is_recorded_by_the_clock(hongkong, house, city_desk):
    registered(hongkong, hmt(contract_to=days(30)), house, city_desk)
    (practice,) = of(hongkong)
    last = TODAY + timedelta(days=30)
    assert practice.valid_until == last
    shown = PublicPractitioner.objects.get(subject=hongkong.subject_id)
    verdicts = [verdict_on(shown, last + timedelta(days=n)).may_practise for n in (-1, 0, 1)]
    assert verdicts == [True, True, False]
    with acting_as_system("test"):
        recompute(last, [hongkong.subject_id])
        assert fire(last) == 0
        recompute(last + timedelta(days=1), [hongkong.subject_id])
        fire(last + timedelta(days=1))
        now = ShortTermPractice.objects.current().get(subject_id=hongkong.subject_id, status="EXPIRED")
        assert now.valid_from == last + timedelta(days=1)
        assert Expiry.objects.current().filter(subject_id=hongkong.subject_id, clock="short_term").exists()
        certificate = Certificate.objects.get(subject_id=hongkong.subject_id)
    assert (certificate.status, certificate.ending) == (Status.REVOKED, "lapsed")


def test_the_level_that_decides_is_dated_data(hongkong, house, haidian, city_clerk):
    RuleValue.objects.create(code="levels.hmt_short_term", value=2, valid_from=TODAY)
    case = drafted(hongkong, "hmt_short_term_registration", hmt())
    assert go_on(case, "submit", hongkong).authority_scope == haidian.pk


def test_chinese_medicine_goes_to_its_own_office(hongkong, city):
    found(HOSPITAL, city, "110108", subjects=("50",), category="A210")
    case = drafted(hongkong, "hmt_short_term_registration", hmt(category="tcm", scope="51"))
    submitted = go_on(case, "submit", hongkong)
    assert submitted.authority_scope == Scope.objects.get(code="TCM").pk


def test_public_health_and_stale_proofs_are_refused(hongkong, house):
    typed = hmt()
    typed["proofs"]["health_checked_on"] = days(-120)
    typed["person"]["origin"] = "TW"
    faults = faults_of(drafted(hongkong, "hmt_short_term_registration", typed), hongkong)
    assert any("体检已超过 3 个月" in fault for fault in faults)
    assert any("香港居民证件" in fault for fault in faults)


def test_a_change_shortens_and_never_prolongs(hongkong, house, city_desk):
    registered(hongkong, hmt(), house, city_desk)
    (before,) = of(hongkong)
    amended = {
        "scope": "12",
        "department": "外科",
        "contract_from": days(0),
        "contract_to": days(100),
        "purpose": "转科",
    }
    case = drafted(hongkong, "hmt_short_term_change", {"amended": amended})
    assert faults_of(case, hongkong) == []
    walked(case, hongkong, house, city_desk)
    (after,) = of(hongkong)
    assert (after.scopes, after.valid_until) == (["12"], TODAY + timedelta(days=100))
    assert after.certificate_number == before.certificate_number
    entry = must_see(after.certificate_number)
    assert entry.said("执业范围", "有效期至") == ("外科专业", long_date(TODAY + timedelta(days=100)))
    with acting_as_system("test"):
        certificate = Certificate.objects.get(subject_id=hongkong.subject_id, status=Status.VALID)
    assert certificate.version == 2


def test_the_institution_reports_the_end_and_nobody_is_barred_by_it(hongkong, house, city_desk):
    registered(hongkong, hmt(), house, city_desk)
    typed = {"ending": {"ground": "S1", "happened_on": days(-1), "explanation": "合同解除"}}
    case = drafted_for(house, "hmt_short_term_deregistration", hongkong.subject_id, "区慕白", typed)
    walked(case, house.operator, house, city_desk)
    (after,) = of(hongkong)
    assert (after.status, after.reason) == ("ENDED", "S1")
    entry = must_see(after.certificate_number)
    assert (entry.state, entry.answer) == ("已注销", "注册已注销，不得执业")
    assert "短期行医或者乡村执业终止" in announced("ended", f"{TODAY:%Y-%m}", "区慕白")
    with acting_as(hongkong):
        again = open_draft(hongkong, "hmt_short_term_registration")
    assert again.state == "draft"


def test_a_revocation_by_the_authority_bars_for_two_years(hongkong, house, city, city_desk):
    registered(hongkong, hmt(), house, city_desk)
    with acting_as(city_desk.reviewer):
        case = propose(
            city_desk.reviewer, "short_term_ex_officio_ending", subject_id=hongkong.subject_id,
            subject_name="区慕白", authority_scope=city.pk, evidence="违规行医，已吊销。",
            answers={"ending": {"ground": "S4", "happened_on": days(0)}},
        )  # fmt: skip
    case = go_on(case, "give_notice", city_desk.reviewer, reason="拟吊销。")
    case = go_on(case, "ask_hearing", hongkong, reason="要求听证。")
    case = go_on(case, "end_hearing", city_desk.reviewer, reason="听证完毕。")
    case = go_on(case, "conclude", city_desk.reviewer, reason="提请决定。")
    go_on(case, "enact", city_desk.decider, reason="决定吊销。")
    (revoked,) = of(hongkong)
    assert revoked.status == "REVOKED"
    entry = must_see(revoked.certificate_number)
    assert (entry.state, entry.answer) == ("吊销（执业证书）", "执业证书已被吊销，不得执业")
    faults = faults_of(drafted(hongkong, "hmt_short_term_registration", hmt()), hongkong)
    assert any("不予注册" in fault for fault in faults)


def test_a_penalty_on_a_doctor_here_for_a_short_term_revokes_from_the_day_of_the_decision(
    hongkong, house, city, city_desk
):
    registered(hongkong, hmt(), house, city_desk)
    said = {
        "kind": "revocation", "article": "physicians_law:57", "behaviour": "超出注册的执业范围，情节严重",
        "authority_name": "北京市卫生健康委员会", "decided_by": "county", "document_number": "京卫罚〔2026〕9号",
        "decided_on": days(0), "review_state": "none",
    }  # fmt: skip
    with acting_as(city_desk.reviewer):
        case = propose(
            city_desk.reviewer, "short_term_penalty_record", subject_id=hongkong.subject_id, subject_name="区慕白",
            authority_scope=city.pk, evidence="见决定书。", answers={"penalty": said},
        )  # fmt: skip
    go_on(case, "enact", city_desk.decider, reason="决定书属实。")
    (revoked,) = of(hongkong)
    assert (revoked.status, revoked.reason) == ("REVOKED", "S4")
    assert must_see(revoked.certificate_number).state == "吊销（执业证书）"
    faults = faults_of(drafted(hongkong, "hmt_short_term_registration", hmt()), hongkong)
    assert any("不予注册" in fault for fault in faults)


def test_a_lost_certificate_is_made_again(hongkong, house, city_desk):
    registered(hongkong, hmt(), house, city_desk)
    typed = {"reissue": {"cause": "lost", "explanation": "途中遗失"}}
    walked(drafted(hongkong, "hmt_short_term_reissue", typed), hongkong, house, city_desk)
    with acting_as_system("test"):
        rows = Certificate.objects.filter(subject_id=hongkong.subject_id).order_by("version")
        assert [(row.version, row.made_for) for row in rows] == [(1, "first"), (2, "lost")]
    assert "遗失" not in must_see(of(hongkong)[0].certificate_number).page


def test_without_a_practice_nothing_is_changed_ended_or_made_again(applicant):
    for code in (
        "hmt_short_term_change", "hmt_short_term_deregistration", "hmt_short_term_reissue",
        "foreign_short_term_renewal", "foreign_short_term_cancel", "foreign_short_term_reissue",
    ):  # fmt: skip
        with acting_as(applicant), pytest.raises(NotPossibleError, match="没有"):
            open_draft(applicant, code)


def permitted(foreigner: Account, house: House, desk: Desk, *rows: dict[str, str], **licence: Any) -> Case:
    case = drafted(foreigner, "foreign_short_term_permit", abroad(*rows, **licence))
    assert faults_of(case, foreigner) == []
    return walked(case, foreigner, house, desk)


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
    page = (
        Client().get("/public/doctors/", {"name": "Erika Mustermann", "institution": "青禾"}).content.decode()
    )
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
    for words in (
        "Name as in passport",
        "德国 Germany",
        "The health check is older",
        "Host institutions",
        "Submit",
    ):
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
        enter_bar(
            change, foreigner.subject_id, "R17", TODAY, authority_scope=city.pk, authority_name="示范机关"
        )
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


def test_who_may_not(foreigner, hongkong, house, other, other_district_clerk, city_desk):
    permitted(foreigner, house, city_desk)
    with acting_as(other_district_clerk):
        assert not ShortTermPractice.objects.visible_to(other_district_clerk).exists()
    with acting_as(other.operator):
        assert not ShortTermPractice.objects.visible_to(other.operator).exists()
    with acting_as(hongkong):
        assert not ShortTermPractice.objects.visible_to(hongkong).exists()
    with acting_as(foreigner):
        assert ShortTermPractice.objects.visible_to(foreigner).count() == 1


def test_an_effect_that_fails_leaves_nothing(hongkong, house, city_desk, monkeypatch):
    from yizheng.systems.doctors.short_term import registering

    case = drafted(hongkong, "hmt_short_term_registration", hmt())
    monkeypatch.setattr(registering, "certified", lambda *args, **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        walked(case, hongkong, house, city_desk)
    assert of(hongkong) == []
    with acting_as_system("test"):
        assert Case.objects.get(pk=case.pk).state == "deciding"
