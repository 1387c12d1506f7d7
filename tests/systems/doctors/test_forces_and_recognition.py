"""Doctors who come from the forces or go to them, and qualifications of Hong Kong, Macau and Taiwan that are recognised."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from tests.cast import new_account, new_subject
from tests.systems.doctors.conftest import DECLARED, HOSPITAL, practice
from tests.systems.doctors.public import announced, entry_of, must_see, number_of
from tests.systems.doctors.test_penalties import standing
from tests.systems.doctors.test_personal_data_and_qualifications import (
    TODAY,
    _qualification,
    apply,
    blocks,
    certificate_of,
    city_desk,
    licensed,
    printed,
    served,
)
from tests.walking import Desk, walker
from yizheng.disclosure.models import PublicPractitioner
from yizheng.documents.models import Certificate, Status
from yizheng.kernel.identifiers import make_qualification_number, make_resident_id
from yizheng.licensing.cases import examining
from yizheng.licensing.models import Case
from yizheng.licensing.verbs.drafting import keep
from yizheng.people import vault
from yizheng.people.kinds import AccountKind
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.systems.doctors.models import MilitaryTransfer
from yizheng.systems.doctors.qualification import qualifying

__all__ = ["city_desk"]


@pytest.mark.django_db
class TestTheForces:
    def test_a_doctor_goes_to_the_forces_and_is_not_called_deregistered(self, registered, doctor, acceptor, decider):
        typed = {
            "joining": {
                "way": "enlisted", "organ": "某军队卫生部门", "joined_on": TODAY.isoformat(),
                "proof_number": "军卫〔2026〕5号", "returned": True,
            }
        }  # fmt: skip
        served(apply(doctor, "local_to_military", typed), doctor, acceptor, decider)
        assert (standing(doctor).status, standing(doctor).reason) == ("MIL", "D14")
        with acting_as_system("test"):
            assert MilitaryTransfer.objects.get(subject_id=doctor.subject_id).direction == "out"
            assert not Certificate.objects.filter(subject_id=doctor.subject_id, status=Status.VALID).exists()
        assert entry_of(number_of(doctor)) is None, "registered today and gone today"
        assert not announced("ended", f"{TODAY:%Y-%m}", doctor.display_name)

    @pytest.fixture
    def soldier(self, city: Scope) -> Account:
        subject = new_subject("person")
        number = make_resident_id("110108", date(1988, 3, 2), 15)
        vault.store(subject.pk, "resident_id", number)
        return new_account(AccountKind.INDIVIDUAL, "方承岳", subject=subject)

    def typed(self, soldier: Account, transferred: date) -> dict[str, Any]:
        number = make_resident_id("110108", date(1988, 3, 2), 15)
        return {
            "person": {
                "name": "方承岳", "sex": "1", "id_type": "01", "id_number": number, "birth_date": "1988-03-02",
                "ethnic_group": "01", "mobile": "19900000009",
            },
            "military": {
                "level": "1", "category": "clinical", "qualified_on": "2012-12-01", "way": "civilian",
                "military_certificate": "J2012110", "organ": "某军队卫生部门",
                "transferred_on": transferred.isoformat(), "proof_number": "军卫〔2026〕9号",
            },
        }  # fmt: skip

    @pytest.mark.parametrize(("days", "expected"), [(89, []), (90, []), (102, ["D-QO03"])])
    def test_a_military_qualification_is_exchanged_within_ninety_days(self, soldier, city_desk, days, expected):
        case = apply(soldier, "military_to_local_qualification", self.typed(soldier, TODAY - timedelta(days=days)))
        assert blocks(soldier, case) == expected

    @pytest.mark.parametrize(
        ("on", "expected"), [(date(2026, 4, 6), []), (date(2026, 4, 7), []), (date(2026, 4, 8), ["D-QO03"])]
    )
    def test_the_ninety_days_end_on_a_working_day(self, soldier, city_desk, on, expected):
        """The ninetieth day after 2026-01-05 is 5 April, within the Qingming holiday of 4 to 6 April."""
        case = apply(soldier, "military_to_local_qualification", self.typed(soldier, date(2026, 1, 5)))
        with acting_as(soldier):
            assert [
                each.code for each in examining.examine(case, on).findings.blocks if each.code == "D-QO03"
            ] == expected

    def test_the_exchanged_qualification_is_a_civil_one(
        self, soldier, city_desk, hospital, acceptor, reviewer, decider
    ):
        case = apply(soldier, "military_to_local_qualification", self.typed(soldier, TODAY))
        licensed(case, soldier, city_desk)
        fact = _qualification(soldier)
        assert fact is not None
        assert (fact.way, fact.qualified_on, fact.holder_name) == ("military_exchange", date(2012, 12, 1), "方承岳")
        certificate = certificate_of(soldier, qualifying.KIND)
        assert printed(certificate)["name"] == "方承岳"

        typed = self.typed(soldier, TODAY)
        number = make_qualification_number(2012, "11", "1", "clinical", typed["person"]["id_number"])
        case = apply(
            soldier,
            "military_to_local_registration",
            {
                "person": typed["person"],
                "education": {
                    "level": "21", "degree": "410", "school": "某军医大学", "major": "临床医学",
                    "learning_form": "full_time", "graduated_on": "2011-06-30",
                },
                "qualification": {"qualification_number": number},
                "military": {
                    "organ": "某军队卫生部门", "military_practice_number": "J110", "way": "civilian",
                    "transferred_on": TODAY.isoformat(), "proof_number": "军卫〔2026〕9号", "returned": True,
                },
                "practice": practice(level="1", category="clinical"),
                "declaration": DECLARED,
            },
        )  # fmt: skip
        assert blocks(soldier, case) == []
        walker(soldier, hospital.operator, Desk(acceptor, reviewer, decider)).walk(case)
        assert standing(soldier).status == "REG"
        entry = must_see(number_of(soldier))
        assert entry.answer == "可以执业"
        assert "军" not in entry.page
        with acting_as(soldier):
            assert MilitaryTransfer.objects.visible_to(soldier).get().direction == "in"


@pytest.mark.django_db
def test_a_doctor_from_hong_kong_is_recognised(city, city_desk, hospital):
    subject = new_subject("person")
    account = new_account(AccountKind.INDIVIDUAL, "陈嘉明", subject=subject)
    typed: dict[str, dict[str, Any]] = {
        "person": {
            "name": "陈嘉明", "sex": "1", "id_type": "06", "id_number": "H12345678", "birth_date": "1970-05-01",
            "ethnic_group": "01", "mobile": "19900000008",
        },
        "recognition": {
            "origin": "hk", "category": "clinical", "licensed_on": "2003-01-01", "licence_number": "M01234",
            "specialty": "内科", "permanent_resident": "yes", "chinese_citizen": "yes", "specialist": "yes",
            "practising": "yes", "workplace": "某医院",
        },
    }  # fmt: skip
    case = apply(account, "hmt_recognition", {"person": typed["person"]})
    assert blocks(account, case) == [], "nothing was answered yet"
    with acting_as(account):
        case = keep(case, account, {"recognition": {"origin": "hk", "permanent_resident": "no"}})
        step = examining.examine(case, TODAY).steps[-1]
    assert blocks(account, case) == ["D-QO11"]
    assert "chinese_citizen" in step.form.errors
    with acting_as(account):
        case = keep(case, account, {"recognition": typed["recognition"]})
    assert blocks(account, case) == ["D-QO11"]
    with acting_as(account):
        keep(case, account, {"recognition": {**typed["recognition"], "licensed_on": "2002-12-31"}})
        case = Case.objects.visible_to(account).get(pk=case.pk)
    licensed(case, account, city_desk)
    fact = _qualification(account)
    assert fact is not None
    assert (fact.way, fact.level) == ("hmt_recognition", "1")
    asked = Client().get("/public/doctors/", {"name": "陈嘉明", "institution": HOSPITAL}).content.decode()
    assert "没有查到符合条件的登记" in asked, "a qualification alone is no registration"
    assert not PublicPractitioner.objects.filter(subject=subject.pk).exists()
