"""The signed list of states, the public keys, and the page that checks a QR code without a network."""

import base64
import json
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page

from tests.browser import assert_accessible
from tests.documents.conftest import certificate_fields as certificate_fields
from tests.documents.conftest import vault_key as vault_key
from tests.documents.test_certificates import issue
from yizheng.documents import certificates
from yizheng.documents.models import Certificate, Ending, MadeFor, StatusList
from yizheng.documents.paper import qr
from yizheng.documents.signing.marks import mark_keys
from yizheng.documents.verifying import status_list
from yizheng.people.models import Account
from yizheng.people.scope import acting_as, acting_as_system

pytestmark = pytest.mark.usefixtures("vault_key")
Fields = dict[str, Any]
SHOTS = os.environ.get("YIZHENG_SHOTS", "")


@pytest.fixture
def three(
    decider: Account, applicant: Account, another_applicant: Account, stranger: Account, certificate_fields: Fields
) -> list[Certificate]:
    """In force, revoked, superseded."""
    made = [issue(decider, holder, certificate_fields) for holder in (applicant, another_applicant, stranger)]
    with acting_as(decider):
        certificates.revoke(made[1], ending=Ending.CANCELLED, on=date(2026, 7, 1))
        certificates.reissue(made[2], reason=MadeFor.LOST, on=date(2026, 7, 1))
    return made


def signed() -> StatusList:
    with acting_as_system("test"):
        return status_list.sign_today()


def names(text: str) -> list[bytes]:
    raw = base64.urlsafe_b64decode(text + "==")
    return [raw[start : start + 6] for start in range(0, len(raw), 6)]


@pytest.mark.django_db
def test_the_list_names_what_no_longer_holds_and_nobody(three: list[Certificate]) -> None:
    row = signed()
    said = status_list.read(status_list.text_of(row).decode())
    assert (said["day"], row.entries) == (timezone.localdate().isoformat(), 2)
    assert names(said["revoked"]) == [status_list.name_of(three[1].code)]
    assert names(said["superseded"]) == [status_list.name_of(three[2].code)]
    for one in three:
        for personal in (one.code, one.number, "林知遥"):
            assert personal not in json.dumps(said, ensure_ascii=False)


@pytest.mark.django_db
def test_a_day_has_one_list(three: list[Certificate], decider: Account) -> None:
    first = signed()
    with acting_as(decider):
        certificates.revoke(three[0], ending=Ending.CANCELLED, on=timezone.localdate())
    assert signed().digest == first.digest
    assert StatusList.objects.count() == 1


@pytest.mark.django_db
def test_a_changed_list_is_none_of_ours(three: list[Certificate]) -> None:
    head, body, signature = status_list.text_of(signed()).decode().split(".")
    empty = base64.urlsafe_b64encode(json.dumps({"revoked": ""}).encode()).decode().rstrip("=")
    for text in (f"{head}.{empty}.{signature}", f"{head}.{body}", "", f"{head}.{body}.{signature[:-4]}AAAA"):
        with pytest.raises(status_list.NotOurs):
            status_list.read(text)


@pytest.mark.django_db
def test_a_list_signed_before_a_rotation_stays_genuine_and_both_keys_are_published(
    three: list[Certificate], client: Client
) -> None:
    text = status_list.text_of(signed()).decode()
    former = mark_keys().current().identity.hex()
    current = mark_keys().rotate()
    assert status_list.read(text)["day"]
    keys = {key["kid"]: key for key in client.get("/verify/keys.json").json()["keys"]}
    assert (keys[former]["status"], keys[current]["status"]) == ("former", "current")
    assert len(base64.urlsafe_b64decode(keys[current]["x"] + "==")) == 32


@pytest.mark.django_db
def test_lists_and_keys_are_open_to_any_site_and_kept_for_minutes_only(
    three: list[Certificate], client: Client
) -> None:
    assert client.get("/verify/status-list.jws").status_code == 404
    row = signed()
    for address in ("/verify/status-list.jws", f"/verify/status-list/{row.day}.jws", "/verify/keys.json"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert answer["Cache-Control"] == "public, max-age=600"
    for wrong in ("2020-01-01", "gestern"):
        assert client.get(f"/verify/status-list/{wrong}.jws").status_code == 404


@pytest.mark.django_db
def test_the_page_runs_its_own_script_alone(client: Client, three: list[Certificate]) -> None:
    signed()
    policy = client.get("/verify/offline/")["Content-Security-Policy"]
    assert "default-src 'none'; script-src 'sha256-" in policy
    assert "unsafe" not in policy
    kept = client.get("/verify/offline/download/")
    assert kept["Content-Disposition"].startswith("attachment")
    assert "Content-Security-Policy" in kept.content.decode()


# --- in a browser --------------------------------------------------------------------------------------------------------


@pytest.fixture
def page(chromium: Browser, live_server: Any) -> Iterator[Page]:
    context = chromium.new_context(locale="zh-CN", base_url=live_server.url)
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    yield page
    context.close()


def checked(page: Page, text: str) -> str:
    page.evaluate("document.getElementById('result').hidden = true")
    page.fill("#payload", text)
    page.click("button.first")
    page.wait_for_selector("#result:not([hidden])")
    return page.inner_text("#result")


def ready(page: Page) -> None:
    page.wait_for_selector("body[data-ready]")


@pytest.mark.django_db(transaction=True)
def test_a_code_is_checked_with_the_network_off(
    page: Page, three: list[Certificate], decider: Account, tmp_path: Path, settings: LazySettings
) -> None:
    row = signed()
    page.goto("/verify/offline/")
    ready(page)
    page.evaluate("navigator.serviceWorker.ready")
    page.wait_for_function("caches.match('/verify/status-list.jws').then((kept) => !!kept)")
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert_accessible(page, f"offline {width}")
    page.context.set_offline(True)
    page.reload()
    ready(page)
    assert "签名属实" in page.inner_text("#state")

    good, bad, old = (qr.payload(one) for one in three)
    assert "签名属实，名单日有效" in checked(page, f"https://gongshi.example/verify/{good}")
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/offline-390.png", full_page=True)
    assert "已注销、撤销、吊销或失效" in checked(page, bad)
    assert "已换发新版本" in checked(page, old)
    forged = ("A" if good[80] != "A" else "B").join((good[:80], good[81:]))
    for wrong in (forged, "林知遥", good[:-4]):
        assert "签名不符" in checked(page, wrong)
    by_hand = "async ([text]) => { crypto.subtle.importKey = () => { throw new Error(); }; return (await readMark(text)) !== null; }"
    assert page.evaluate(by_hand, [good])
    assert not page.evaluate(
        by_hand.replace("readMark(text)) !== null", "readMark(text).catch(() => null)) !== null"), [forged]
    )
    assert row.entries == 2


@pytest.mark.django_db(transaction=True)
def test_the_downloaded_page_checks_on_a_machine_that_never_had_a_network(
    page: Page, client: Client, three: list[Certificate], tmp_path: Path
) -> None:
    without_list = tmp_path / "before.html"
    without_list.write_bytes(client.get("/verify/offline/download/").content)
    signed()
    with_list = tmp_path / "check.html"
    with_list.write_bytes(client.get("/verify/offline/download/").content)
    page.context.set_offline(True)
    page.goto(without_list.as_uri())
    ready(page)
    assert "状态未能核对" in checked(page, qr.payload(three[0]))
    assert "没有状态名单" in page.inner_text("#result")
    page.goto(with_list.as_uri())
    ready(page)
    assert "名单日有效" in checked(page, qr.payload(three[0]))
    assert "已失效" in checked(page, qr.payload(three[1]))
