"""The month of an intensive care unit typed by keyboard, mended and returned; and a night on which a hospital's system uploads."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import press
from tests.journeys.conftest import Actor
from tests.systems.infection.conftest import PERIOD, Ward, log, made
from yizheng.people import vault
from yizheng.people.models import Scope
from yizheng.people.scope import acting_as_system
from yizheng.people.scopes import load_jurisdictions
from yizheng.systems.infection.agent.keys import Keys, keys_in
from yizheng.systems.infection.agent.queue import Queue
from yizheng.systems.infection.agent.sending import Door, empty
from yizheng.systems.infection.models import Plan, Sender
from yizheng.systems.infection.records.declaring import Row
from yizheng.systems.infection.records.kinds import ISOLATES
from yizheng.systems.infection.reporting.lifecycle import SheetState
from yizheng.systems.infection.uploads.writing import enclosed

pytestmark = pytest.mark.django_db(transaction=True)
FIRST_DAY = {"entered": "0", "left": "0", "present": "8", "cvc": "5", "uc": "6", "vent": "3"}
SLIPS = (("4-cvc", "12", "5"), ("11-entered", "1", "0"), ("19-vent", "", "3"))
"""Cells, what is typed by mistake, and what was meant."""


@pytest.fixture
def ward(transactional_db: None) -> Ward:
    vault.prepare()
    load_jurisdictions()
    return made(Scope.objects.get(code="110000"), Scope.objects.get(code="110108"))


def type_the_month(page: Page) -> None:
    """The first day by hand, every further one with the key that copies the row above."""
    for name, value in FIRST_DAY.items():
        page.fill(f"[name='0-{name}']", value)
    page.focus("[name='0-entered']")
    for _ in log()[1:]:
        page.keyboard.press("Enter")
        page.keyboard.press("Control+d")


def said(page: Page, words: str) -> None:
    expect(page.locator("#findings h2")).to_contain_text(words, timeout=10_000)


def test_a_nurse_enters_a_month_mends_three_findings_and_hands_it_up_twice(walk: Any, ward: Ward):
    nurse = walk(Actor(ward.nurse))
    page = nurse.page
    nurse.go("/infection/")
    nurse.picture("infection-desk")
    press(page, "text=ICU 患者日志")
    type_the_month(page)
    expect(page.locator("[data-sum]").nth(2)).to_have_text(str(8 * len(log())))
    for cell, slip, _ in SLIPS:
        page.fill(f"[name='{cell}']", slip)
    said(page, "3 处错误")
    expect(page.locator("[data-cell='4-cvc']")).to_have_class("count wrong")
    nurse.picture("infection-sheet-with-findings")
    page.click("[data-goto='4-cvc']")
    expect(page.locator("[name='4-cvc']")).to_be_focused()
    for cell, _, meant in SLIPS:
        page.fill(f"[name='{cell}']", meant)
    expect(page.locator("#findings")).to_contain_text("没有错误", timeout=10_000)
    press(page, "button[value=submit]")
    sheet = ward.act(ward.sheet("icu_log"), "approve")
    ward.act(sheet, "return", reason="零点在住人数请按交班本核对")
    nurse.go("/infection/")
    expect(page.locator(".note")).to_contain_text("零点在住人数请按交班本核对")
    press(page, ".note a")
    page.fill("[name='0-uc']", "7")
    press(page, "button[value=submit]")
    sheet = ward.sheet("icu_log")
    assert sheet.state == SheetState.SUBMITTED
    assert sheet.version is not None
    assert (sheet.version.number, sheet.version.rows[0]["uc"]) == (2, 7)


def keys_of(ward: Ward, folder: Path) -> Keys:
    """The keys of the hospital's system, registered."""
    keys = keys_in(folder)
    with acting_as_system("旅程测试"):
        Sender.objects.create(
            subject_id=ward.hospital.subject_id or 0, institution_scope=ward.hospital.pk, name="检验系统", opening_key=keys.public[1],
            signing_key=keys.public[0], authority_scope=ward.sheet("case").authority_scope, account=ward.approver,
        )  # fmt: skip
        Plan.objects.create(
            subject_id=ward.hospital.subject_id or 0, authority_scope=ward.sheet("case").authority_scope, record="isolate", first=PERIOD,
        )  # fmt: skip
    return keys


def isolates() -> list[Row]:
    """Three results, two of drugs by names of the laboratory's own."""
    empty = dict.fromkeys(each.name for each in ISOLATES.fields)
    known = {
        **empty, "inpatient_number": "ZY1", "ward": "ICU1", "specimen": "BL", "sampled": PERIOD.replace(day=9).isoformat(),
        "purpose": "C", "pathogen": "BAC-GP-001", "sir": "S",
    }  # fmt: skip
    return [{**known, "number": f"B{n}", "drug": drug} for n, drug in enumerate(("J01XX08", "万古-1", "替考-2"))]


def test_a_sentinel_system_uploads_at_night_with_two_unmapped_drugs(
    walk: Any, ward: Ward, live_server: Any, tmp_path: Path
):
    queue, said = Queue(tmp_path), list[str]()
    door = Door(live_server.url, f"hospital-{ward.hospital.subject_id}", keys_of(ward, tmp_path))
    files = [enclosed(1, ISOLATES, "", isolates(), none=False)]
    queue.add(PERIOD, files)
    assert empty(queue, door, said.append, once=True)
    assert said == ["00000001.zip 已接收　待对照 2"]
    nurse = walk(Actor(ward.nurse))
    page = nurse.page
    nurse.go("/infection/packages/")
    nurse.picture("infection-packages")
    press(page, "td a[href*='/infection/packages/']")
    nurse.picture("infection-receipt-with-unmapped")
    for code, ours in (("万古-1", "J01XA01"), ("替考-2", "J01XA02")):
        form = page.locator(f"form:has(input[value='{code}'])")
        form.locator("select").select_option(ours)
        with page.expect_navigation(wait_until="load"):
            form.locator("button").click()
    expect(page.locator("form select")).to_have_count(0)
    queue.add(PERIOD, files)
    assert empty(queue, door, said.append, once=True)
    assert said[1] == "00000002.zip 已接收　全部接收"
    assert [row["drug"] for row in ward.sheet("isolate").rows] == ["J01XX08", "J01XA01", "J01XA02"]
    nurse.go(ward.sheet("isolate").get_absolute_url())
    expect(page.locator("#findings")).to_contain_text("没有错误")
