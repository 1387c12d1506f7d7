"""Service over the internet, institutions inside old-age homes and restricted technologies, from the application to the licence."""

from datetime import timedelta

import pytest

from tests.systems.doctors.people_of_pages import make_doctor
from tests.systems.institutions.conftest import USCC, registration
from tests.systems.institutions.registered import TODAY, drafted, found
from yizheng.documents import sealing
from yizheng.documents.models import Certificate, Status
from yizheng.licensing.models import Proposal
from yizheng.people.scope import acting_as_system
from yizheng.registry import ChangeKind, changing
from yizheng.systems.institutions.licensing import end_licence
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.systems.institutions.record.held import Held

pytestmark = pytest.mark.django_db
LAST_YEAR = (TODAY - timedelta(days=200)).isoformat()
PLATFORM = {
    "platform": "清河云诊室", "address": "https://qinghe.example.cn", "doctors": "own", "partner": "", "agreement_to": "",
    "protection_number": "11010800001-26001", "assessed_on": LAST_YEAR, "joined": "yes",
}  # fmt: skip
INNER = {"subjects": [{"subject": "03"}]}


@pytest.fixture
def staffed(house, haidian, district_desk):
    """The hospital with one doctor of internal medicine."""
    make_doctor("林知夏", house, haidian, by=district_desk.decider)
    return house


def online(walker, house, code, **platform):
    more = platform.pop("steps", {})
    return drafted(walker, house, code, {"platform": {**PLATFORM, **platform}, "subjects": INNER, **more})


def duplicate(subject):
    with acting_as_system("test"):
        held = Certificate.objects.all().get(
            subject_id=subject, status=Status.VALID, kind="institution_licence_duplicate"
        )
        return sealing.unseal(held)[0]


def test_own_doctors_serve_as_a_mode_and_doctors_of_others_under_a_second_name(walker, staffed):
    assert "I-W-ROUTE" in found(staffed, online(walker, staffed, "internet_mode_add", doctors="others"))
    walker.walk(online(walker, staffed, "internet_mode_add"))
    assert "互联网诊疗" in duplicate(staffed.subject.pk)["service_modes"]
    name = {"name": {"name": "北京清河医院互联网医院"}}
    second = online(walker, staffed, "internet_hosp_second_name", doctors="others", steps=name)
    assert found(staffed, second) == {"I-W-SENIOR"}
    walker.walk(second)
    printed = duplicate(staffed.subject.pk)
    assert printed["other_names"] == "北京清河医院互联网医院"
    assert len(printed["changes"]) == 2
    partner = {"partner": "清河科技", "agreement_to": (TODAY + timedelta(days=900)).isoformat(), "doctors": "others"}
    walker.walk(online(walker, staffed, "internet_change", **partner))
    with acting_as_system("test"):
        held = staffed.held.internet
        assert (held.form, held.partner, held.subjects) == ("second_name", "清河科技", ["03"])
    walker.walk(
        drafted(walker, staffed, "internet_cancel", {"closing": {"grounds": "合作终止", "records": "本院病案室"}})
    )
    with acting_as_system("test"):
        assert (staffed.held.internet, staffed.held.licence.service_modes) == (None, ["1", "3"])
    assert "other_names" not in duplicate(staffed.subject.pk)


def test_an_internet_hospital_of_its_own_does_not_outlive_its_host(founding, founder, staffed, haidian):
    typed = registration(
        institution={"name": "北京清河投资有限公司互联网医院"}, premises={"uscc": ""},
    )  # fmt: skip
    typed |= {"host": {"institution": "北京清河医院"}, "platform": PLATFORM, "subjects": INNER}
    del typed["approval"]
    case = founding.draft(founder, "internet_hosp_independent", typed)
    founding.walk(case)
    with acting_as_system("test"):
        alone = InstitutionLicence.objects.current().get(kind="internet_independent")
        assert (alone.status, alone.authority_scope, alone.service_modes) == ("active", haidian.pk, ["6"])
        held = Held(alone.subject_id, TODAY)
        assert (held.period.months, held.internet.host_id) == (12, staffed.subject.pk)
        with changing(kind=ChangeKind.DECISION, actor=None, cause="test", reason="注销") as change:
            end_licence(change, staffed.subject.pk, on=TODAY, status="deregistered")
        proposal = Proposal.objects.get(consequence="institutions.host_ended")
        assert (proposal.subject_id, proposal.authority_scope) == (alone.subject_id, haidian.pk)


def test_what_is_filed_inside_an_old_age_home_is_a_licence(founding, founder):
    typed = registration(
        founder={"kind": "legal_person", "name": "北京清河养老院"}, premises={"uscc": ""},
        institution={"name": "北京清河养老院医务室", "category": "D400", "service_modes": ["1"]},
        site={"floor_area": "60"},
    )  # fmt: skip
    del typed["approval"]
    assert typed["founder"]["uscc"] == USCC
    done = founding.walk(founding.draft(founder, "elderly_inner_file", typed))
    with acting_as_system("test"):
        licence = InstitutionLicence.objects.current().get()
        assert (licence.kind, licence.status, licence.beds) == ("elderly_inner", "active", 0)
        assert licence.registration_number.startswith("PDY")
        assert Held(licence.subject_id, TODAY).period.months == 12
        assert Certificate.objects.all().get(pk=done.certificate_id).kind == "institution_licence"
    assert "发给医疗机构执业许可证" in done.summary


def test_a_restricted_technology_is_noted_on_the_duplicate_until_it_is_stopped(walker, staffed):
    argued = (TODAY - timedelta(days=40)).isoformat()
    said = {
        "technology": "G08", "clinical_subject": "03", "first_case_on": (TODAY - timedelta(days=30)).isoformat(),
        "leader": "林知夏", "committee_on": argued, "ethics_on": argued, "ethics_number": "伦审 2026-01",
    }  # fmt: skip
    case = drafted(walker, staffed, "tech_file", {"technology": said})
    assert found(staffed, case) == {"I-T-LATE"}
    walker.walk(case)
    assert duplicate(staffed.subject.pk)["remarks"] == "肿瘤消融治疗技术"
    stop = {"stop": {"technology": "G08", "stopped_on": TODAY.isoformat(), "grounds": "技术负责人调离"}}
    walker.walk(drafted(walker, staffed, "tech_stop", stop))
    assert "remarks" not in duplicate(staffed.subject.pk)
