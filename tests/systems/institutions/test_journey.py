"""A founder's years: licensed, one subject more, deferred at verification, passed after it, closed; the desk seen in a browser."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Actor, walk
from tests.systems.doctors.people_of_pages import make_doctor
from tests.systems.institutions.registered import TODAY, drafted, turn
from tests.systems.institutions.test_closing import CLOSE
from tests.systems.institutions.test_verifying import SUMMARY, VISIT, passed
from yizheng.licensing.states import CaseState
from yizheng.people.models import Account
from yizheng.people.scope import acting_as_system
from yizheng.people.signing_in import totp

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["walk"]


def clerk(account: Account) -> Actor:
    """A clerk with her one-time codes."""
    secret = totp.new_secret()
    totp.enrol(account, secret)
    return Actor(account, secret)


def record(reviewer: Any, number: str) -> None:
    """The visit by two officers, and the deferral."""
    page = reviewer.page
    reviewer.go(f"/desk/cases/{number}/")
    expect(page.locator("main")).to_contain_text("还没有记录校验结论")
    page.click("#act a:has-text('填写审核记录')")
    reviewer.picture("verification-record")
    for name, said in VISIT.items():
        if name != "fits":
            page.fill(f"[name=visit-{name}]", said)
    page.check("[name=visit-fits][value=no]")
    page.click("#visit button.btn-primary")
    reviewer.go(f"/desk/cases/{number}/record/")
    page.check("[name=conclusion-conclusion][value=defer]")
    page.select_option("[name=conclusion-ground]", "below_standard")
    page.fill("[name=conclusion-months]", "3")
    page.fill("[name=conclusion-points]", "4")
    page.fill("[name=conclusion-opinion]", "护士配备不足")
    page.click("#conclusion button.btn-primary")
    expect(page.locator(".case-left")).to_contain_text("暂缓校验")
    reviewer.picture("verification-case")


def test_from_the_licence_to_the_end(walker, house, haidian, district_desk, walk: Any) -> None:
    make_doctor("林知夏", house, haidian, by=district_desk.decider)
    more = {"subjects": [{"subject": code, "remark": ""} for code in ("03", "03.01", "04")]}
    walker.walk(
        drafted(
            walker, house, "inst_change", {"kinds": {"kinds": ["subject"], "grounds": "业务发展"}, "subjects": more}
        )
    )
    turn(house, due_on=TODAY + timedelta(days=30))
    case = walker.walk(drafted(walker, house, "inst_check", SUMMARY), CaseState.REVIEWING)
    reviewer = walk(clerk(district_desk.reviewer))
    reviewer.go("/institutions/verifications/")
    expect(reviewer.page.locator("main")).to_contain_text("校验在办")
    reviewer.picture("verification-calendar")
    record(reviewer, case.number)
    with acting_as_system("test"):
        case.refresh_from_db()
    case = walker.walk(case)
    assert case.summary.startswith("暂缓校验")
    turn(house, deferred_to=TODAY - timedelta(days=1), again_by=TODAY + timedelta(days=4))
    walker.walk(drafted(walker, house, "inst_check_again", SUMMARY), records={"visit": VISIT, **passed()})
    walker.walk(drafted(walker, house, "inst_deregister", {"closing": CLOSE}))
    reviewer.go(f"/institutions/{house.subject.pk}/")
    for said in ("已注销", "歇业"):
        expect(reviewer.page.locator("main")).to_contain_text(said)
    reviewer.picture("institution-closed")
