"""From the form to the register: a qualified doctor is registered, certified and found by the public."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.systems.doctors.conftest import DECLARED, HOSPITAL, NAME, NUMBER, go_on, practice
from tests.systems.doctors.public import announced, must_see
from yizheng.documents.models import Certificate, Status
from yizheng.kernel.chinese_dates import long_date
from yizheng.licensing.answers import load
from yizheng.licensing.cases import examining
from yizheng.licensing.findings import Severity
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case
from yizheng.licensing.verbs import perform
from yizheng.licensing.verbs.drafting import keep, open_draft
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.registry import ChangeKind, changing
from yizheng.registry.models import Basis
from yizheng.systems.doctors.models import Registration
from yizheng.systems.doctors.registration.first_registration import FirstRegistration
from yizheng.systems.institutions.licensing import end_licence
from yizheng.systems.institutions.questions import MayPractise, who_may_practise
from yizheng.systems.practitioners.models import PersonIdentity, RegistrationBar
from yizheng.systems.practitioners.models.bar import line as bar_line

pytestmark = pytest.mark.django_db


def found(case, severity):
    with acting_as_system("test"):
        findings = examining.examine(case, timezone.localdate()).findings
    return [finding.code for finding in findings.of(severity)]


def test_the_form_begins_with_what_is_known(doctor, hospital):
    with acting_as(doctor):
        typed = load(open_draft(doctor, "doctor_first_registration"))
    assert typed["person"]["name"] == NAME
    assert typed["person"]["id_number"] == NUMBER
    assert typed["person"]["birth_date"] == date(1996, 4, 26)
    assert typed["education"]["school"] == "华北示范医科大学"
    assert typed["practice"] == {"level": "1", "category": "clinical"}


def test_no_number_lies_open_in_the_case(draft):
    assert NUMBER not in str(draft.answers)
    assert "19900000001" not in str(draft.answers)


def test_a_complete_draft_has_nothing_against_it(draft, doctor):
    with acting_as(doctor):
        examination = examining.examine(draft, timezone.localdate())
    assert [finding.message for finding in examination.findings.blocks] == []
    assert [finding.message for finding in examination.findings.advice] == []
    assert examination.hindrance(weigh_advice=True) is None
    assert len(examination.findings.passes) == len(FirstRegistration.checks)


def test_a_grant_registers_certifies_and_publishes(registered, doctor, haidian):
    with acting_as_system("test"):
        registration = Registration.objects.current().get(subject_id=doctor.subject_id)
        certificate = Certificate.objects.get(subject_id=doctor.subject_id)
        identity = PersonIdentity.objects.as_of(timezone.localdate()).get(subject_id=doctor.subject_id)
    assert registration.practice_number == "110110108000001"
    assert (registration.place, registration.status, registration.scopes) == ("110000", "REG", ["11"])
    assert registration.authority_scope == haidian.pk
    assert (certificate.number, certificate.status) == (registration.practice_number, Status.VALID)
    assert certificate.issuer == "北京市海淀区卫生健康委员会"
    assert identity.photo
    entry = must_see(registration.practice_number)
    assert (entry.state, entry.answer) == ("在册（注册有效）", "可以执业")
    assert entry.fields == {
        "执业级别": "执业医师", "执业类别": "临床", "执业范围": "内科专业", "执业地点": "北京市",
        "主要执业机构": HOSPITAL, "执业证书编码": "110 110108 ***001", "批准机关": "北京市海淀区卫生健康委员会",
        "首次注册": long_date(timezone.localdate()),
    }  # fmt: skip
    assert entry.history == (f"首次注册：{HOSPITAL}",)
    assert NAME in announced("registered", f"{timezone.localdate():%Y-%m}", NAME)
    assert registered.summary == "准予注册，执业证书编码 110110108000001"


def test_a_decision_keeps_what_it_relied_on(registered):
    tables = set(Basis.objects.filter(change_id=registered.change_id).values_list("fact_table", flat=True))
    assert {"practitioners_identity", "doctors_qualification", "institutions_licence"} <= tables


def test_the_institution_sees_its_doctor_from_then_on(registered, doctor, hospital):
    with acting_as(hospital.operator):
        assert Registration.objects.visible_to(hospital.operator).filter(subject_id=doctor.subject_id).exists()


def test_another_district_does_not(registered, doctor, other_district_clerk):
    with acting_as(other_district_clerk):
        assert not Registration.objects.filter(subject_id=doctor.subject_id).exists()


def test_doctors_answer_who_may_practise(registered, doctor, hospital):
    asked = MayPractise(hospital.subject, "03.04", timezone.localdate())
    assert [each.name for each in who_may_practise.ask(asked)] == [NAME]
    assert who_may_practise.ask(MayPractise(hospital.subject, "12", timezone.localdate())) == []


def test_who_is_registered_cannot_apply_again(registered, doctor):
    with acting_as(doctor), pytest.raises(NotPossibleError, match="已在册"):
        open_draft(doctor, "doctor_first_registration")


def test_without_a_qualification_nobody_begins(applicant):
    with acting_as(applicant), pytest.raises(NotPossibleError, match="没有您的医师资格"):
        open_draft(applicant, "doctor_first_registration")


@pytest.mark.parametrize(
    ("typed", "code"),
    [({"scope": "15"}, "D-I02"), ({"scope": "11", "second_scope": "21", "third_scope": "51"}, "D-S01")],
)
def test_what_is_typed_is_checked_at_once(draft, doctor, typed, code):
    with acting_as(doctor):
        case = keep(draft, doctor, {"practice": practice(**typed)})
    assert code in found(case, Severity.BLOCK)


def test_general_practice_is_put_to_a_person(draft, doctor):
    with acting_as(doctor):
        case = keep(draft, doctor, {"practice": practice(scope="21")})
    assert found(case, Severity.ADVISE) == ["D-I02"]


def test_a_declared_punishment_blocks_until_two_years_have_passed(draft, doctor):
    served = timezone.localdate() - timedelta(days=300)
    declared = {"criminal_record": "yes", "sentence_served_on": served.isoformat()}
    with acting_as(doctor):
        case = keep(draft, doctor, {"declaration": declared})
    assert found(case, Severity.BLOCK) == ["D-R02"]


def test_a_bar_recorded_after_the_review_stops_the_grant(reviewed, doctor, decider, city):
    with (
        acting_as_system("test"),
        changing(kind=ChangeKind.DECISION, actor=None, cause="test", reason="test") as change,
    ):
        change.state(
            RegistrationBar,
            doctor.subject_id,
            bar_line("R12", 1),
            {"ground": "R12"},
            valid_from=date(2026, 1, 1),
            authority_scope=city.pk,
        )
    with pytest.raises(NotPossibleError, match="终身"):
        go_on(reviewed, "grant", decider, reason="符合注册条件")
    with acting_as_system("test"):
        assert Case.objects.get(pk=reviewed.pk).state == "deciding"
        assert not Registration.objects.filter(subject_id=doctor.subject_id).exists()


def test_a_licence_that_ended_after_the_review_stops_the_grant(reviewed, hospital, decider):
    with (
        acting_as_system("test"),
        changing(kind=ChangeKind.DECISION, actor=None, cause="test", reason="test") as change,
    ):
        end_licence(change, hospital.subject, on=timezone.localdate(), status="deregistered")
    with pytest.raises(NotPossibleError, match="注销"):
        go_on(reviewed, "grant", decider, reason="符合注册条件")


def test_an_unknown_institution_is_told_at_its_field(draft, doctor):
    with acting_as(doctor):
        case = keep(draft, doctor, {"practice": practice(institution="没有的医院")})
        step = next(each for each in examining.examine(case, timezone.localdate()).steps if each.code == "practice")
    assert "请输入机构登记的全名" in step.form.errors["institution"][0]


def test_submission_goes_to_the_institution_and_its_authority(draft, doctor, hospital, haidian):
    case = go_on(draft, "submit", doctor)
    assert (case.institution_scope, case.institution_name) == (hospital.scope, HOSPITAL)
    assert case.authority_scope == haidian.pk
    with acting_as(hospital.operator):
        perform(Case.objects.get(pk=case.pk), "confirm", hospital.operator)


def test_a_declared_sentence_blocks_in_whatever_writing_its_day_was_typed(draft, doctor):
    served = timezone.localdate() - timedelta(days=30)
    for typed in (f"{served:%Y-%m-%d}", f"{served:%Y/%m/%d}", f"{served:%Y.%m.%d}", long_date(served)):
        with acting_as(doctor):
            declared = {**DECLARED, "criminal_record": "yes", "sentence_served_on": typed}
            case = keep(draft, doctor, {"declaration": declared})
        assert "D-R02" in found(case, Severity.BLOCK), typed


def test_a_declared_sentence_whose_day_cannot_be_read_is_a_fault_and_nothing_is_handed_in(draft, doctor):
    with acting_as(doctor):
        declared = {**DECLARED, "criminal_record": "yes", "sentence_served_on": "去年八月"}
        case = keep(draft, doctor, {"declaration": declared})
        (step,) = (each for each in examining.examine(case, timezone.localdate()).steps if each.code == "declaration")
        assert list(step.form.errors) == ["sentence_served_on"]
        with pytest.raises(NotPossibleError, match="还不能提交"):
            perform(case, "submit", doctor)
