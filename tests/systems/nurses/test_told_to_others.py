"""A nurse's certificate as the city's platform of certificates sees it: issued, renewed, corrected, suspended, restored, revoked."""

import io
import json
import secrets
import zipfile
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cast import sign_in
from tests.systems.doctors.conftest import go_on
from tests.systems.nurses.people import NAME, NUMBER
from tests.systems.nurses.test_deregistration import JUDGED, recorded
from tests.systems.nurses.test_personal import RENAMED, apply, certificate, change, restate
from tests.systems.nurses.test_renewal import begin, ends_in
from yizheng.documents.paper.ofd import NAMESPACE
from yizheng.exchange.certificate_identifiers import check
from yizheng.exchange.channels.delivering import deliver
from yizheng.exchange.channels.figures import to_mend
from yizheng.exchange.channels.outbox import opened
from yizheng.exchange.channels.reconciling import reconcile
from yizheng.exchange.channels.signing import OwnKey, signed_headers
from yizheng.exchange.credit.channel import CREDIT
from yizheng.exchange.ecertificates.channel import CERTIFICATES
from yizheng.exchange.models import Message
from yizheng.exchange.simulating.certificates import CertificatePlatform
from yizheng.exchange.simulating.partners import PARTNERS, key_of, register
from yizheng.people.models import AuditEntry, Scope

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def platform(city: Scope) -> CertificatePlatform:
    for each in PARTNERS.values():
        register(each, city.pk)
    return CertificatePlatform()


def seen(platform: CertificatePlatform) -> list[tuple[str, str]]:
    """Version and state of every identifier the platform holds, once it was told what waits."""
    run = deliver(CERTIFICATES, platform)
    assert (run.faults, run.rejected) == (0, 0), list(to_mend("ecertificates").values_list("code", "note"))
    return sorted((check(identifier).version, state) for identifier, state in platform.states.items())


def test_every_turn_of_a_certificate_is_seen_so_by_the_other_side(
    platform: CertificatePlatform, walker: Any, registered: Any, nurse: Any, reviewer: Any, decider: Any, haidian: Scope
) -> None:
    assert seen(platform) == [("001", "01")]
    (told,) = platform.payloads.values()
    assert (told["CZZT"], told["CZZTDM"], told["operation"]) == (NAME, NUMBER, "新发")
    kept = opened(list(Message.objects.filter(channel="ecertificates")))
    assert all(NUMBER not in json.dumps(each) for each in kept), "the number stands in no message at rest"

    ends_in(nurse, 60)
    walker.walk(begin(walker, nurse))
    assert seen(platform) == [("001", "05"), ("002", "01")]
    walker.walk(apply(walker, nurse, "nurse_info_change", person_change=change(name=RENAMED)))
    assert seen(platform) == [("001", "05"), ("002", "05"), ("003", "01")]
    (told,) = platform.payloads.values()
    assert (told["CZZT"], check(str(told["GLZZBS"])).version) == (RENAMED, "002")

    restate(nurse, status="SUSP")
    assert seen(platform)[-1] == ("003", "02")
    restate(nurse, status="REG")
    assert seen(platform)[-1] == ("003", "01")
    go_on(recorded(reviewer, nurse, haidian, "N02", **JUDGED), "enact", decider, reason="文书属实。")
    assert seen(platform) == [("001", "05"), ("002", "05"), ("003", "07")]
    assert reconcile(CERTIFICATES, platform).agrees


def test_her_registration_is_reported_as_a_permission_with_her_number_on_the_way_out(
    platform: CertificatePlatform, registered: Any
) -> None:
    other = PARTNERS["city-credit"].channels["credit"]()
    for _ in range(2):
        run = deliver(CREDIT, other)
    assert (run.acked, list(to_mend("credit"))) == (1, [])
    (told,) = other.payloads.values()
    assert (told["XK_XDR_MC"], told["XK_XDR_LB"], told["XK_XDR_ZJHM"], told["XK_XKLB"]) == (
        NAME,
        "自然人",
        NUMBER,
        "认可",
    )
    assert str(told["XK_YXQZI"]) > str(told["XK_YXQZ"])
    assert AuditEntry.objects.filter(verb="vault.pass_on").exists()


def test_another_authority_reads_a_certificate_with_a_purpose_and_is_recorded(
    platform: CertificatePlatform, registered: Any, nurse: Any, client: Client
) -> None:
    def asked(partner: str, signed_by: str, nonce: str = "", **said: str) -> tuple[int, dict[str, Any]]:
        body, path = json.dumps(said).encode(), "/exchange/in/certificates"
        headers = signed_headers(
            OwnKey(key_of(signed_by)),
            partner,
            settings.EXCHANGE_CODE,
            path,
            body,
            at=timezone.now(),
            nonce=nonce or secrets.token_hex(4),
        )
        answer = client.post(path, body, content_type="application/json", headers=headers)
        return answer.status_code, answer.json()

    credit = "city-credit"
    status, told = asked(credit, credit, kind="nurse_practice", code=NUMBER, purpose="办理执业地点变更")
    assert (status, len(told["certificates"])) == (200, 1)
    assert told["certificates"][0]["ZZBH"] == certificate(nurse)[0].number
    assert AuditEntry.objects.filter(verb="exchange.pull", detail__partner=credit).count() == 1
    assert asked(credit, credit, nonce="same", kind="nurse_practice", code=NUMBER, purpose="核对")[0] == 200
    assert asked(credit, credit, nonce="same", kind="nurse_practice", code=NUMBER, purpose="核对")[0] == 403
    assert asked(credit, credit, kind="nurse_practice", code=NUMBER, purpose=" ")[0] == 422
    assert asked(credit, credit, kind="unheard", code=NUMBER, purpose="x")[0] == 422
    assert asked(credit, credit, kind="nurse_practice", code=NUMBER)[0] == 400
    assert asked(credit, "market-regulator", kind="nurse_practice", code=NUMBER, purpose="x")[0] == 403
    assert asked("nobody", credit, kind="nurse_practice", code=NUMBER, purpose="x")[0] == 403


def test_her_layout_file_carries_the_data_the_platform_was_told(
    platform: CertificatePlatform, registered: Any, nurse: Any, client: Client
) -> None:
    deliver(CERTIFICATES, platform)
    (told,) = platform.payloads.values()
    answer = sign_in(client, nurse).get(reverse("documents:certificate_ofd", args=[certificate(nurse)[0].pk]))
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        entry = ET.fromstring(archive.read("OFD.xml"))
        page = archive.read("Doc_0/Pages/Page_0/Content.xml").decode()
    data = {each.attrib["Name"]: each.text or "" for each in entry.iter(f"{{{NAMESPACE}}}CustomData")}
    assert data == {name: str(told[name]) for name in data}
    assert {"ZZBS", "ZZBH", "CZZTDM"} <= set(data)
    assert check(data["ZZBS"]).serial == data["ZZBH"]
    assert NAME in page
    assert "发证机关" in page
