"""我的登记: a person sees what is held of her, on which decision, and who looked; nobody else does."""

from datetime import timedelta
from typing import ClassVar

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.cast import Place, new_account, sign_in
from tests.matrix import AccessMatrix
from tests.systems.doctors.people_of_pages import Made, give_identity_number, license_house, make_doctor
from yizheng.licensing.deadlines.daily import recompute_since
from yizheng.people import vault
from yizheng.people.kinds import AccountKind
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as_system
from yizheng.registry import ChangeKind, changing
from yizheng.systems.doctors.models import SpecialQualification


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

    def test_who_looked_and_why(self, client: Client, doctor: Made, herself: Account, reviewer: Account) -> None:
        give_identity_number(doctor)
        page = sign_in(client, herself).get("/my/records/").content.decode()
        assert "没有人查看过" in page
        vault.reveal(doctor.subject.pk, "resident_id", reviewer, "医师登记：核对身份")
        vault.record_unmasking(doctor.subject.pk, "id_number", reviewer, "办件核对")
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
        assert len(asked) <= 51

    def test_the_applicant_pages_lead_there(self, client: Client, herself: Account) -> None:
        assert 'href="/my/records/"' in sign_in(client, herself).get("/my/cases/").content.decode()

    def test_what_begins_tomorrow_is_on_record_today(
        self, client: Client, doctor: Made, herself: Account, haidian: Scope
    ) -> None:
        tomorrow = timezone.localdate() + timedelta(days=1)
        with acting_as_system("test"), changing(kind=ChangeKind.DECISION, actor=None, cause="test") as change:
            change.state(
                SpecialQualification, doctor.subject, "special:mch_premarital",
                {"type": "mch_premarital", "granted_by": "海淀区", "granted_on": tomorrow},
                valid_from=tomorrow, authority_scope=haidian.pk,
            )  # fmt: skip
        page = sign_in(client, herself).get("/my/records/").content.decode()
        assert f"{tomorrow} 起" in page

    def test_what_comes_next_and_what_rests_beside_the_registration(
        self, client: Client, doctor: Made, herself: Account, another_institution: Place, haidian: Scope
    ) -> None:
        today = timezone.localdate()
        soon = today + timedelta(days=20)
        with acting_as_system("test"), changing(kind=ChangeKind.DECISION, actor=None, cause="test") as change:
            change.state(
                SpecialQualification, doctor.subject, "special:mch_premarital",
                {"type": "mch_premarital", "granted_by": "海淀区", "granted_on": today, "valid_until": soon},
                valid_from=today, authority_scope=haidian.pk,
            )  # fmt: skip
        with acting_as_system("test"):
            assert recompute_since(timezone.now() - timedelta(minutes=5), today) >= 1
        page = sign_in(client, herself).get("/my/records/").content.decode()
        assert "接下来到期" in page
        assert "母婴保健-婚前医学检查有效期届满" in page
        assert f"有效期至 {soon}" in page
        assert "自动终止" in page
