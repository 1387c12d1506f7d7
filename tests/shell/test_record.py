"""A kind of fact that no page has heard of stands on the record page, told and drawn by its declaration alone."""

from datetime import date

import pytest
from django.test import Client

from tests.cast import Place, sign_in
from tests.registry.conftest import register, sample_app  # noqa: F401 — the sample kinds and their tables
from tests.registry.sample.models import Assessment, Post
from tests.systems.doctors.people_of_pages import Made, license_house, make_doctor
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as_system
from yizheng.registry import ChangeKind, changing
from yizheng.registry.wording.dictionary import columns


@pytest.fixture
def doctor(institution: Place, haidian: Scope, decider: Account) -> Made:
    license_house(institution, haidian)
    made = make_doctor("林知夏", institution, haidian, by=decider)
    with (
        acting_as_system("测试"),
        changing(kind=ChangeKind.DECISION, actor=decider.pk, cause="test", reason="任命") as change,
    ):
        post = {"title": "学科带头人", "grade": 3, "place": institution.subject}
        change.state(Post, made.subject, "post", post, valid_from=date(2024, 5, 6), authority_scope=haidian.pk)
        change.event(
            Assessment,
            made.subject,
            "skill",
            {"result": "优秀"},
            happened_on=date(2025, 6, 7),
            authority_scope=haidian.pk,
        )
    return made


@pytest.mark.django_db
@pytest.mark.usefixtures("register")
def test_a_new_kind_stands_on_the_record_page_with_no_other_change(
    client: Client, doctor: Made, reviewer: Account, institution: Place
) -> None:
    page = sign_in(client, reviewer).get(f"/doctors/{doctor.subject.pk}/").content.decode()
    for said in ("任职", f"{institution.scope.name}　学科带头人", "考核", "优秀", "任命"):
        assert said in page
    assert "<dt>任职</dt>" in page
    assert "职务" in page


def test_a_new_kind_has_its_schema() -> None:
    assert [(each.name, each.type_word) for each in columns(Post)] == [
        ("place", "主体"),
        ("title", "文字"),
        ("grade", "整数"),
    ]
