"""A citizen on a phone asks whether the clinic next door is real."""

import pytest
from django.test import Client

from tests.systems.institutions.conftest import application, registration
from yizheng.disclosure.models import PublicInstitution

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(founding, founder):
    typed = registration(
        institution={"name": "北京清河门诊部", "category": "D110", "level": "9", "service_modes": ["1"]},
        site={"beds": "0"},
    )
    founding.walk(founding.draft(founder, "inst_register", typed))
    return PublicInstitution.objects.get()


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        ({}, True), ({"q": "清河"}, True), ({"q": "清河", "district": "110108", "subject": "04", "kind": "D"}, True),
        ({"state": "有效"}, True), ({"q": "协和"}, False), ({"district": "110105"}, False), ({"subject": "10"}, False),
        ({"kind": "A"}, False), ({"state": "吊销"}, False), ({"page": "2"}, False),
    ],
)  # fmt: skip
def test_it_is_found_by_name_district_subject_kind_and_state(client: Client, published, asked, there):
    page = client.get("/public/institutions/", asked).content.decode()
    assert ("北京清河门诊部" in page) is there


def test_it_is_found_by_its_number_and_told_as_the_licence_says(client: Client, published):
    assert "北京清河门诊部" in client.get("/public/institutions/", {"q": published.number}).content.decode()
    page = client.get(f"/public/institutions/{published.token}/").content.decode()
    for said in ("有效", "周远山", "吴清越", "外科（门诊）", "北京市海淀区清河路 9 号", "许可证有效期", "下次校验"):
        assert said in page


def test_what_is_only_prepared_is_not_public(founding, founder, client):
    founding.walk(founding.draft(founder, "inst_setup_approve", application()))
    assert not PublicInstitution.objects.exists()
