"""Doctors from Hong Kong, Macau and Taiwan, from the draft to the register, the certificate and the public page."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.cast import new_account, new_subject
from tests.systems.doctors.conftest import DECLARED, HOSPITAL, House, found, go_on
from tests.systems.doctors.public import announced, must_see
from tests.systems.doctors.walking import Desk, desk_of, drafted, drafted_for, faults_of, walked
from yizheng.disclosure.models import PublicPractitioner
from yizheng.disclosure.verdicts import verdict_on
from yizheng.documents import sealing
from yizheng.documents.models import Certificate, Status
from yizheng.documents.paper.sheets import certificate_pages
from yizheng.kernel.calendar import add_years
from yizheng.kernel.chinese_dates import long_date
from yizheng.licensing.deadlines.computing import recompute
from yizheng.licensing.deadlines.firing import fire
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case, Expiry, RuleValue
from yizheng.licensing.verbs.drafting import open_draft
from yizheng.licensing.verbs.enacting import propose
from yizheng.people import vault
from yizheng.people.kinds import AccountKind
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.systems.doctors.models import ShortTermPractice
from yizheng.systems.doctors.short_term.item import ShortTermItem

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
    vault.store(subject.pk, "hmt_permit", "H12345678")
    return new_account(AccountKind.INDIVIDUAL, "区慕白", subject=subject)


@pytest.fixture
def foreigner(city: Scope) -> Account:
    subject = new_subject("person")
    vault.store(subject.pk, "passport", "C01X00T47")
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
        printed, _ = sealing.unseal(certificate)
        assert [each[:2] for each in printed["changes"]] == [["变更执业范围、聘用协议", days(0)]]
        assert certificate_pages([certificate]).startswith(b"%PDF")


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
    case = drafted(hongkong, "hmt_short_term_registration", hmt())
    monkeypatch.setattr(ShortTermItem, "certified", lambda *args, **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        walked(case, hongkong, house, city_desk)
    assert of(hongkong) == []
    with acting_as_system("test"):
        assert Case.objects.get(pk=case.pk).state == "deciding"
