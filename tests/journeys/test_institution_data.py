"""A citizen on a phone asks whether the clinic next door is real and objects; a duplicate record is merged and split again."""

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import ViewportSize, expect

from tests.journeys.conftest import HOSPITAL, City, Walker
from yizheng.disclosure.publishing import refresh
from yizheng.people.models import Scope
from yizheng.people.scope import acting_as_system
from yizheng.registry import ChangeKind, changing
from yizheng.systems.institutions.licensing import register_institution

pytestmark = pytest.mark.django_db(transaction=True)
PHONE: ViewportSize = {"width": 390, "height": 844}
NUMBER = "E9990008811010815D1101"


def the_same_again() -> int:
    """The institution of the city, entered a second time under an older name."""
    values = {
        "kind": "licensed", "name": "北京青禾卫生站", "registration_number": NUMBER, "category": "D110",
        "business_nature": "2", "subjects": ["02"], "district": "110108", "address": "海淀区青禾路 1 号",
    }  # fmt: skip
    haidian = Scope.objects.get(code="110108")
    with acting_as_system("旅程测试"), changing(kind=ChangeKind.INTAKE, actor=None, cause="test") as change:
        made = register_institution(change, values, authority=haidian, valid_from=date(2012, 1, 1))
    with acting_as_system("旅程测试"):
        refresh("institution", [made.pk])
    return made.pk


def approve(decider: Walker, what: str) -> None:
    decider.go("/work/approvals/")
    decider.page.click(f"a:has-text('{what}')")
    decider.picture("institution-data-approval")
    decider.page.click("button[value=approve]")
    expect(decider.page.locator("body")).to_contain_text("已批准并办理")


def test_a_citizen_asks_and_objects_and_a_duplicate_is_merged_and_split_again(city: City, walk: Any) -> None:
    duplicate = the_same_again()
    citizen: Walker = walk()
    citizen.page.set_viewport_size(PHONE)
    citizen.go("/public/institutions/")
    citizen.page.fill("#q", "青禾社区")
    citizen.page.click("button:has-text('查询')")
    citizen.picture("institution-data-found")
    citizen.page.set_viewport_size(PHONE)
    citizen.page.click(f"a:has-text('{HOSPITAL}')")
    expect(citizen.page.locator("main")).to_contain_text("是登记的医疗机构，可以执业")
    assert citizen.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    citizen.page.fill("#words", "门口挂的牌子是另一个名字")
    citizen.page.click("button:has-text('提交异议')")
    expect(citizen.page.locator("main")).to_contain_text("已收到")
    citizen.picture("institution-data-objected")

    clerk: Walker = walk(city.reviewer)
    clerk.go("/problems/")
    expect(clerk.page.locator("main")).to_contain_text("公众异议")
    clerk.go(f"/problems/new/institutions/{duplicate}/")
    clerk.page.fill("#id_words", "与社区卫生服务中心是同一家，登记了两次")
    clerk.page.click("main button:has-text('登记')")
    clerk.picture("institution-data-problem")
    clerk.page.click("a:has-text('合并到另一个主体')")
    clerk.page.fill("#find-into", "青禾社区")
    clerk.page.click("button:has-text('查找')")
    clerk.page.click("a:has-text('看合并的结果')")
    expect(clerk.page.locator("main")).to_contain_text("号码作为别号保留")
    clerk.picture("institution-data-merge")
    clerk.page.fill("#words", "同址，旧站更名")
    clerk.page.click("button:has-text('提请合并')")
    decider: Walker = walk(city.decider)
    approve(decider, "北京青禾卫生站")
    citizen.go(f"/public/institutions/?q={NUMBER}")
    expect(citizen.page.locator("main")).to_contain_text(HOSPITAL)
    expect(citizen.page.locator("main")).to_contain_text("查到 1 家")

    clerk.go(f"/problems/new/institutions/{city.institution_id}/")
    clerk.page.fill("#id_words", "其实是两家，误并")
    clerk.page.click("main button:has-text('登记')")
    clerk.page.fill("[id^=split-]", "两家的许可证都有效")
    clerk.page.click("button:has-text('提请拆分')")
    approve(decider, HOSPITAL)
    citizen.go(f"/public/institutions/?q={NUMBER}")
    expect(citizen.page.locator("main")).to_contain_text("北京青禾卫生站")
