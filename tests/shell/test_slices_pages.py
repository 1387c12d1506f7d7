"""Slices on their pages: who opens them, and the way from a cut to the second signature."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from tests.cast import Place, new_account, sign_in
from tests.matrix import AccessMatrix
from tests.slices.conftest import add_doctors, cut_now
from tests.systems.doctors.people_of_pages import license_house
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as
from yizheng.slices.columns import register_of
from yizheng.slices.models import Slice
from yizheng.work.models import Approval, Job


@pytest.fixture(autouse=True)
def slices_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "SLICES_DIR", tmp_path / "slices")


class TestWhoOpensTheSlices(AccessMatrix):
    url = "/slices/"
    readers = ("analyst", "decider", "other_district_clerk", "city_clerk")
    refused = frozenset({302, 403, 404, 405})


@pytest.mark.django_db
def test_from_the_cut_to_the_second_signature(
    client: Client, analyst: Account, city: Scope, institution: Place, haidian: Scope
) -> None:
    license_house(institution, haidian)
    add_doctors(institution, haidian, 3, department=" 内科")
    second = new_account(AccountKind.CLERK, "钱复核", Role.DECIDER, city)
    sign_in(client, analyst)
    answer = client.post("/slices/cut/", {"register": "doctor", "day": "2026-11-30", "reason": "季度统计"})
    assert (answer.status_code, Job.objects.get(name="slices.round").arguments["registers"]) == (302, ["doctor"])
    assert client.post("/slices/cut/", {"register": "doctor", "day": "", "reason": ""}).status_code == 422
    with acting_as(analyst):
        made = cut_now(register_of("doctor"), account=analyst)
    page = f"/slices/{made.pk}/"
    assert "第一个切片" in client.get(page).content.decode()
    assert client.post(f"{page}sign/", {"note": "可用于统计"}).status_code == 422
    polished = client.post(f"{page}polish/", follow=True).content.decode()
    assert "3 处" in polished
    with acting_as(analyst):
        derived = Slice.objects.get(parent=made)
    assert "内科" in client.get(f"/slices/polish/?slice={derived.pk}").content.decode()
    client.post(f"{page}verify/")
    client.post(f"{page}compare/", {f"verdict-{n}": "same" for n in range(1, 4)})
    said = client.post(f"{page}sign/", {"note": "可用于统计，无已知缺口"}, follow=True).content.decode()
    assert "待第二人" in said
    asked = Approval.objects.get(kind="slice.release")
    sign_in(client, second)
    assert "有保留通过" in client.get(f"/work/approvals/{asked.pk}/").content.decode()
    client.post(f"/work/approvals/{asked.pk}/", {"verdict": "approve"})
    assert "已发布" in client.get(page).content.decode()
