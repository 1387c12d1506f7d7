"""Two days of infection control in a browser: an outbreak from its alarm to the closing report, and the district's Monday."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser import press
from tests.journeys.conftest import Actor
from tests.systems.infection.conftest import PERIOD, Ward, case, made
from yizheng.kernel.calendar import beijing_today
from yizheng.people import vault
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as_system
from yizheng.people.scopes import load_jurisdictions
from yizheng.people.signing_in import totp
from yizheng.systems.infection.models import Plan, Sheet
from yizheng.systems.infection.outbreaks.watching import watch
from yizheng.systems.infection.outbreaks.weekly import watch_city
from yizheng.systems.infection.records.declaring import month_before
from yizheng.systems.infection.reporting.plans import open_month

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ward(transactional_db: None) -> Ward:
    """A hospital in whose intensive care four patients fell ill within days."""
    vault.prepare()
    load_jurisdictions()
    found = made(Scope.objects.get(code="110000"), Scope.objects.get(code="110108"))
    with acting_as_system("test"):
        for number, back in enumerate((5, 4, 2, 1)):
            began = beijing_today() - timedelta(days=back)
            open_month(found.hospital, Plan.objects.filter(record="case"), began.replace(day=1))
            sheet = Sheet.objects.get(record="case", period=began.replace(day=1))
            sheet.rows = [*sheet.rows, case(number, began.isoformat())]
            sheet.save()
        watch(beijing_today())
    return found


def officer(account: Account) -> Actor:
    secret = totp.new_secret()
    totp.enrol(account, secret)
    return Actor(account, secret)


def test_an_outbreak_goes_from_its_alarm_to_the_closing_report_with_its_hours_kept(walk: Any, ward: Ward) -> None:
    nurse = walk(Actor(ward.nurse))
    page = nurse.page
    nurse.go("/infection/alarms/")
    press(page, "main a[href^='/infection/alarms/']")
    expect(page.locator("main")).to_contain_text("规则 A")
    expect(page.locator("#methods")).to_be_visible()
    nurse.picture("infection-alarm")
    page.fill("#reason", "四名患者同病区、同型，呼吸机管路共用")
    press(page, "button[value=verify]")
    expect(page.locator("#wards")).to_be_visible()
    page.select_option("#found-state", "confirmed")
    page.fill("#found-cases", "5")
    page.fill("#found-exposed", "20")
    page.fill("#found-summary", "隔离患者，更换管路，环境采样")
    press(page, "form[action$='/investigate/'] .btn-primary")
    expect(page.locator("main")).to_contain_text("罹患率 25.00%")
    address = page.url.removeprefix(nurse.address)
    approver = walk(Actor(ward.approver))
    _report(approver, address, "first", "ICU 五例鲍曼不动杆菌肺炎，来源为呼吸机管路")
    for each in (ward.district, ward.city):
        receiver = walk(officer(each))
        receiver.go(address)
        press(receiver.page, "form[action$='/receive/'] .btn-primary")
    _report(approver, address, "closing", "末例后两周无新发，环境复采阴性")
    expect(approver.page.locator("main")).to_contain_text("已结案")
    expect(approver.page.locator("tbody tr", has_text="医院至区")).to_contain_text("及时")
    expect(approver.page.locator("tbody tr", has_text="区至市")).to_contain_text("及时")
    approver.picture("infection-outbreak-closed")


def _report(walker: Any, address: str, kind: str, text: str) -> None:
    walker.go(address)
    walker.page.select_option("#report-kind", kind)
    walker.page.fill("#report-text", text)
    press(walker.page, "form[action$='/report/'] .btn-primary")


def test_the_district_sees_on_monday_who_has_not_reported_and_which_alarm_is_real(walk: Any, ward: Ward) -> None:
    today = beijing_today()
    overdue = month_before(PERIOD)
    with acting_as_system("test"):
        Plan.objects.update(first=overdue)
        last_week = today - timedelta(days=today.weekday() + 4)
        month = today.replace(day=1)
        for _ in range(7):
            plans = Plan.objects.filter(record="case")
            open_month(ward.hospital, plans, month)
            month = month_before(month)
        Sheet.objects.filter(record="case", rows=[]).update(none=True)
        sheet = Sheet.objects.get(record="case", period=last_week.replace(day=1))
        extra = [case(40 + n, last_week.isoformat(), pathogen="BAC-GP-010", ward="SUR9") for n in range(5)]
        sheet.rows = [*sheet.rows, *extra]
        sheet.save()
        watch_city(today)
    district = walk(officer(ward.district))
    page = district.page
    district.go(f"/infection/missing/?month={overdue:%Y-%m}")
    expect(page.locator("main tbody tr", has_text="ICU 患者日志")).to_contain_text("未开始")
    district.picture("infection-missing")
    district.go("/infection/alarms/")
    press(page, "main tbody tr:has-text('粪肠球菌') a")
    expect(page.locator("#methods")).to_be_visible()
    expect(page.locator("main")).to_contain_text("EARS C1")
    expect(page.locator("main")).not_to_contain_text("ZY00040")
    district.picture("infection-alarm-of-a-week")
