"""专项医师 and 短期行医: who sees the lists, how they are filtered, printed and exported; a doctor's page shows what stands."""

from datetime import date, timedelta
from typing import ClassVar

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import sign_in
from tests.matrix import AccessMatrix
from tests.systems.doctors.conftest import HOSPITAL, House, found
from tests.systems.doctors.standing_doctors import Doctor, person, registered_at
from yizheng.people.models import Scope
from yizheng.people.scope import acting_as_system
from yizheng.registry import ChangeKind, changing
from yizheng.systems.doctors.models import ShortTermPractice, SpecialQualification
from yizheng.systems.doctors.models.short_term import line as short_term_line
from yizheng.systems.practitioners.models.special_qualification import line

TODAY = timezone.localdate()
READERS = (
    "institution", "another_institution", "acceptor", "reviewer", "decider", "other_district_clerk", "city_clerk",
    "inspector",
)  # fmt: skip


class TestSpecial(AccessMatrix):
    url = "/doctors/special/"
    readers = READERS
    refused: ClassVar[frozenset[int]] = frozenset({302, 403, 405})


class TestShortTerm(AccessMatrix):
    url = "/doctors/short-term/"
    readers = READERS
    refused: ClassVar[frozenset[int]] = frozenset({302, 403, 405})


@pytest.fixture
def doctor(haidian: Scope) -> Doctor:
    house = found(HOSPITAL, haidian, "110108")
    made = person("程知微", haidian)
    registered_at(made, house, haidian)
    _holding(made, house, haidian)
    return made


def _holding(doctor: Doctor, house: House, office: Scope) -> None:
    granted = {"granted_by": "北京市海淀区卫生健康委员会", "granted_on": date(2024, 1, 8)}
    practice = {
        "origin": "FOREIGN", "certificate_number": "WY11202600009", "specialty": "心脏介入示教",
        "institution": house.subject, "contract_from": TODAY, "contract_to": TODAY, "issued_on": TODAY,
        "valid_until": TODAY - timedelta(days=1),
    }  # fmt: skip
    with acting_as_system("test"), changing(kind=ChangeKind.INTAKE, actor=None, cause="test", reason="test") as change:
        for type_, about in (("organ_transplant", "kidney"), ("radiation_worker", "diagnosis")):
            change.state(
                SpecialQualification, doctor.subject, line(type_, about), {"type": type_, "detail": about, **granted},
                valid_from=date(2024, 1, 8), authority_scope=office.pk,
            )  # fmt: skip
        change.state(
            ShortTermPractice, doctor.subject, short_term_line(house.subject), practice,
            valid_from=date(2024, 1, 8), authority_scope=office.pk,
        )  # fmt: skip


@pytest.mark.django_db
def test_the_lists_are_filtered_and_what_ran_out_says_so(doctor, acceptor):
    client = sign_in(Client(), acceptor)
    page = client.get("/doctors/special/").content.decode()
    assert "肾脏移植" in page
    assert "放射诊断" in page
    page = client.get("/doctors/special/", {"kind": "organ_transplant"}).content.decode()
    assert "放射诊断" not in page
    page = client.get("/doctors/short-term/", {"status": "EXPIRED"}).content.decode()
    assert "WY11202600009" in page
    assert "有效期满" in page
    assert "WY11202600009" not in client.get("/doctors/short-term/", {"status": "VALID"}).content.decode()


@pytest.mark.django_db
def test_another_district_sees_an_empty_list(doctor, other_district_clerk):
    page = sign_in(Client(), other_district_clerk).get("/doctors/special/").content.decode()
    assert "肾脏移植" not in page


@pytest.mark.django_db
def test_the_lists_print_and_export(doctor, acceptor):
    client = sign_in(Client(), acceptor)
    for code in ("special_qualifications", "short_term_doctors"):
        assert "程知微" in client.get(f"/lists/{code}/print/").content.decode()
        answer = client.get(f"/lists/{code}/export/")
        assert answer.getvalue().startswith(b"PK")


@pytest.mark.django_db
def test_her_page_shows_what_stands_beside_the_registration(doctor, acceptor):
    page = sign_in(Client(), acceptor).get(f"/doctors/{doctor.subject}/").content.decode()
    assert "人体器官移植医师执业资格（肾脏移植）" in page
    assert "外国医师短期行医" in page
    mine = sign_in(Client(), doctor.account).get("/my/records/").content.decode()
    assert "人体器官移植医师执业资格（肾脏移植）" in mine
