"""The register's pages in a real browser: nothing for axe, no sideways scrolling, the day in sight, a number asked for."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page

from tests.browser import assert_accessible
from tests.cast import Place, new_account, sign_in
from tests.systems.doctors.people_of_pages import Made, give_identity_number, license_house, make_doctor
from yizheng.people.kinds import AccountKind
from yizheng.people.models import Account, Scope, UnmaskingRecord

WIDTHS = {1440: 900, 390: 844}
Opener = Callable[[Account, str, int], Page]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def doctor(institution: Place, another_institution: Place, haidian: Scope, chaoyang: Scope, decider: Account) -> Made:
    license_house(institution, haidian, ("02", "03", "04"))
    made = make_doctor("林知夏", institution, haidian, by=decider, second=another_institution)
    give_identity_number(made)
    return made


@pytest.fixture
def look(chromium: Browser, live_server: Any) -> Iterator[Opener]:
    """Opens a page as somebody, who stays signed in, and notes what the browser complains of."""
    signed_in: dict[int, Page] = {}
    said: list[str] = []

    def entered(account: Account, width: int) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": WIDTHS.get(width, 800)}, locale="zh-CN")
        cookie = sign_in(Client(), account).cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        return page

    def at(account: Account, address: str, width: int) -> Page:
        page = signed_in.get(account.pk) or signed_in.setdefault(account.pk, entered(account, width))
        page.set_viewport_size({"width": width, "height": WIDTHS.get(width, 800)})
        answer = page.goto(live_server.url + address)
        assert answer is not None
        assert answer.status == 200
        return page

    yield at
    for page in signed_in.values():
        page.context.close()
    assert said == []


def test_every_page_is_accessible_at_two_widths(
    look: Opener, doctor: Made, institution: Place, reviewer: Account, decider: Account
) -> None:
    herself = new_account(AccountKind.INDIVIDUAL, "林知夏", subject=doctor.subject)
    record = f"/doctors/{doctor.subject.pk}/"
    pages = (
        (reviewer, "/doctors/"),
        (reviewer, "/doctors/?q=无名氏"),
        (reviewer, record),
        (reviewer, f"{record}?day=2021-06-01"),
        (decider, f"{record}changes/{doctor.changes['widened'].pk}/rollback/"),
        (reviewer, "/proposals/"),
        (reviewer, "/institutions/"),
        (reviewer, f"/institutions/{institution.subject.pk}/"),
        (herself, "/my/records/"),
    )
    for account, address in pages:
        page = look(account, address, 1440)
        for width, height in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": height})
            assert_accessible(page, f"{address} {width}")
            beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert beyond == 0, f"{address}: {beyond} px beyond {width}"


def test_a_narrow_page_opens_at_the_day_looked_at_and_a_phone_has_words(
    look: Opener, doctor: Made, reviewer: Account
) -> None:
    page = look(reviewer, f"/doctors/{doctor.subject.pk}/?day=2021-06-01", 760)
    flag = page.locator(".flag rect").bounding_box()
    assert flag is not None
    assert 0 < flag["x"] < 760 - flag["width"]
    page.set_viewport_size({"width": 390, "height": WIDTHS[390]})
    assert page.locator(".lines-told").is_visible()
    assert not page.locator(".lines-drawing").is_visible()


def test_a_number_is_shown_after_a_reason(look: Opener, doctor: Made, reviewer: Account) -> None:
    page = look(reviewer, f"/doctors/{doctor.subject.pk}/", 1440)
    page.click("[data-reveal]")
    page.fill("#reveal-reason", "核对身份")
    page.click("dialog[open] .btn-primary")
    page.wait_for_selector("text=110108199003280328")
    assert UnmaskingRecord.objects.get().reason == "医师登记：核对身份"
