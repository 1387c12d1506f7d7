"""Worklist, case, form and public pages in a real browser: worked from the keys, light, and within a thumb's reach."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page

from tests.browser import assert_accessible
from tests.cast import sign_in
from tests.systems.doctors.conftest import DECLARED, HOSPITAL, House, practice
from tests.systems.doctors.standing_doctors import days_ago, person
from tests.walking import Desk, walker
from yizheng.licensing.models import Case
from yizheng.licensing.states import CaseState
from yizheng.people.models import Account, Scope

WIDTHS = {1440: 900, 1000: 800, 760: 800, 390: 844, 320: 640}
Opener = Callable[..., Page]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def look(chromium: Browser, live_server: Any) -> Iterator[Opener]:
    """Opens a page as somebody, or as a visitor, and notes what the browser complains of."""
    opened, said = [], []

    def at(account: Account | None, address: str, width: int = 1440, **options: Any) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": WIDTHS[width]}, locale="zh-CN", **options)
        opened.append(context)
        if account is not None:
            cookie = sign_in(Client(), account).cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        answer = page.goto(live_server.url + address)
        assert answer is not None
        assert answer.status == 200
        return page

    yield at
    for context in opened:
        context.close()
    assert said == []


@pytest.fixture
def waiting(
    hospital: House, city: Scope, haidian: Scope, acceptor: Account, reviewer: Account, decider: Account
) -> list[Case]:
    """Two cases at the reviewer's desk: nothing against the first, an advice to weigh in the second."""
    cases = []
    for name, sealed in (("贺云舟", HOSPITAL), ("许南乔", HOSPITAL.removeprefix("海淀区"))):
        doctor = person(name, city, qualified_on=days_ago(300))
        walks = walker(doctor.account, hospital.operator, Desk(acceptor, reviewer, decider))
        typed = {"practice": practice(employer_as_sealed=sealed), "declaration": DECLARED}
        case = walks.draft(doctor.account, "doctor_first_registration", typed)
        cases.append(walks.walk(case, CaseState.REVIEWING))
    return cases


def test_the_worklist_is_worked_from_the_keys(look: Opener, waiting: list[Case], reviewer: Account) -> None:
    page = look(reviewer, "/desk/")
    names = page.locator("tr[data-row] .name").all_inner_texts()
    assert sorted(names) == ["许南乔", "贺云舟"]
    for name in names:
        page.keyboard.press("j")
        assert page.locator("tr.cursor .name").inner_text() == name
        page.keyboard.press("x")
    assert page.locator(".batch").is_visible()
    assert "许南乔" in page.locator("[data-batch-says]").inner_text()
    assert page.locator("[data-batch-verb].first:visible").is_enabled()
    page.keyboard.press("Escape")
    assert not page.locator(".batch").is_visible()
    page.keyboard.press("/")
    page.keyboard.type("jx")
    assert page.locator("#site-search").input_value() == "jx"


def test_single_letters_may_be_switched_off(look: Opener, waiting: list[Case], reviewer: Account) -> None:
    page = look(reviewer, "/desk/")
    page.evaluate("document.body.dataset.keys = 'off'")
    page.keyboard.press("j")
    assert page.locator("tr.cursor").count() == 0
    page.keyboard.press("/")
    assert page.locator("#site-search").evaluate("element => element === document.activeElement")


def test_a_verb_asks_for_its_reason_before_it_acts(look: Opener, waiting: list[Case], reviewer: Account) -> None:
    page = look(reviewer, f"/desk/cases/{waiting[1].number}/")
    page.keyboard.press("a")
    assert not page.locator("#confirm").is_visible(), "what is not possible yet does nothing"
    page.keyboard.press("n")
    assert page.locator("#confirm h2").inner_text() == "拟不予许可"
    assert page.locator("#confirm-opinion").evaluate("element => element === document.activeElement")
    page.keyboard.press("Escape")
    assert not page.locator("#confirm").is_visible()


def test_the_phone_has_its_verbs_within_reach(look: Opener, waiting: list[Case], reviewer: Account) -> None:
    page = look(reviewer, f"/desk/cases/{waiting[0].number}/", 390)
    bottom = page.locator(".bottom-nav").bounding_box()
    verb = page.locator("[name=verb][value=propose_refusal]").bounding_box()
    assert bottom is not None
    assert verb is not None
    assert verb["height"] >= 44
    assert verb["y"] + verb["height"] <= bottom["y"]


def test_desk_form_and_public_pages_are_accessible_and_never_scroll_sideways(
    look: Opener, waiting: list[Case], draft: Case, doctor: Account, reviewer: Account
) -> None:
    desk, mine = f"/desk/cases/{waiting[1].number}/", f"/my/cases/{draft.number}/"
    pages = ((reviewer, "/desk/"), (reviewer, desk), (doctor, mine), (None, "/"))
    for account, address in pages:
        page = look(account, address)
        assert_accessible(page, address)
        for width, height in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": height})
            beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert beyond == 0, f"{address}: {beyond} px beyond {width}"
        assert_accessible(page, f"{address} on a phone")


def test_public_pages_need_no_script(look: Opener) -> None:
    page = look(None, "/", 390, java_script_enabled=False)
    assert page.locator("script").count() == 0
    link = page.get_by_role("link", name="办事入口")
    assert not link.is_visible()
    page.locator(".menu-label").click()
    assert link.is_visible()


def weights_of(page: Page) -> dict[str, int]:
    """The bytes of everything the page asks for, by address."""
    weights: dict[str, int] = {}
    page.on("requestfinished", lambda request: weights.update({request.url: request.sizes()["responseBodySize"]}))
    page.reload()
    return weights


def test_pages_keep_their_weight(look: Opener, waiting: list[Case], reviewer: Account) -> None:
    for account, address, kind, limit in ((None, "/", ".css", 20_000), (reviewer, "/desk/", ".js", 40_000)):
        weights = weights_of(look(account, address))
        assert sum(size for url, size in weights.items() if kind in url) <= limit
        assert len(weights) <= 8
