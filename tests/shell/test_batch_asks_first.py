"""A verb for many asks first, says what cannot go, and answers one advice of many once; in a real browser."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import expect

from tests.cast import sign_in
from tests.licensing import items
from tests.licensing.conftest import draft, on_its_way
from tests.licensing.test_many import several, states
from tests.shell.test_rule_settings_in_a_browser import looked_at, visit
from yizheng.licensing.models import Batch, Case, CaseEvent, Disposal
from yizheng.licensing.states import CaseState
from yizheng.people import vault
from yizheng.people.models import Account
from yizheng.people.scope import acting_as_system

__all__ = ["draft", "items", "on_its_way", "several", "visit"]

pytestmark = pytest.mark.django_db(transaction=True)
Several = Callable[..., list[Case]]


@pytest.fixture(autouse=True)
def vault_key(db: None) -> None:
    vault.prepare()


def test_the_key_opens_a_question_and_nothing_is_done_before_it_is_answered(
    visit: Any, several: Several, acceptor: Account
) -> None:
    cases = several(3, "received")
    page = visit(acceptor)
    page.goto("/desk/?view=all")
    page.check("[data-select-all]")
    page.keyboard.press("a")
    expect(page.locator("dialog[open] h2")).to_have_text("受理 3 件")
    assert "样例许可 3 件" in page.inner_text("dialog[open]")
    looked_at(page, "batch-asks")
    assert states(cases) == [CaseState.RECEIVED] * 3
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    page.keyboard.press("a")
    page.fill("dialog[open] textarea", "材料齐全")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/desk/batch/*/")
    assert states(cases) == [CaseState.REVIEWING] * 3
    with acting_as_system("test"):
        assert set(CaseEvent.objects.filter(verb="accept").values_list("reason", flat=True)) == {"材料齐全"}


def test_what_cannot_go_is_named_with_its_reason(
    client: Client, several: Several, acceptor: Account, reviewer: Account
) -> None:
    clean, doubtful = several(1, "received"), several(1, "received", doubtful="on")
    rows = [case.pk for case in (*clean, *doubtful)]
    sign_in(client, acceptor).post("/desk/batch/", {"verb": "accept", "rows": rows, "confirmed": "yes"})
    asked = sign_in(client, reviewer).post("/desk/batch/", {"verb": "pass_review", "rows": rows})
    said = asked.content.decode()
    assert "通过审核 1 件" in said
    assert "不能一并办理 1 件" in said
    assert "1 条提示没有处置" in said
    assert not Batch.objects.filter(verb="pass_review").exists()


def test_one_answer_serves_every_case_that_has_the_advice(visit: Any, several: Several, acceptor: Account) -> None:
    cases = several(2, "received", doubtful="on")
    page = visit(acceptor)
    page.goto("/desk/?view=all")
    page.check("[data-select-all]")
    page.click("button[value=dispose]")
    expect(page.locator("dialog[open] h2")).to_have_text("处置提示：2 件")
    looked_at(page, "batch-disposes")
    page.fill("dialog[open] textarea", "已电话核实")
    page.click("dialog[open] button[value=accept]")
    page.wait_for_url("**/desk/batch/*/")
    with acting_as_system("test"):
        assert Disposal.objects.filter(accepted=True, reason="已电话核实").count() == 2
        assert set(Case.objects.filter(pk__in=[case.pk for case in cases]).values_list("advice", flat=True)) == {0}


def test_what_one_case_can_many_can(client: Client, several: Several, acceptor: Account) -> None:
    several(1, "received")
    page = sign_in(client, acceptor).get("/desk/?view=all").content.decode()
    for verb in ("accept", "ask_correction", "decline"):
        assert f'name="verb" value="{verb}"' in page


def test_a_reason_the_law_wants_is_asked_for_many_too(client: Client, several: Several, acceptor: Account) -> None:
    cases = several(2, "received")
    sent = {"verb": "decline", "rows": [case.pk for case in cases], "confirmed": "yes"}
    refused = sign_in(client, acceptor).post("/desk/batch/", sent)
    assert refused.status_code == 422
    assert "不予受理须写明理由" in refused.content.decode()
    assert states(cases) == [CaseState.RECEIVED] * 2


def test_the_address_of_a_batch_opened_again_leads_to_the_worklist(client: Client, acceptor: Account) -> None:
    answer = sign_in(client, acceptor).get("/desk/batch/", headers={"accept": "text/html"})
    assert (answer.status_code, answer["Location"]) == (302, "/desk/")
