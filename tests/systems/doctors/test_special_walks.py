"""Each special qualification, from the draft to the register; and how it ends with the registration or the institution."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.systems.doctors.conftest import HOSPITAL, House, found, go_on
from tests.systems.doctors.public import must_see
from tests.systems.doctors.standing_doctors import Doctor, person, registered_at
from tests.systems.doctors.walking import desk_of, drafted, drafted_for, faults_of, walked
from yizheng.documents import sealing
from yizheng.documents.models import Certificate, Status
from yizheng.kernel.calendar import add_years
from yizheng.licensing.answers import decode
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.verbs.drafting import open_draft, open_for
from yizheng.licensing.verbs.enacting import propose
from yizheng.people.models import Scope
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.registry import ChangeKind, changing
from yizheng.systems.doctors.checks.periods import Periods
from yizheng.systems.doctors.filings.dependents import end_special
from yizheng.systems.doctors.models import SpecialQualification
from yizheng.systems.doctors.special.ending import Holder, SpecialEnding
from yizheng.systems.practitioners.models import ProfessionalTitle
from yizheng.systems.practitioners.models.title import LINE as TITLE

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
SUBJECTS = ("02", "03", "04", "04.04.01", "05", "13", "32", "50")


ALWAYS = {
    "执业级别", "执业类别", "执业范围", "执业地点", "主要执业机构", "执业证书编码", "批准机关", "首次注册",
}  # fmt: skip
"""What every entry says; of special qualifications nothing but what a cosmetic lead leads is public."""


def days(number: int) -> str:
    return (TODAY + timedelta(days=number)).isoformat()


TRAINED = {"training_base": "北京示范培训基地", "trained_from": days(-400), "trained_to": days(-30), "result": "pass"}


@dataclass(frozen=True)
class Walk:
    """One item: what is typed, which type comes of it, where it is decided, what is certified."""

    code: str
    type: str
    typed: dict[str, Any] = field(default_factory=dict)
    where: str = "110108"
    certificate: str = ""
    years: int = 0
    by_institution: bool = False
    scopes: tuple[str, ...] = ("11",)


WALKS = (
    Walk("sq_organ_transplant", "organ_transplant", {"detail": "kidney", "years": "8"}, "110000", "doctor_practice"),
    Walk("sq_cosmetic_lead", "cosmetic_lead", {"detail": "dermatology", "years": "4"}, scopes=("16",)),
    Walk("sq_mch_genetic_prenatal", "mch_genetic", {"type": "mch_genetic"}, "110000", "mch_staff", 3),
    Walk("sq_prenatal", "mch_prenatal", {}, "110000", "mch_staff", 3),
    Walk("sq_mch_premarital", "mch_premarital", {}, "110108", "mch_staff", 3),
    Walk("sq_mch_delivery_sterilization_termination", "mch_midwifery", {"type": "mch_midwifery"}, "110108", "mch_staff", 3),
    Walk("sq_narcotic_rx", "narcotic_rx", {}, "110000", by_institution=True),
    Walk("sq_antibiotic_rx", "antibiotic_rx", {"detail": "special"}, by_institution=True),
    Walk("sq_restricted_tech", "restricted_tech", {"detail": "G11"}),
    Walk("sq_radiation", "radiation_worker", {"detail": "diagnosis", "health_checked_on": days(-20)}, "110108", "radiation_worker"),
    Walk("sq_checkup_chief", "checkup_chief"),
    Walk("sq_western_tcm", "western_tcm", {"detail": "west_to_tcm"}),
)  # fmt: skip


@pytest.fixture
def house(haidian: Scope) -> House:
    return found(HOSPITAL, haidian, "110108", subjects=SUBJECTS, category="A100")


@pytest.fixture
def doctor(haidian: Scope, house: House) -> Doctor:
    made = person("程知微", haidian)
    registered_at(made, house, haidian)
    return made


def typed_for(walk: Walk) -> dict[str, dict[str, Any]]:
    return {"special": {"institution": HOSPITAL, "title_held": "232", **TRAINED, **walk.typed}}


def test_the_form_begins_with_the_title_on_record(doctor, house, haidian):
    with acting_as(doctor.account):
        assert "title_held" not in open_draft(doctor.account, "sq_checkup_chief").answers["special"]
    with acting_as_system("test"), changing(kind=ChangeKind.INTAKE, actor=None, cause="test") as change:
        change.state(
            ProfessionalTitle, doctor.subject, TITLE, {"title": "232", "obtained_on": TODAY},
            valid_from=TODAY, authority_scope=haidian.pk,
        )  # fmt: skip
    with acting_as(doctor.account):
        known = open_draft(doctor.account, "sq_western_tcm").answers["special"]
    assert (known["title_held"], known["institution"]) == ("232", HOSPITAL)


def held(doctor: Doctor) -> list[SpecialQualification]:
    with acting_as_system("test"):
        return list(SpecialQualification.objects.as_of(TODAY).filter(subject_id=doctor.subject).order_by("line"))


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.code)
def test_from_the_draft_to_the_register(walk, house, haidian):
    doctor = person("程知微", haidian)
    main = registered_at(doctor, house, haidian, scopes=list(walk.scopes))
    typed = typed_for(walk)
    if walk.by_institution:
        case, applicant = drafted_for(house, walk.code, doctor.subject, doctor.name, typed), house.operator
    else:
        case, applicant = drafted(doctor.account, walk.code, typed), doctor.account
    assert faults_of(case, applicant) == []
    walked(case, applicant, house, desk_of(Scope.objects.get(code=walk.where)))
    (fact,) = held(doctor)
    assert (fact.type, fact.status, fact.granted_on) == (walk.type, "VALID", TODAY)
    assert fact.valid_until == (add_years(TODAY, walk.years) - timedelta(days=1) if walk.years else None)
    assert fact.institution_id == (house.subject if fact.ends_with_institution else None)
    with acting_as_system("test"):
        certificates = Certificate.objects.filter(subject_id=doctor.subject, status=Status.VALID)
        found_kinds = set(certificates.values_list("kind", flat=True))
        printed, _ = sealing.unseal(certificates.get(number=main.practice_number))
    assert walk.certificate in (found_kinds | {""})
    if walk.code == "sq_organ_transplant":
        assert "肾脏移植" in str(printed["changes"][0])
        assert fact.noted
    if walk.code == "sq_radiation":
        assert fact.retraining_due == add_years(TODAY - timedelta(days=30), 2)
    entry = must_see(main.practice_number)
    led = {"医疗美容主诊专业": "美容皮肤科"} if walk.code == "sq_cosmetic_lead" else {}
    assert {label: words for label, words in entry.fields.items() if label not in ALWAYS} == led
    assert entry.answer == "可以执业"


def granted(doctor: Doctor, house: House, desk: Any, code: str, **typed: Any) -> None:
    walk = next(each for each in WALKS if each.code == code)
    said = {"special": {**typed_for(walk)["special"], **typed}}
    if walk.by_institution:
        case = drafted_for(house, code, doctor.subject, doctor.name, said)
        walked(case, house.operator, house, desk)
    else:
        walked(drafted(doctor.account, code, said), doctor.account, house, desk)


def test_a_surgeons_scope_is_no_dermatology(doctor, house):
    case = drafted(doctor.account, "sq_cosmetic_lead", {"special": {**typed_for(WALKS[1])["special"], "years": "3"}})
    assert any("不相符" in fault for fault in faults_of(case, doctor.account))


def test_the_right_to_narcotics_stays_behind_and_the_rest_goes_along(doctor, house, city, haidian):
    granted(doctor, house, desk_of(city), "sq_narcotic_rx")
    granted(doctor, house, desk_of(haidian), "sq_radiation")
    with (
        acting_as_system("test"),
        changing(kind=ChangeKind.DECISION, actor=None, cause="test", reason="test") as change,
    ):
        assert end_special(doctor.subject, change, TODAY, because="不在该机构执业", institution=house.subject) == 1
    assert {each.type: each.status for each in held(doctor)} == {"narcotic_rx": "ENDED", "radiation_worker": "VALID"}


def test_everything_ends_with_the_registration_and_its_certificates(doctor, house, haidian):
    granted(doctor, house, desk_of(haidian), "sq_radiation")
    with (
        acting_as_system("test"),
        changing(kind=ChangeKind.DECISION, actor=None, cause="test", reason="test") as change,
    ):
        end_special(doctor.subject, change, TODAY, because="执业注册终止")
    assert [(each.status, each.reason) for each in held(doctor)] == [("ENDED", "执业注册终止")]
    with acting_as_system("test"):
        certificate = Certificate.objects.get(subject_id=doctor.subject, kind="radiation_worker")
    assert certificate.status == Status.REVOKED


def test_what_is_held_is_not_granted_twice(doctor, house, haidian):
    granted(doctor, house, desk_of(haidian), "sq_radiation")
    case = drafted(doctor.account, "sq_radiation", typed_for(WALKS[9]))
    assert any("不需要再办理" in fault for fault in faults_of(case, doctor.account))


def test_nobody_reports_who_does_not_practise_there(doctor, house, chaoyang):
    elsewhere = found("朝阳区百子医院", chaoyang, "110105", subjects=SUBJECTS, category="A100")
    with acting_as(elsewhere.operator), pytest.raises(NotPossibleError, match="本机构"):
        open_for(elsewhere.operator, "sq_narcotic_rx", doctor.subject, doctor.name, elsewhere.scope)


@pytest.mark.parametrize("walk", [each for each in WALKS if not each.by_institution], ids=lambda walk: walk.code)
def test_without_a_registration_nobody_begins(walk, haidian):
    nobody = person("白无册", haidian)
    with acting_as(nobody.account), pytest.raises(NotPossibleError):
        open_draft(nobody.account, walk.code)


def test_a_filing_that_was_false_is_struck(doctor, house, haidian):
    desk = desk_of(haidian)
    case = drafted(doctor.account, "sq_western_tcm", typed_for(WALKS[11]))
    case = go_on(case, "submit", doctor.account)
    case = go_on(case, "confirm", house.operator)
    go_on(case, "unfile", desk.acceptor, reason="培训证明不实。")
    assert held(doctor) == []


def test_other_districts_and_institutions_see_nothing(doctor, house, haidian, other_district_clerk, stranger):
    granted(doctor, house, desk_of(haidian), "sq_radiation")
    for account in (other_district_clerk, stranger):
        with acting_as(account):
            assert not SpecialQualification.objects.visible_to(account).exists()
    for account in (doctor.account, house.operator):
        with acting_as(account):
            assert SpecialQualification.objects.visible_to(account).count() == 1


@pytest.mark.parametrize(("idle", "expected"), [(-1, ["D-S31"]), (0, ["D-S31"]), (1, [])])
def test_idleness_is_no_ground_before_three_years_are_over(idle, expected):
    worked = date(2023, 3, 1)
    on = add_years(worked, 3) + timedelta(days=idle)
    holder = Holder(register_status="REG", holds=True, idle=True, worked_on=worked, years=3, periods=Periods())
    assert [finding.code for finding in SpecialEnding().examine(holder, on).blocks] == expected


def test_the_authority_that_keeps_it_ends_a_qualification_after_notice(doctor, house, haidian):
    desk = desk_of(haidian)
    granted(doctor, house, desk, "sq_radiation")
    item, past = SpecialEnding(), TODAY - timedelta(days=40)
    typed = {**item.prefill(doctor.subject), "ending": {"type": "radiation_worker", "ground": "unfit"}}
    assert item.authority_of(decode(item, typed).answers, TODAY) == haidian.pk
    with acting_as(desk.reviewer):
        case = propose(
            desk.reviewer, item.code, subject_id=doctor.subject, subject_name=doctor.name,
            authority_scope=haidian.pk, evidence="健康检查不合格。", answers=typed, on=past,
        )  # fmt: skip
    case = go_on(case, "give_notice", desk.reviewer, reason="健康检查不合格。", on=past)
    case = go_on(case, "conclude", desk.reviewer, reason="没有陈述。", on=TODAY - timedelta(days=10))
    case = go_on(case, "enact", desk.decider, reason="依法终止。")
    assert [(each.type, each.status) for each in held(doctor)] == [("radiation_worker", "ENDED")]
    assert "执业注册不变" in case.summary
    assert item.may_apply(doctor.subject, TODAY) == "没有有效的专项资格"


def test_what_another_authority_keeps_is_not_ended_here(doctor, house, haidian, city):
    granted(doctor, house, desk_of(haidian), "sq_radiation")
    desk = desk_of(city)
    typed: dict[str, dict[str, object]] = {"ending": {"type": "radiation_worker", "ground": "unfit"}}
    past = TODAY - timedelta(days=40)
    with acting_as(desk.reviewer):
        case = propose(
            desk.reviewer, SpecialEnding.code, subject_id=doctor.subject, subject_name=doctor.name,
            authority_scope=city.pk, evidence="健康检查不合格。", answers=typed, on=past,
        )  # fmt: skip
    case = go_on(case, "give_notice", desk.reviewer, reason="健康检查不合格。", on=past)
    case = go_on(case, "conclude", desk.reviewer, reason="没有陈述。", on=TODAY - timedelta(days=10))
    with pytest.raises(NotPossibleError, match="不由本机关登记"):
        go_on(case, "enact", desk.decider, reason="依法终止。")
    assert [each.status for each in held(doctor)] == ["VALID"]
