"""Doctors without a resident number, from signing up on the page by passport or permit to the certificate and the public entry."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import PASSWORD
from tests.systems.doctors.conftest import HOSPITAL, House
from tests.systems.doctors.public import must_see
from tests.systems.doctors.test_short_term_walks import TODAY, abroad, city_desk, hmt, house
from tests.systems.doctors.walking import Desk, drafted, faults_of, walked
from yizheng.documents import sealing
from yizheng.documents.models import Certificate, Status
from yizheng.kernel.chinese_dates import long_date
from yizheng.people.models import Account, IdentityClaim
from yizheng.people.scope import acting_as_system
from yizheng.systems.doctors.models import ShortTermPractice

__all__ = ["city_desk", "house"]
pytestmark = pytest.mark.django_db
GERMAN = {"name": "Erika Mustermann", "document": "passport", "number": "C01X00T47", "mobile": "+49 170 1234567"}
HONGKONG = {"name": "区慕白", "document": "hmt_permit", "number": "H12345678", "mobile": "+852 5123 4567"}


def signed_up(said: dict[str, str]) -> tuple[Account, Client]:
    """Through the page, then signed in with the user name the page shows once."""
    client = Client()
    sent = {**said, "password": PASSWORD, "again": PASSWORD}
    answer = client.post(reverse("people:register"), sent)
    assert answer.status_code == 302, answer.content.decode()
    account = Account.objects.latest("pk")
    assert account.username in client.get(reverse("people:registered")).content.decode()
    entered = client.post(reverse("people:sign_in"), {"username": account.username, "password": PASSWORD})
    assert entered["Location"] == "/my/"
    assert IdentityClaim.objects.get(account=account).state == "new"
    return account, client


def granted(account: Account, code: str, typed: dict[str, Any], house: House, desk: Desk) -> ShortTermPractice:
    case = drafted(account, code, typed)
    assert faults_of(case, account) == []
    walked(case, account, house, desk)
    with acting_as_system("test"):
        return ShortTermPractice.objects.as_of(TODAY).get(subject_id=account.subject_id or 0)


def test_a_foreign_doctor_signs_up_by_passport_and_comes_to_her_permit(house, city_desk):
    account, client = signed_up(GERMAN)
    offered = client.get("/my/").content.decode()
    assert "外国医师来华短期行医许可" in offered
    begun = client.post("/my/apply/foreign_short_term_permit/")
    form = client.get(begun["Location"]).content.decode()
    for known in ("Erika Mustermann", "C01X00T47", "+491701234567"):
        assert known in form
    practice = granted(account, "foreign_short_term_permit", abroad(), house, city_desk)
    with acting_as_system("test"):
        certificate = Certificate.objects.get(subject_id=account.subject_id or 0, status=Status.VALID)
        printed, _ = sealing.unseal(certificate)
    assert (printed["name"], printed["nationality"]) == ("Erika Mustermann", "德国")
    entry = must_see(practice.certificate_number)
    assert (entry.state, entry.answer) == ("在册（注册有效）", "可以执业")
    assert entry.said("主要执业机构", "国籍", "有效期至") == (HOSPITAL, "德国", long_date(practice.valid_until))
    assert "C01X00T47" not in entry.page
    mine = client.get("/my/records/").content.decode()
    assert "外国医师短期行医" in mine


def test_a_doctor_from_hong_kong_signs_up_by_permit_and_comes_to_his_certificate(house, city_desk):
    account, client = signed_up(HONGKONG)
    assert "港澳台医师" in client.get("/my/").content.decode()
    practice = granted(account, "hmt_short_term_registration", hmt(), house, city_desk)
    with acting_as_system("test"):
        assert Certificate.objects.get(subject_id=account.subject_id or 0).number == practice.certificate_number
    entry = must_see(practice.certificate_number)
    assert entry.said("执业级别", "执业类别", "执业范围", "主要执业机构") == (
        "港澳医师短期行医", "临床", "内科专业", HOSPITAL,
    )  # fmt: skip
    assert "H12345678" not in entry.page


@pytest.mark.parametrize("mobile", ["+49 170", "0170 1234567", "+49 170 1234567 89012345", "+86 138"])
def test_a_number_from_abroad_has_its_country(mobile):
    answer = Client().post(
        reverse("people:register"), {**GERMAN, "mobile": mobile, "password": PASSWORD, "again": PASSWORD}
    )
    assert answer.status_code == 422
    assert not Account.objects.filter(display_name="Erika Mustermann").exists()
