"""The verification season of a district of 900 institutions: seen at a glance, reminded, ordered, proceeded against; one applies."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser import press
from tests.cast import new_account
from tests.journeys.conftest import PHONE, Actor, City, Walker
from tests.systems.institutions.registered import PROMISE, TODAY
from tests.systems.institutions.test_season import registered
from tests.systems.institutions.test_verifying import SUMMARY
from tests.walking import walker as walking
from yizheng.licensing.item import Candidate
from yizheng.licensing.models import Case
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Scope
from yizheng.people.scope import acting_as_system
from yizheng.people.scopes import add_organisation
from yizheng.registry import Subject
from yizheng.systems.institutions.verification.clock import State

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)
ORDERED_LONG_AGO = {"due_on": TODAY - 60 * DAY, "ordered_on": TODAY - 40 * DAY, "order_by": TODAY - 20 * DAY}
SEASON = (
    ({"due_on": TODAY + 30 * DAY}, 400), ({"due_on": TODAY - 5 * DAY}, 280), (ORDERED_LONG_AGO, 10),
    ({"due_on": TODAY + 200 * DAY}, 210),
)  # fmt: skip
"""How the periods of 900 institutions stand."""


def operator_of(subject: int, name: str, haidian: Scope) -> Actor:
    with acting_as_system("旅程测试"):
        scope = add_organisation(f"institution:{subject}", name, haidian, subject)
    whose = Subject.objects.get(pk=subject)
    return Actor(new_account(AccountKind.INSTITUTION, f"{name}经办", Role.INSTITUTION_OPERATOR, scope, whose))


def do_to_all(reviewer: Walker, state: State, act: str, done: str) -> None:
    """One thing to all that stand in a state."""
    reviewer.go(f"/institutions/verifications/?state={state}")
    reviewer.page.check("[name=whole]")
    press(reviewer.page, f"#season button:has-text('{act}')")
    expect(reviewer.page.locator("body")).to_contain_text(done)


def test_a_district_of_nine_hundred_is_reminded_ordered_and_proceeded_against(city: City, walk: Any) -> None:
    haidian = Scope.objects.get(code="110108")
    subjects = registered(haidian, [turned for turned, many in SEASON for _ in range(many)])
    due, overdue = (operator_of(subjects[at], f"北京示范第{at}门诊部", haidian) for at in (0, 400))
    reviewer: Walker = walk(city.reviewer)
    reviewer.go("/institutions/verifications/")
    for said in ("900", "应当申请 400", "逾期未申请 280", "可以注销 10", "未到申请期 210"):
        expect(reviewer.page.locator("nav.tabs[aria-label=环节]")).to_contain_text(said)
    reviewer.picture("season-calendar")
    do_to_all(reviewer, State.LATE_TO_APPLY, "提醒申请", "提醒申请 400 家")
    do_to_all(reviewer, State.OVERDUE, "责令限期办理", "责令限期办理 280 家")
    do_to_all(reviewer, State.TO_DEREGISTER, "立案注销", "立案注销 10 家")
    reviewer.go("/institutions/verifications/")
    expect(reviewer.page.locator("nav.tabs[aria-label=环节]")).to_contain_text("责令补办 280")
    reviewer.picture("season-ordered")

    late: Walker = walk(overdue)
    late.page.set_viewport_size(PHONE)
    late.go("/inbox/")
    expect(late.page.locator("main")).to_contain_text("逾期仍不申请的注销执业许可")
    late.picture("season-order")

    operator: Walker = walk(due)
    operator.go("/inbox/")
    expect(operator.page.locator("main")).to_contain_text("前申请校验")
    itself = Candidate(subjects[0], "北京示范第0门诊部")
    scope = due.account.grants.get().scope_id
    case: Case = walking(due.account).draft(
        due.account, "inst_check", {**SUMMARY, **PROMISE}, person=itself, institution=scope
    )
    operator.go(f"/my/cases/{case.number}/form/")
    operator.page.click("button[value=submit]")
    expect(operator.page.locator("main")).to_contain_text("待受理")
    reviewer.go("/institutions/verifications/?state=applied")
    expect(reviewer.page.locator("main")).to_contain_text("北京示范第0门诊部")
