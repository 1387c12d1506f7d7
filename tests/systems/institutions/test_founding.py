"""From the first application to the licence: an institution is set up, registered, numbered and certified."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.systems.institutions.conftest import application, registration
from yizheng.documents import sealing
from yizheng.documents.models import Certificate, Status
from yizheng.documents.paper.sheets import certificate_pages
from yizheng.kernel.identifiers.institution import check_institution_number
from yizheng.licensing.cases import examining
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.people.scopes import organisation_of
from yizheng.systems.institutions.models import (
    EstablishmentApproval,
    InstitutionLicence,
    InstitutionNumber,
    InstitutionParty,
    VerificationPeriod,
)
from yizheng.systems.institutions.record.held import Held

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
EAST = {
    "title": "东院", "district": "110108", "address": "北京市海淀区东路 2 号", "beds": "0", "dental_chairs": "",
    "subjects": "03",
}  # fmt: skip


def blocks(walker, account, code, typed):
    case = walker.draft(account, code, typed)
    with acting_as(account):
        examined = examining.examine(case, TODAY)
    assert examined.faults == 0, [(step.code, step.form.errors) for step in examined.steps if step.faults]
    return {each.code for each in examined.findings.blocks}


@pytest.fixture
def prepared(founding, founder):
    founding.walk(founding.draft(founder, "inst_setup_approve", application()))
    with acting_as_system("test"):
        return EstablishmentApproval.objects.current().get()


def test_a_hospital_of_the_third_level_is_approved_by_the_city_and_prepared(prepared, founder, city):
    with acting_as_system("test"):
        held = Held(prepared.subject_id, TODAY)
        assert (held.licence.status, held.licence.beds, held.licence.authority_scope) == ("preparing", 120, city.pk)
        assert {each.role: each.name for each in held.parties.values()} == {
            "founder": "北京清河投资有限公司", "preparer": "林知遥",
        }  # fmt: skip
        assert Certificate.objects.all().get(subject_id=founder.subject_id).kind == "setup_approval"
    assert prepared.lapses_on > TODAY + timedelta(days=500)


def test_what_was_approved_is_registered_with_number_term_and_licence(founding, founder, prepared, city):
    case = founding.draft(founder, "inst_register", registration(prepared.number))
    founding.walk(case)
    with acting_as_system("test"):
        held = Held(prepared.subject_id, TODAY)
        licence = held.licence
        assert (licence.status, licence.issued_on, licence.term_to.year) == (
            "active",
            TODAY,
            (TODAY - timedelta(1)).year + 15,
        )
        assert check_institution_number(licence.registration_number).problems == ()
        assert held.approval is None
        assert held.named == {
            "founder": "北京清河投资有限公司",
            "legal_representative": "周远山",
            "principal": "吴清越",
        }
        assert held.period.months == 36
        kinds = Certificate.objects.all().filter(subject_id=prepared.subject_id, status=Status.VALID)
        assert set(kinds.values_list("kind", flat=True)) == {"institution_licence", "institution_licence_duplicate"}
        assert InstitutionNumber.objects.current().get().number == licence.registration_number
        assert InstitutionParty.objects.current().get(role="principal").person_id is not None
        for each in kinds:
            fields, _ = sealing.unseal(each)
            assert fields["subjects"] == "内科；外科（门诊）"
            assert certificate_pages([each]).startswith(b"%PDF")
    assert organisation_of(prepared.subject_id).parent == city


def test_an_outpatient_department_is_registered_at_once_by_its_district(founding, founder, haidian):
    small = registration(
        institution={"name": "北京清河门诊部", "category": "D110", "level": "9", "service_modes": ["1"]},
        site={"beds": "0", "further": [EAST]},
    )
    founding.walk(founding.draft(founder, "inst_register", small))
    with acting_as_system("test"):
        licence = InstitutionLicence.objects.current().get(name="北京清河门诊部")
        assert (licence.status, licence.authority_scope, licence.term_to.year) == (
            "active",
            haidian.pk,
            (TODAY - timedelta(1)).year + 5,
        )
        assert VerificationPeriod.objects.current().get(subject_id=licence.subject_id).months == 12
        places = Held(licence.subject_id, TODAY).places
        assert {each.title: each.subjects for each in places.values()} == {"本部": ["03", "04"], "东院": ["03"]}
        duplicate = Certificate.objects.all().get(kind="institution_licence_duplicate")
        assert [each["title"] for each in sealing.unseal(duplicate)[0]["tables"]] == ["执业地点"]
        assert certificate_pages([duplicate]).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("code", "typed", "block"),
    [
        ("inst_setup_approve", application(institution={"level": "2"}), "I-APPROVAL"),
        ("inst_setup_approve", application(investment={"investment": "2000"}), "I-INVEST"),
        ("inst_register", registration(), "I-APPROVED"),
        ("inst_register", registration("京卫医设字〔2020〕第999号"), "I-APPROVED"),
        ("inst_register", registration(institution={"level": "2", "service_modes": ["1"]}), "I-MODES"),
        ("inst_register", registration(institution={"level": "2"}, site={"dental_chairs": "3"}), "I-CHAIRS"),
        ("inst_register", registration(institution={"level": "2", "business_nature": "2"}), "I-NATURE"),
        ("inst_register", registration(founder={"clear": "yes"}, institution={"level": "2"}), "I-BARRED"),
        (
            "inst_register",
            registration(institution={"category": "D211", "level": "9", "service_modes": ["1"]}, site={"beds": "0"}),
            "I-CLINIC",
        ),
    ],
)
def test_each_condition_is_asked(founding, founder, code, typed, block):
    assert block in blocks(founding, founder, code, typed)


@pytest.mark.parametrize(
    "changed",
    [{"institution": {"category": "A210"}}, {"site": {"beds": "130"}}, {"site": {"address": "北京市海淀区别处 1 号"}}],
)
def test_another_setting_than_the_approved_one_is_not_registered(founding, founder, prepared, changed):
    assert "I-AS-APPROVED" in blocks(founding, founder, "inst_register", registration(prepared.number, **changed))


def test_the_approval_is_of_use_only_to_whom_it_was_given(founding, another_applicant, prepared):
    assert "I-APPROVED" in blocks(founding, another_applicant, "inst_register", registration(prepared.number))


def test_a_name_that_is_borne_is_not_given_again(founding, founder, prepared):
    again = application(institution={"name": "北京清河医院"})
    assert "I-UNIQUE" in blocks(founding, founder, "inst_setup_approve", again)


def test_a_name_that_sounds_like_another_is_told_to_the_reviewer(founding, founder, prepared):
    case = founding.draft(founder, "inst_setup_approve", application(institution={"name": "北京清荷医院"}))
    with acting_as(founder):
        told = [each.message for each in examining.examine(case, TODAY).findings.advice if each.code == "I-ALIKE"]
    assert told == ["名称“北京清荷医院”与已登记的“北京清河医院”相近，请核对是否容易混淆"]
    unlike = founding.draft(founder, "inst_setup_approve", application(institution={"name": "北京安澜医院"}))
    with acting_as(founder):
        assert "I-ALIKE" not in {each.code for each in examining.examine(unlike, TODAY).findings.advice}
