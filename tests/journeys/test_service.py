"""The six days of the service that must work: walked by an engineer, her manager and the client's manager, at both widths."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser import press
from tests.cast import new_account
from tests.journeys.conftest import Actor, Walker
from yizheng.people import vault
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.scopes import city, load_jurisdictions
from yizheng.people.signing_in import totp
from yizheng.systems.service.clauses import loading
from yizheng.systems.service.models import Contract, Report, WorkOrder

pytestmark = pytest.mark.django_db(transaction=True)
NIGHT = "夜间先处理，白天补记"


@dataclass(frozen=True)
class Desk:
    """A contract and the three who live with it."""

    contract: Contract
    engineer: Actor
    manager: Actor
    client: Actor


@pytest.fixture
def desk(transactional_db: None) -> Desk:
    vault.prepare()
    load_jurisdictions()
    today, lines = timezone.localdate(), loading.shipped_lines()
    terms = {
        "code": "YW-1", "title": "运维服务合同", "client": "甲方", "contractor": "乙方", "starts": today - timedelta(days=200),
        "ends": today + timedelta(days=164), "amount": sum((each.person_months * each.unit_price for each in lines), Decimal()),
    }  # fmt: skip

    def made(kind: AccountKind, name: str, role: Role) -> Actor:
        account = new_account(kind, name, role, city())
        secret = totp.new_secret()
        totp.enrol(account, secret)
        return Actor(account, secret)

    return Desk(
        loading.load(terms, lines),
        made(AccountKind.ENGINEER, "值班工程师", Role.ENGINEER),
        made(AccountKind.ENGINEER, "运维管理员", Role.SERVICE_MANAGER),
        made(AccountKind.CLERK, "甲方监督员", Role.CLIENT_MANAGER),
    )


def register(walker: Walker, kind: str, channel: str, title: str, reported: str, due: str = "") -> str:
    """Register what was reported; the address of its page."""
    walker.go("/service/orders/new/")
    page = walker.page
    page.select_option("[name=kind]", kind)
    page.select_option("[name=line]", "D01")
    page.select_option("[name=channel]", channel)
    page.fill("[name=requester]", "市卫生健康委医政处")
    page.fill("[name=title]", title)
    page.fill("[name=reported]", reported)
    page.fill("[name=due]", due)
    press(page, "main form button.btn-primary")
    return page.url.removeprefix(walker.address)


def write(page: Page, kind: str, **said: str) -> None:
    """An entry of a kind on the page of an order."""
    page.goto(page.url.split("?")[0] + f"?write={kind}")
    for name, value in said.items():
        control = page.locator(f"[name={name}]")
        if control.evaluate("each => each.tagName") == "SELECT":
            control.select_option(value)
        else:
            control.fill(value)
    press(page, "main form button.btn-primary")


def test_the_six_days_of_the_service(desk: Desk, walk: Callable[..., Walker]) -> None:
    engineer, manager, client = walk(desk.engineer), walk(desk.manager), walk(desk.client)
    a_database_fails_at_three_in_the_night(engineer, client)
    a_demand_of_12345_is_handed_on_and_solved(engineer, manager, client)
    a_change_of_four_days_leaves_sixteen(engineer, client)
    a_report_passes_by_silence(manager, client)
    a_missed_hour_costs(engineer, client)
    the_client_reads_the_acceptance_of_the_year(client)


def a_database_fails_at_three_in_the_night(engineer: Walker, client: Walker) -> None:
    now = timezone.localtime()
    three = now.replace(hour=3, minute=0)
    night = three if three + timedelta(hours=4) < now else three - timedelta(days=1)
    order = register(engineer, "failure", "phone", "数据库主机故障", f"{night:%Y-%m-%d %H:%M}")
    for kind, after in (("answer", 14), ("step", 30), ("restore", 192)):
        at = f"{night + timedelta(minutes=after):%Y-%m-%d %H:%M}"
        write(engineer.page, kind, at=at, said="按预案切换", late_reason=NIGHT)
    write(engineer.page, "cause_proposed", party="contractor", said="磁盘没有按期更换")
    client.go(order)
    write(client.page, "cause", party="contractor", said="同意")
    engineer.go(order)
    write(engineer.page, "close", said="用户确认")
    expect(engineer.page.locator(".promises")).to_contain_text("3:12，及时")
    expect(engineer.page.locator(".book")).to_contain_text(NIGHT)
    engineer.picture("service-night")


def a_demand_of_12345_is_handed_on_and_solved(engineer: Walker, manager: Walker, client: Walker) -> None:
    now = timezone.localtime()
    due = f"{now + timedelta(days=5):%Y-%m-%d %H:%M}"
    order = register(engineer, "complaint", "12345", "诊所备案电话打不通", f"{now:%Y-%m-%d %H:%M}", due)
    write(engineer.page, "answer", said="已联系来电人")
    manager.go(order)
    write(manager.page, "handed_on", said="属区卫生健康委办理，已电话告知承办人")
    expect(manager.page.locator(".facts")).to_contain_text("已转办")
    engineer.go(order)
    write(engineer.page, "close", said="区里已换号码，来电人确认打通")
    client.go(order)
    write(client.page, "follow_up", satisfaction="satisfied", said="打通了")
    expect(client.page.locator(".facts")).to_contain_text("已办结")
    client.picture("service-demand")


def a_change_of_four_days_leaves_sixteen(engineer: Walker, client: Walker) -> None:
    now = timezone.localtime()
    due = f"{now + timedelta(days=9):%Y-%m-%d %H:%M}"
    order = register(engineer, "change", "web", "年报导出加一列", f"{now:%Y-%m-%d %H:%M}", due)
    write(engineer.page, "answer", said="可以做")
    write(engineer.page, "estimate", days="4")
    client.go(order)
    write(client.page, "agreed")
    client.go("/service/changes/")
    expect(client.page.locator(".service-facts")).to_contain_text("余 16 人日")
    client.picture("service-changes")


def a_report_passes_by_silence(manager: Walker, client: Walker) -> None:
    manager.go("/service/reports/")
    manager.page.fill("[name=said] >> nth=0", "平稳")
    press(manager.page, "main form button.btn-primary >> nth=0")
    address = manager.page.url.removeprefix(manager.address)
    client.go(address)
    press(client.page, "text=签收报告")
    expect(client.page.locator(".facts")).to_contain_text("待审核")
    Report.objects.update(received=timezone.now() - timedelta(days=25))
    client.go(address)
    expect(client.page.locator(".facts")).to_contain_text("视为通过")
    client.picture("service-silence")


def a_missed_hour_costs(engineer: Walker, client: Walker) -> None:
    reported = timezone.localtime() - timedelta(minutes=80)
    order = register(engineer, "failure", "monitor", "接口回执积压", f"{reported:%Y-%m-%d %H:%M}")
    late = f"{reported + timedelta(minutes=75):%Y-%m-%d %H:%M}"
    write(engineer.page, "answer", at=late, said="接手")
    write(engineer.page, "restore", said="积压清空")
    write(engineer.page, "cause_proposed", party="contractor", said="没有值守")
    client.go(order)
    write(client.page, "cause", party="contractor", said="同意")
    expect(client.page.locator(".promises")).to_contain_text("1:15，超时限")
    client.go("/service/contract/")
    expect(client.page.locator(".costs")).to_contain_text("10.4")
    client.page.select_option("[name=kind]", "deduction")
    client.page.fill("[name=on]", f"{timezone.localdate():%Y-%m-%d}")
    client.page.fill("[name=reference]", "扣减确认单 01")
    client.page.fill("[name=amount]", "1000.00")
    press(client.page, "main form button.btn-primary")
    client.go("/service/obligations/?state=已超期")
    expect(client.page.locator("main table")).to_contain_text("故障 1 小时内答复")
    client.picture("service-deduction")


def the_client_reads_the_acceptance_of_the_year(client: Walker) -> None:
    client.go("/service/acceptance/")
    expect(client.page.locator("main")).to_contain_text("运维服务工单")
    client.picture("service-acceptance")
    with client.page.expect_download() as file:
        client.page.click("a[href$='6.xlsx']")
    assert file.value.suggested_filename.endswith(".xlsx")
    press(client.page, ".pairs a:has-text('2 件') >> nth=0")
    expect(client.page.locator("main table")).to_contain_text(
        WorkOrder.objects.filter(kind="failure").latest("pk").number
    )
