"""Village doctors and specialists of Chinese medicine, from the draft to the register and the public page."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.systems.doctors.conftest import DECLARED, House, found, go_on
from tests.systems.doctors.public import announced, must_see
from tests.systems.doctors.standing_doctors import Doctor, person
from tests.systems.doctors.walking import Desk, desk_of, drafted, drafted_for, faults_of, walked
from yizheng.documents.models import Certificate, Status
from yizheng.kernel.calendar import add_months, add_years
from yizheng.kernel.chinese_dates import long_date
from yizheng.licensing.answers import load
from yizheng.licensing.catalogue import item as item_called
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.verbs.drafting import open_draft
from yizheng.licensing.verbs.enacting import propose
from yizheng.people.models import Scope
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.registry import ChangeKind, changing
from yizheng.systems.doctors.models import Qualification, Registration, VillageAssessment, VillageRegistration
from yizheng.systems.doctors.qualification import apprenticeship, speciality
from yizheng.systems.practitioners.models import RegistrationBar, TrainingProof

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
CLINIC, NEXT = "密云区石城村卫生室", "密云区西湾子村卫生室"
SCOPE = "针刺疗法：腰腿痛、面瘫"


def days(number: int) -> str:
    return (TODAY + timedelta(days=number)).isoformat()


@pytest.fixture
def district(city: Scope) -> Scope:
    return Scope.objects.get(code="110118")


@pytest.fixture
def clinic(district: Scope) -> House:
    return found(CLINIC, district, "110118", category="D600")


@pytest.fixture
def desk(district: Scope) -> Desk:
    return desk_of(district)


@pytest.fixture
def villager(district: Scope) -> Doctor:
    return person("石守田", district, ())


def typed(**practice: Any) -> dict[str, dict[str, Any]]:
    return {
        "practice": {
            "institution": CLINIC, "ground": "secondary", "entered_on": days(0), "trained_on": days(-100),
            "services": "预防、保健和一般医疗服务", **practice,
        },
        "declaration": DECLARED,
    }  # fmt: skip


def registered(villager: Doctor, clinic: House, desk: Desk) -> VillageRegistration:
    case = drafted(villager.account, "rural_doctor_registration", typed())
    assert faults_of(case, villager.account) == []
    walked(case, villager.account, clinic, desk)
    return standing(villager)


def standing(villager: Doctor) -> VillageRegistration:
    with acting_as_system("test"):
        return VillageRegistration.objects.as_of(TODAY).get(subject_id=villager.subject)


def test_a_village_doctor_is_registered_for_five_years_and_announced(villager, clinic, desk):
    fact = registered(villager, clinic, desk)
    assert fact.valid_until == add_years(TODAY, 5) - timedelta(days=1)
    with acting_as_system("test"):
        assert Certificate.objects.filter(kind="rural_doctor", subject_id=villager.subject).exists()
    entry = must_see(fact.certificate_number)
    assert (entry.state, entry.answer) == ("在册（注册有效）", "可以执业")
    assert entry.said("执业级别", "执业范围", "主要执业机构", "有效期至") == (
        "乡村医生", "预防、保健和一般医疗服务", CLINIC, long_date(fact.valid_until),
    )  # fmt: skip
    assert "石守田" in announced("registered", f"{TODAY:%Y-%m}", "石守田")


def test_only_village_institutions_take_village_doctors(villager, clinic, district):
    found("密云区示范医院", district, "110118", category="A100")
    case = drafted(villager.account, "rural_doctor_registration", typed(institution="密云区示范医院"))
    assert any("不是村医疗卫生机构" in fault for fault in faults_of(case, villager.account))


def test_a_village_doctor_is_suspended_for_months_and_may_lose_the_certificate(villager, clinic, desk, district):
    registered(villager, clinic, desk)
    last = add_months(TODAY, 3) - timedelta(days=1)
    said = {
        "kind": "suspension", "article": "village_doctor_regulation:38", "behaviour": "超出执业范围，逾期不改正",
        "authority_name": "密云区卫生健康委员会", "decided_by": "county", "document_number": "密卫罚〔2026〕1号",
        "decided_on": days(0), "suspended_from": days(0), "suspended_to": last.isoformat(), "review_state": "none",
    }  # fmt: skip
    punished(villager, desk, district, said)
    assert [on_day(villager, day) for day in (TODAY, last, last + timedelta(days=1))] == [
        "SUSPENDED", "SUSPENDED", "VALID",
    ]  # fmt: skip
    revocation = {
        **said, "kind": "revocation", "article": "village_doctor_regulation:39", "suspended_from": "", "suspended_to": "",
        "document_number": "密卫罚〔2026〕2号",
    }  # fmt: skip
    punished(villager, desk, district, revocation)
    assert on_day(villager, TODAY) == "REVOKED"
    with acting_as_system("test"):
        certificate = Certificate.objects.get(kind="rural_doctor", subject_id=villager.subject)
        assert certificate.status == Status.REVOKED
        assert {each.ground for each in RegistrationBar.objects.filter(subject_id=villager.subject)} == {"R04"}


def punished(villager: Doctor, desk: Desk, district: Scope, said: dict[str, Any]) -> None:
    with acting_as(desk.reviewer):
        case = propose(
            desk.reviewer, "rural_doctor_penalty_record", subject_id=villager.subject, subject_name="石守田",
            authority_scope=district.pk, evidence="见决定书。", answers={"penalty": said},
        )  # fmt: skip
    go_on(case, "enact", desk.decider, reason="决定书属实。")


def on_day(villager: Doctor, day: date) -> str:
    with acting_as_system("test"):
        return VillageRegistration.objects.as_of(day).get(subject_id=villager.subject).status


def test_a_renewal_adds_five_years_to_the_last_day(villager, clinic, desk):
    before = registered(villager, clinic, desk)
    renewal = {"renewal": {"trained_on": days(-10), "health": "fit", "services": "一般医疗服务"}}
    case = drafted(villager.account, "rural_doctor_renewal", renewal)
    assert faults_of(case, villager.account) == []
    walked(case, villager.account, clinic, desk)
    after = standing(villager)
    assert after.valid_until == add_years(before.valid_until + timedelta(days=1), 5) - timedelta(days=1)
    assert after.certificate_number == before.certificate_number
    assert must_see(after.certificate_number).said("有效期至") == (long_date(after.valid_until),)


def test_another_village_takes_over_until_the_same_day(villager, clinic, desk, district):
    before = registered(villager, clinic, desk)
    house = found(NEXT, district, "110118", category="D600")
    move = {"practice": {"institution": NEXT, "services": "一般医疗服务"}}
    case = drafted(villager.account, "rural_doctor_change", move)
    assert faults_of(case, villager.account) == []
    walked(case, villager.account, house, desk)
    after = standing(villager)
    assert (after.institution_id, after.valid_until) == (house.subject, before.valid_until)
    assert must_see(after.certificate_number).said("主要执业机构") == (NEXT,)


def test_who_failed_is_not_renewed_before_passing(villager, clinic, desk):
    registered(villager, clinic, desk)
    exam = {"cycle": "2025-2026", "assessed_on": days(-1), "kind": "regular", "result": "fail"}
    case = drafted_for(clinic, "rural_doctor_assessment", villager.subject, villager.name, {"assessment": exam})
    assert faults_of(case, clinic.operator) == []
    walked(case, clinic.operator, clinic, desk)
    renewal = {"renewal": {"trained_on": days(-10), "health": "fit", "services": "一般医疗服务"}}
    faults = faults_of(drafted(villager.account, "rural_doctor_renewal", renewal), villager.account)
    assert any("考核不合格" in fault for fault in faults)
    again = {**exam, "assessed_on": days(0), "kind": "repeated", "result": "pass"}
    case = drafted_for(clinic, "rural_doctor_assessment", villager.subject, villager.name, {"assessment": again})
    walked(case, clinic.operator, clinic, desk)
    with acting_as_system("test"):
        assert VillageAssessment.objects.current().filter(subject_id=villager.subject).count() == 2
    assert "考核" not in must_see(standing(villager).certificate_number).page


def test_the_district_ends_a_registration(villager, clinic, desk, district):
    registered(villager, clinic, desk)
    with acting_as(desk.reviewer):
        case = propose(
            desk.reviewer, "rural_doctor_deregistration", subject_id=villager.subject, subject_name=villager.name,
            authority_scope=district.pk, evidence="中止执业满二年。",
            answers={"ending": {"ground": "V3", "happened_on": days(-800)}},
        )  # fmt: skip
    case = go_on(case, "give_notice", desk.reviewer, reason="拟注销。")
    case = go_on(case, "ask_hearing", villager.account, reason="要求听证。")
    case = go_on(case, "end_hearing", desk.reviewer, reason="听证完毕。")
    case = go_on(case, "conclude", desk.reviewer, reason="提请决定。")
    go_on(case, "enact", desk.decider, reason="注销。")
    ended = standing(villager)
    assert (ended.status, ended.reason) == ("ENDED", "V3")
    assert must_see(ended.certificate_number).answer == "注册已注销，不得执业"
    assert "中止" not in announced("ended", f"{TODAY:%Y-%m}", "石守田")
    with acting_as_system("test"):
        assert not Certificate.objects.filter(subject_id=villager.subject, status=Status.VALID).exists()
    with acting_as(villager.account), pytest.raises(NotPossibleError, match="没有有效"):
        open_draft(villager.account, "rural_doctor_renewal")


def specialist(name: str, office: Scope, assessed: str = SCOPE) -> Doctor:
    made = person(name, office, ())
    with acting_as_system("test"), changing(kind=ChangeKind.INTAKE, actor=None, cause="test", reason="test") as change:
        held = {
            "level": "4", "category": "tcm", "qualified_on": date(2024, 5, 6), "way": "assessment",
            "issuer": "北京市中医管理局", "holder_name": name, "assessed_scope": assessed,
        }  # fmt: skip
        change.state(
            Qualification, made.subject, "qualification:1", held, valid_from=date(2024, 5, 6), authority_scope=office.pk
        )
    return made


def test_a_specialist_is_registered_for_what_was_assessed(haidian):
    house = found("海淀区杏春中医诊所", haidian, "110108", subjects=("50",), category="D212")
    doctor = specialist("杏守一", haidian)
    practice = {"institution": "海淀区杏春中医诊所", "employment": "contract", "employed_from": days(0)}
    case = drafted(doctor.account, "tcm_specialist_registration", {"practice": practice, "declaration": DECLARED})
    assert faults_of(case, doctor.account) == []
    walked(case, doctor.account, house, desk_of(haidian))
    with acting_as_system("test"):
        fact = Registration.objects.as_of(TODAY).get(subject_id=doctor.subject)
        assert Certificate.objects.filter(kind="tcm_specialist_practice", number=fact.practice_number).exists()
    assert (fact.level, fact.scope_text, fact.scopes) == ("4", SCOPE, [])
    entry = must_see(fact.practice_number)
    assert entry.said("执业级别", "执业范围", "主要执业机构") == (
        "中医（专长）医师", SCOPE, "海淀区杏春中医诊所",
    )  # fmt: skip
    assert entry.answer == "可以执业"
    with acting_as(doctor.account), pytest.raises(NotPossibleError, match="已在册"):
        open_draft(doctor.account, "tcm_specialist_registration")


def test_who_was_assessed_gets_the_qualification_and_is_registered_for_it(haidian, city):
    house = found("海淀区杏春中医诊所", haidian, "110108", subjects=("50",), category="D212")
    doctor = person("杏守二", haidian, ())
    learnt = {
        "way": "apprentice", "teacher": "杏守一", "learnt_from": "2018-03-01", "learnt_to": "2023-02-28",
        "first_recommender": "141110108000001", "second_recommender": "141110108000002",
    }  # fmt: skip
    assessed = {
        "assessed_scope": SCOPE, "assessed_on": "2023-06-01", "result": "pass", "document_number": "京中医考〔2023〕1号",
    }  # fmt: skip
    case = drafted(doctor.account, "tcm_specialist_assessment", {"learning": learnt, "speciality": assessed})
    assert faults_of(case, doctor.account) == []
    walked(case, doctor.account, house, desk_of(Scope.objects.get(code="TCM")))
    with acting_as_system("test"):
        held = Qualification.objects.current().get(subject_id=doctor.subject)
    assert (held.level, held.way, held.assessed_scope) == ("4", "speciality", SCOPE)
    practice = {"institution": "海淀区杏春中医诊所", "employment": "contract", "employed_from": days(0)}
    case = drafted(doctor.account, "tcm_specialist_registration", {"practice": practice, "declaration": DECLARED})
    assert faults_of(case, doctor.account) == []
    walked(case, doctor.account, house, desk_of(haidian))
    with acting_as_system("test"):
        assert Registration.objects.as_of(TODAY).get(subject_id=doctor.subject).scope_text == SCOPE


def test_who_learnt_from_a_master_sits_the_examination_and_is_registered_without_a_diploma(haidian, city):
    house = found("海淀区杏春中医诊所", haidian, "110108", subjects=("50",), category="D212")
    doctor = person("杏守三", haidian, ())
    learnt = {
        "teacher": "杏守一",
        "teacher_number": "141110108000001",
        "learnt_from": "2018-03-01",
        "learnt_to": "2021-02-28",
    }
    assessed = {"assessed_on": "2021-06-01", "result": "pass"}
    case = drafted(doctor.account, "tcm_apprenticeship_assessment", {"learning": learnt, "speciality": assessed})
    assert faults_of(case, doctor.account) == []
    walked(case, doctor.account, house, desk_of(Scope.objects.get(code="TCM")))
    with acting_as_system("test"):
        proof = TrainingProof.objects.current().get(subject_id=doctor.subject)
    assert (proof.kind, proof.passed, proof.happened_on, proof.number[:4]) == (
        "apprentice",
        True,
        date(2021, 6, 1),
        "SC11",
    )
    with acting_as(doctor.account):
        begun = load(open_draft(doctor.account, "tcm_specialist_assessment"))
        assert (begun.text("learning", "way"), begun.day("learning", "learnt_from")) == ("apprentice", date(2018, 3, 1))
    item = item_called("doctor_first_registration", TODAY)
    with acting_as_system("test"):
        applicant = item.gather(load(case), doctor.subject, TODAY)
    studies = next(each for each in item.steps if each.code == "education")
    assert not studies.applies(applicant, TODAY)
    assert studies.applies(replace(applicant, apprenticed=False), TODAY)


@pytest.mark.parametrize(
    ("last", "expected"), [(date(2021, 2, 27), ["D-C21"]), (date(2021, 2, 28), []), (date(2021, 3, 1), [])]
)  # fmt: skip
def test_an_apprentice_learns_for_three_continuous_years(last, expected):
    person_ = speciality.Assessed(learnt_from=date(2018, 3, 1), learnt_to=last, assessed_on=TODAY, passed=True, years=3)
    found = apprenticeship.ApprenticeshipAssessment().examine(person_, TODAY).blocks
    assert [each.code for each in found if each.code[:3] == "D-C"] == expected


@pytest.mark.parametrize(
    ("on", "passed", "expected"),
    [(TODAY, True, []), (TODAY + timedelta(days=1), True, ["D-C23"]), (TODAY, False, ["D-C23"])],
)
def test_an_apprentice_passed_the_assessment(on, passed, expected):
    (rule,) = [each for each in apprenticeship.ApprenticeshipAssessment.checks if each.code == "D-C23"]
    assert [each.code for each in rule(speciality.Assessed(assessed_on=on, passed=passed), TODAY)] == expected


@pytest.mark.parametrize(
    ("last", "expected"),
    [(date(2023, 2, 27), ["D-C11"]), (date(2023, 2, 28), []), (date(2023, 3, 1), []), (TODAY + timedelta(days=1), ["D-C11"])],
)  # fmt: skip
def test_five_continuous_years_are_learnt(last, expected):
    person_ = speciality.Assessed(learnt_from=date(2018, 3, 1), learnt_to=last)
    assert [each.code for each in speciality.learnt_for_years(person_, TODAY)] == expected


@pytest.mark.parametrize(("second", "expected"), [("2", []), ("1", ["D-C12"]), ("", [])])
def test_two_different_doctors_recommend(second, expected):
    person_ = speciality.Assessed(first_recommender="1", second_recommender=second)
    assert [each.code for each in speciality.recommended_by_two(person_, TODAY)] == expected


@pytest.mark.parametrize(
    ("on", "passed", "expected"),
    [
        (TODAY - timedelta(days=1), True, []), (TODAY, True, []), (TODAY + timedelta(days=1), True, ["D-C13"]),
        (TODAY, False, ["D-C13"]), (date(2023, 2, 27), True, ["D-C13"]), (date(2023, 2, 28), True, []),
    ],
)  # fmt: skip
def test_the_assessment_was_passed_after_the_years(on, passed, expected):
    person_ = speciality.Assessed(learnt_to=date(2023, 2, 28), assessed_on=on, passed=passed)
    assert [each.code for each in speciality.assessed_and_passed(person_, TODAY)] == expected


def test_without_an_assessment_nobody_is_a_specialist(villager):
    with acting_as(villager.account), pytest.raises(NotPossibleError, match="没有您的中医（专长）医师资格"):
        open_draft(villager.account, "tcm_specialist_registration")
