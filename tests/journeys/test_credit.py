"""A credit record comes back with an error, is mended at its source by two persons and accepted; the month's timeliness is printed."""

import io
from typing import Any
from unicodedata import normalize

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser import press
from tests.cast import new_account
from tests.journeys.conftest import Walker
from tests.journeys.test_adverts import Organ, organ
from tests.journeys.test_institution_data import approve
from tests.systems.adverts.test_told_to_others import TODAY, decided, represented
from tests.walking import desk_of
from yizheng.exchange.channels.delivering import deliver
from yizheng.exchange.channels.figures import to_mend
from yizheng.exchange.credit.channel import CREDIT
from yizheng.exchange.simulating.partners import PARTNERS, register
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.scopes import city as city_scope
from yizheng.people.scopes import jurisdiction

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["organ"]
RIGHT = "北京安和眼科医院"


def sent(other: Any) -> None:
    """The record goes out, and the platform answers for it."""
    for _ in range(2):
        deliver(CREDIT, other)


def correct_the_name(clerk: Walker, institution: int) -> None:
    """The district finds the slip in its register and proposes the right name."""
    clerk.go(f"/problems/new/institutions/{institution}/")
    clerk.page.fill("#id_words", "信用平台退回：名称与统一社会信用代码的登记不一致")
    press(clerk.page, "main button:has-text('登记')")
    with clerk.page.expect_navigation():  # the version that holds from today
        clerk.page.locator("section[aria-labelledby=correct-head] tr:has(th:text-is('执业许可')) a").last.click()
    clerk.page.fill("[name=name]", RIGHT)
    clerk.page.select_option("[name=reason]", "typing")
    clerk.page.fill("[name=explanation]", "核对法人登记证书")
    clerk.picture("credit-correction")
    press(clerk.page, "button:has-text('提请更正')")


def test_a_record_comes_back_is_mended_at_its_source_and_the_month_is_printed(organ: Organ, walk: Any) -> None:
    city = city_scope()
    for each in PARTNERS.values():
        register(each, city.pk)
    other = PARTNERS["city-credit"].channels["credit"]()
    asked = other.judge
    other.judge = lambda each: (
        ("E10", "名称与统一社会信用代码登记不一致") if "澄怀" in str(each.payload["XK_XDR_MC"]) else asked(each)
    )
    represented(organ.place)
    number = decided(organ.place, organ.desk)
    sent(other)
    engineer: Walker = walk(organ.signed(new_account(AccountKind.ENGINEER, "周运维", Role.ENGINEER, city)))
    engineer.go("/exchange/channels/credit/")
    returned = engineer.page.locator("section[aria-labelledby=mend-head]")
    for said in (number, "E10", "登记不一致"):
        expect(returned).to_contain_text(said)
    engineer.picture("credit-returned")

    haidian = desk_of(jurisdiction("110108"))
    correct_the_name(walk(organ.signed(haidian.reviewer)), organ.place.subject.pk)
    approve(walk(organ.signed(haidian.decider)), "澄怀眼科医院")
    sent(other)
    assert other.payloads[number]["XK_XDR_MC"] == RIGHT
    assert not to_mend("credit").exists()
    engineer.page.reload()
    expect(returned).to_contain_text("没有被退回的报文")

    engineer.go("/exchange/credit/")
    expect(engineer.page.locator("main")).to_contain_text("100.00%")
    engineer.picture("credit-month")
    engineer.page.click("a[data-key=p]")
    expect(engineer.page.locator("main.paper-page")).to_contain_text("打印于")
    printed = PdfReader(io.BytesIO(engineer.page.pdf(prefer_css_page_size=True)))
    words = normalize("NFKC", "".join(each.extract_text() for each in printed.pages))
    for said in ("双公示月报", f"{TODAY:%Y-%m}", "按期率", "100.00%", "周运维"):
        assert said in words, said
