"""我的登记: a person sees what is held of her, on which decision, and who looked; nobody else does."""

from typing import ClassVar

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Place, new_account, sign_in
from tests.matrix import AccessMatrix
from tests.systems.doctors.people_of_pages import Made, give_identity_number, license_house, make_doctor
from yizheng.people import vault
from yizheng.people.kinds import AccountKind
from yizheng.people.models import Account, Scope


class TestWhoOpensIt(AccessMatrix):
    url = "/my/records/"
    readers = ("applicant", "another_applicant", "stranger")
    refused: ClassVar[frozenset[int]] = frozenset({403, 405})


@pytest.fixture
def doctor(institution: Place, another_institution: Place, haidian: Scope, decider: Account) -> Made:
    license_house(institution, haidian)
    return make_doctor("林知夏", institution, haidian, by=decider, second=another_institution)


@pytest.fixture
def herself(doctor: Made) -> Account:
    return new_account(AccountKind.INDIVIDUAL, "林知夏", subject=doctor.subject)


@pytest.mark.django_db
class TestHerRecords:
    def test_what_holds_since_when(self, client: Client, herself: Account) -> None:
        page = sign_in(client, herself).get("/my/records/").content.decode()
        for said in (
            "在册",
            "可以执业",
            "执业注册 北京市",
            "2025-05-19 起",
            "医师资格 执业医师",
            "定期考核",
            "还没有电子证照",
        ):
            assert said in page

    def test_who_looked_and_why(
        self, client: Client, doctor: Made, herself: Account, reviewer: Account
    ) -> None:
        give_identity_number(doctor)
        page = sign_in(client, herself).get("/my/records/").content.decode()
        assert "没有人查看过" in page
        vault.reveal(doctor.subject, "resident_id", reviewer, "医师登记：核对身份")
        vault.record_unmasking(doctor.subject, "id_number", reviewer, "办件核对")
        page = client.get("/my/records/").content.decode()
        assert "韩审核（办件人员）" in page
        assert "医师登记：核对身份" in page
        assert "居民身份证号码" in page
        assert "110***********0328" in page
        assert "110108199003280328" not in page

    def test_nothing_yet_says_what_to_do(self, client: Client, stranger: Account) -> None:
        page = sign_in(client, stranger).get("/my/records/").content.decode()
        assert "登记簿中还没有您的登记" in page
        assert 'href="/my/cases/"' in page
        assert "林知夏" not in page

    def test_it_costs_the_same_with_and_without_a_record(self, client: Client, herself: Account) -> None:
        sign_in(client, herself).get("/my/records/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/my/records/")
        assert len(asked) <= 36

    def test_the_applicant_pages_lead_there(self, client: Client, herself: Account) -> None:
        assert 'href="/my/records/"' in sign_in(client, herself).get("/my/cases/").content.decode()
