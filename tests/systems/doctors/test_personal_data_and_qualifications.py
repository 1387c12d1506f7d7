"""Certificates made again, personal data changed, qualifications corrected, annulled, recognised, and the forces."""

from datetime import date, timedelta
from typing import Any, ClassVar

import pytest
from django.utils import timezone

from tests.cast import sign_in
from tests.matrix import AccessMatrix
from tests.systems.doctors.conftest import NUMBER, go_on
from tests.systems.doctors.public import must_see, number_of
from tests.systems.doctors.test_penalties import begun, grounds, standing
from tests.walking import Desk, desk_of, walker
from yizheng.disclosure.models import PublicPractitioner
from yizheng.documents import certificates, sealing
from yizheng.documents.models import Certificate, Status
from yizheng.kernel.identifiers import make_qualification_number, make_resident_id
from yizheng.licensing.cases import examining
from yizheng.licensing.cases.rollbacks import mark_cases
from yizheng.licensing.cases.touching import Touched
from yizheng.licensing.catalogue import item
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case
from yizheng.licensing.verbs.drafting import open_draft
from yizheng.people import vault
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.people.searching.search import find_people
from yizheng.registry import rollback
from yizheng.systems.doctors.models import Qualification
from yizheng.systems.doctors.qualification import qualifying
from yizheng.systems.practitioners.models import Education, PersonIdentity, ProfessionalTitle

TODAY = timezone.localdate()


@pytest.fixture
def city_desk(city: Scope) -> Desk:
    return desk_of(city)


def apply(account: Account, code: str, typed: dict[str, Any], *, photo: bool = True) -> Case:
    """A draft filled in with every paper it asks for."""
    return walker(account).draft(account, code, typed)


def blocks(account: Account, case: Case) -> list[str]:
    with acting_as(account):
        return [finding.code for finding in examining.examine(case, TODAY).findings.blocks]


def served(case: Case, applicant: Account, acceptor: Account, decider: Account) -> Case:
    """A service: handed in, accepted, decided."""
    return walker(applicant, None, Desk(acceptor, acceptor, decider)).walk(case)


def licensed(case: Case, applicant: Account, desk: Desk) -> Case:
    return walker(applicant, None, desk).walk(case)


def certificate_of(doctor: Account, kind: str = "doctor_practice") -> Certificate:
    with acting_as_system("test"):
        return Certificate.objects.get(subject_id=doctor.subject_id or 0, kind=kind, status=Status.VALID)


def printed(certificate: Certificate) -> dict[str, Any]:
    with acting_as_system("test"):
        return dict(sealing.unseal(certificate)[0])


@pytest.mark.django_db
class TestCertificates:
    def test_a_lost_certificate_is_made_again_with_its_number(self, registered, doctor, acceptor, decider):
        former = certificate_of(doctor)
        typed = {"reissue": {"ground": "lost", "lost_on": TODAY.isoformat(), "statement": "乘车时遗失"}}
        case = served(apply(doctor, "doctor_certificate_reissue", typed), doctor, acceptor, decider)
        again = certificate_of(doctor)
        assert (again.number, again.version, again.made_for) == (former.number, 2, "lost")
        assert case.certificate_id == again.pk
        with acting_as_system("test"):
            former.refresh_from_db()
        assert former.status == Status.SUPERSEDED
        assert must_see(former.number).answer == "可以执业"
        assert standing(doctor).status == "REG"

    def test_a_case_that_was_rolled_back_says_so_on_both_its_pages(self, registered, doctor, acceptor, decider, client):
        typed = {"person_change": person(job_title="233", title_on="2026-01-10")}
        case = served(apply(doctor, "doctor_info_change", typed), doctor, acceptor, decider)
        pages = ((doctor, f"/my/cases/{case.number}/"), (decider, f"/desk/cases/{case.number}/"))
        for account, address in pages:
            assert "回退" not in sign_in(client, account).get(address).content.decode()
        with acting_as_system("test"):
            done = rollback(
                case.change_id or 0, actor=decider.pk, approved_by=acceptor.pk, reason="制证有误", cause="test"
            )
            mark_cases(Touched(done, "个人信息变更", ()))
        for account, address in pages:
            assert "回退，登记簿恢复为办理以前的内容" in sign_in(client, account).get(address).content.decode()

    def test_a_loss_has_a_day_and_a_story(self, registered, doctor):
        case = apply(doctor, "doctor_certificate_reissue", {"reissue": {"ground": "lost"}})
        assert blocks(doctor, case) == ["D-C02"]

    def test_without_a_certificate_nothing_is_made_again(self, doctor):
        with acting_as(doctor), pytest.raises(NotPossibleError, match="首次注册"):
            open_draft(doctor, "doctor_certificate_reissue")

    def test_what_fails_leaves_nothing(self, registered, doctor, acceptor, decider, monkeypatch):
        case = apply(doctor, "doctor_certificate_reissue", {"reissue": {"ground": "damaged"}})
        case = go_on(go_on(case, "submit", doctor), "accept", acceptor)

        def fails(*args: object, **kwargs: object) -> None:
            raise RuntimeError("half way")

        monkeypatch.setattr(certificates, "reissue", fails)
        with pytest.raises(RuntimeError, match="half way"):
            go_on(case, "grant", decider, reason="材料齐全。")
        assert certificate_of(doctor).version == 1
        with acting_as_system("test"):
            assert PersonIdentity.objects.all().filter(subject_id=doctor.subject_id, closed=None).count() == 2


def person(**values: Any) -> dict[str, Any]:
    return {"name": "许南乔", "sex": "2", "nationality": "156", **values}


@pytest.mark.django_db
class TestPersonalData:
    def test_a_new_name_follows_the_qualification_data(self, registered, doctor):
        case = apply(doctor, "doctor_info_change", {"person_change": person(name="许北乔")})
        assert blocks(doctor, case) == ["D-PI02"]

    def test_a_new_name_goes_everywhere_at_once(self, registered, doctor, acceptor, decider, city_desk, haidian):
        correct(doctor, city_desk, name="许北乔")
        assert _identity(doctor).name == "许南乔"
        case = apply(doctor, "doctor_info_change", {"person_change": person(name="许北乔")})
        case = served(case, doctor, acceptor, decider)
        assert _identity(doctor).name == "许北乔"
        again = certificate_of(doctor)
        assert (again.version, printed(again)["name"]) == (2, "许北乔")
        assert printed(again)["changes"][-1][0] == "个人信息"
        assert PublicPractitioner.objects.get(subject=doctor.subject_id).name == "许北乔"
        assert "许北乔" in must_see(number_of(doctor)).page
        assert "许南乔" not in must_see(number_of(doctor)).page
        with acting_as(decider):
            assert [found.subject_id for found in find_people("许北乔", decider)] == [doctor.subject_id]
            assert find_people("许南乔", decider) == []
        doctor.refresh_from_db()
        assert doctor.display_name == "许北乔"

    def test_title_and_education_are_added_without_a_new_certificate(self, registered, doctor, acceptor, decider):
        typed = {
            "person_change": person(job_title="233", title_on="2026-01-10"),
            "education_change": {
                "level": "14", "degree": "", "school": "北京示范大学", "major": "全科医学",
                "learning_form": "full_time", "graduated_on": "2024-06-30",
            },
        }  # fmt: skip
        case = apply(doctor, "doctor_info_change", typed)
        before = certificate_of(doctor).version
        served(case, doctor, acceptor, decider)
        with acting_as_system("test"):
            title = ProfessionalTitle.objects.as_of(TODAY).get(subject_id=doctor.subject_id)
            schools = Education.objects.as_of(TODAY).filter(subject_id=doctor.subject_id)
            assert (title.title, title.obtained_on) == ("233", date(2026, 1, 10))
            assert {each.school for each in schools} == {"华北示范医科大学", "北京示范大学"}
        assert certificate_of(doctor).version in (before, before + 1)

    def test_an_application_that_alters_nothing_is_none(self, registered, doctor):
        case = apply(doctor, "doctor_info_change", {"person_change": person()})
        assert blocks(doctor, case) == ["D-PI01"]


def _identity(doctor: Account) -> PersonIdentity:
    with acting_as_system("test"):
        return PersonIdentity.objects.as_of(TODAY).get(subject_id=doctor.subject_id or 0)


def _qualification(doctor: Account) -> Qualification | None:
    with acting_as_system("test"):
        return Qualification.objects.as_of(TODAY).filter(subject_id=doctor.subject_id or 0).first()


def _number(doctor: Account, number: str = NUMBER) -> str:
    fact = _qualification(doctor)
    assert fact is not None
    return make_qualification_number(fact.qualified_on.year, "11", "1", "clinical", number)


def current(doctor: Account) -> dict[str, Any]:
    return {"level": "1", "identity_number": NUMBER, "qualification_number": _number(doctor)}


def correct(doctor: Account, desk: Desk, **values: Any) -> Case:
    typed = {"current": current(doctor), "correction": {"ground": "police", **values}}
    return licensed(apply(doctor, "qualification_correction", typed), doctor, desk)


@pytest.mark.django_db
class TestQualifications:
    def test_a_corrected_number_keeps_the_former_one(self, doctor, city_desk):
        new = make_resident_id("110108", date(1996, 4, 26), 44)
        number = _number(doctor, new)
        old = _number(doctor)
        correct(doctor, city_desk, identity_number=new, certificate_number=number)
        assert vault.holds(doctor.subject_id, "resident_id", new)
        assert vault.holds(doctor.subject_id, "qualification_number", number)
        assert vault.find("resident_id", NUMBER) == doctor.subject_id
        assert vault.find("qualification_number", old) == doctor.subject_id

    def test_without_a_registration_the_identity_follows_at_once(self, doctor, city_desk):
        correct(doctor, city_desk, name="许北乔")
        assert _identity(doctor).name == "许北乔"
        fact = _qualification(doctor)
        assert fact is not None
        assert fact.holder_name == "许北乔"

    @pytest.mark.parametrize(
        ("values", "code"),
        [
            ({"school": "北京示范大学", "ground": "later_degree"}, "D-D03"),
            ({"birth_date": "1996-04-27"}, "D-D04"),
            ({"identity_number": make_resident_id("110108", date(1996, 4, 26), 44)}, "D-D05C"),
            ({}, "D-D02"),
        ],
    )
    def test_what_may_not_be_corrected(self, doctor, values, code):
        typed = {"current": current(doctor), "correction": {"ground": "police", **values}}
        assert blocks(doctor, apply(doctor, "qualification_correction", typed)) == [code]

    def test_the_certificate_is_printed_and_printed_again(self, doctor, city_desk):
        typed = {"current": current(doctor), "reissue": {"ground": "damaged"}}
        for version in (1, 2):
            case = apply(doctor, "qualification_reissue", typed)
            served(case, doctor, city_desk.acceptor, city_desk.decider)
            certificate = certificate_of(doctor, qualifying.KIND)
            assert certificate.version == version
            assert NUMBER not in certificate.number
            assert printed(certificate)["qualification_number"] == _number(doctor)

    def test_the_holder_gets_an_extract_with_covered_numbers(self, doctor, city_desk):
        typed = {"current": current(doctor), "extract": {"purpose": "出国进修"}}
        served(apply(doctor, "qualification_lookup", typed), doctor, city_desk.acceptor, city_desk.decider)
        fields = printed(certificate_of(doctor, qualifying.EXTRACT))
        assert NUMBER not in str(fields)
        assert fields["purpose"] == "出国进修"

    def test_an_annulled_qualification_takes_the_registration_with_it(self, registered, doctor, city, city_desk):
        answers = {
            "annulment": {
                "level": "1",
                "means": "cheating",
                "facts": "考试作弊。",
                "document_number": "京卫医撤〔2026〕1号",
            }
        }
        past = TODAY - timedelta(days=40)
        case = begun(city_desk.reviewer, doctor, city, "qualification_annul", answers, past)
        case = go_on(case, "give_notice", city_desk.reviewer, reason="考试作弊。", on=past)
        case = go_on(case, "conclude", city_desk.reviewer, reason="没有陈述。", on=TODAY - timedelta(days=10))
        go_on(case, "enact", city_desk.decider, reason="依法撤销。")
        assert _qualification(doctor) is None
        assert (standing(doctor).status, standing(doctor).reason) == ("ANNULLED", "D13")
        assert grounds(doctor)["R11"].valid_from == TODAY
        entry = must_see(number_of(doctor))
        assert (entry.state, entry.answer) == ("撤销（执业注册）", "执业注册已被撤销，不得执业")
        assert "作弊" not in entry.page
        with acting_as(doctor), pytest.raises(NotPossibleError, match="没有您的医师资格"):
            open_draft(doctor, "qualification_reissue")
        again = item("qualification_annul", TODAY).may_apply(doctor.subject_id, TODAY)
        assert again == "资格数据中没有该人员的医师资格"


class TestWhoReadsTheCorrections(AccessMatrix):
    url = "/doctors/corrections/"
    readers = ("acceptor", "reviewer", "decider", "other_district_clerk", "city_clerk")
    refused: ClassVar[frozenset[int]] = frozenset({302, 403, 405})


@pytest.mark.django_db
def test_what_was_corrected_in_a_month_is_listed_for_the_centre(doctor, city_desk, decider, client):
    case = correct(doctor, city_desk, name="许北乔")
    last = (TODAY.replace(day=1) - timedelta(days=1)).strftime("%Y-%m")
    sign_in(client, city_desk.decider)
    page = client.get("/doctors/corrections/").content.decode()
    assert case.number in page
    assert "姓名" in page
    assert case.number not in client.get(f"/doctors/corrections/?month={last}").content.decode()
    printed_list = client.get("/lists/qualification_corrections/print/").content.decode()
    assert "许北乔" in printed_list
    assert NUMBER not in printed_list
    answer = client.get("/lists/qualification_corrections/export/")
    assert b"".join(answer.streaming_content).startswith(b"PK")
    sign_in(client, decider)
    assert case.number not in client.get("/doctors/corrections/").content.decode()
