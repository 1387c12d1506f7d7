"""Exchange on its pages: who opens them, a package in and its receipt out, partners by two administrators."""

from datetime import date
from typing import ClassVar

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import sign_in
from tests.matrix import AccessMatrix
from yizheng.exchange.keys import own_keys
from yizheng.exchange.models import Package, Partner
from yizheng.exchange.simulator import Counterpart
from yizheng.kernel.identifiers import make_resident_id
from yizheng.people import vault
from yizheng.people.models import Account, AuditEntry, Scope
from yizheng.people.scope import acting_as_system
from yizheng.work.models import Approval

REFUSED = frozenset({302, 403, 404, 405})


class TestWhoOpensTheLedger(AccessMatrix):
    url = "/exchange/"
    readers = ("acceptor", "reviewer", "decider", "other_district_clerk", "city_clerk")
    refused: ClassVar[frozenset[int]] = REFUSED


class TestWhoOpensThePartners(AccessMatrix):
    url = "/exchange/partners/"
    readers = ("system_admin", "security_admin")
    refused: ClassVar[frozenset[int]] = REFUSED | {422}


@pytest.fixture
def other(haidian: Scope) -> Counterpart:
    vault.prepare()
    made = Counterpart()
    made.known_to(haidian.pk)
    return made


def sent(other: Counterpart, *, serial: int = 1) -> SimpleUploadedFile:
    number = make_resident_id("110108", date(1990, 3, 28), 328)
    rows = (
        "姓名,性别,出生日期,证件类型,证件号码,级别,类别,变动,变动日期,证明文号\n"
        f"林知夏,女,1990-03-28,居民身份证,{number},执业医师,临床,军队转地方,2026-10-08,卫军〔2026〕17号\n"
    )
    return SimpleUploadedFile("p.yzx", other.sends("military", "military.csv", 1, rows.encode(), serial=serial))


@pytest.mark.django_db
def test_a_package_is_received_shown_and_not_twice(
    client: Client, other: Counterpart, acceptor: Account, other_district_clerk: Account
) -> None:
    sign_in(client, acceptor)
    page = client.post("/exchange/receive/", {"package": sent(other)}, follow=True)
    assert "军队、地方医师注册变动" in page.content.decode()
    assert "数据接收批次" in page.content.decode()
    again = client.post("/exchange/receive/", {"package": sent(other)})
    assert (again.status_code, "序号" in again.content.decode()) == (422, True)
    with acting_as_system("test"):
        (package,) = Package.objects.all()
    answer = client.post(f"/exchange/{package.pk}/answer/")
    assert (answer.status_code, "还没有入册" in answer.content.decode()) == (422, True)
    assert "军队卫生部门" in client.get("/exchange/").content.decode()
    assert sign_in(Client(), other_district_clerk).get(f"/exchange/{package.pk}/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(("content", "says"), [(b"MZ", "不是交换包"), (None, "没有收到文件")])
def test_what_is_no_package_is_refused_in_words(
    client: Client, other: Counterpart, acceptor: Account, content: bytes | None, says: str
) -> None:
    files = {} if content is None else {"package": SimpleUploadedFile("p.yzx", content)}
    answer = sign_in(client, acceptor).post("/exchange/receive/", files)
    assert (answer.status_code, says in answer.content.decode()) == (422, True)


@pytest.mark.django_db
def test_nothing_to_tell_is_told(client: Client, other: Counterpart, reviewer: Account) -> None:
    asked = {
        "partner": other.code, "kind": "military", "since": "2026-10-01", "until": "2026-10-31", "reason": "按月",
    }  # fmt: skip
    answer = sign_in(client, reviewer).post("/exchange/propose/", asked)
    assert (answer.status_code, "没有要发送的" in answer.content.decode()) == (422, True)


@pytest.mark.django_db
def test_a_partner_is_proposed_with_fingerprints_and_then_known(
    client: Client, city: Scope, system_admin: Account, security_admin: Account
) -> None:
    signing, opening = own_keys().public
    asked = {
        "code": "military-health", "name": "军队卫生部门", "authority": city.code, "signing": signing,
        "opening": opening, "reason": "交换协议",
    }  # fmt: skip
    sign_in(client, system_admin)
    wrong = client.post("/exchange/partners/", {**asked, "signing": opening})
    assert (wrong.status_code, "Ed25519" in wrong.content.decode()) == (422, True)
    client.post("/exchange/partners/", asked)
    assert "签名公钥指纹" in str(Approval.objects.get().payload["title"])
    second = sign_in(Client(), security_admin)
    second.post(f"/work/approvals/{Approval.objects.get().pk}/", {"verdict": "approve", "opinion": "指纹相符"})
    assert Partner.objects.get().name == "军队卫生部门"
    assert "军队卫生部门" in second.get("/exchange/partners/").content.decode()
    assert AuditEntry.objects.filter(verb="exchange.partner", actor=security_admin).exists()
