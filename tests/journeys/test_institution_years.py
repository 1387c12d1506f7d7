"""A founder's years: approved, licensed, one subject more, deferred at verification, checked again and passed, closed at last."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.cast import Place, new_account, new_subject
from tests.journeys.conftest import Actor, Walker
from tests.journeys.test_first_registration import press
from tests.systems.doctors.people_of_pages import make_doctor
from tests.systems.institutions.conftest import FOUNDER, application, registration
from tests.systems.institutions.registered import TODAY, House, drafted, turn
from tests.systems.institutions.test_closing import CLOSE
from tests.systems.institutions.test_verifying import SUMMARY, VISIT
from tests.walking import Desk, desk_of, paper
from yizheng.demo.walker import Walker as Drafting
from yizheng.disclosure.models import PublicInstitution
from yizheng.licensing.lifecycle import Actor as Part
from yizheng.licensing.models import Case
from yizheng.licensing.states import CaseState
from yizheng.people import vault
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account
from yizheng.people.scope import acting_as_system
from yizheng.people.scopes import city as city_scope
from yizheng.people.scopes import load_jurisdictions, organisation_of
from yizheng.people.signing_in import totp
from yizheng.systems.institutions.models import EstablishmentApproval, InstitutionLicence

pytestmark = pytest.mark.django_db(transaction=True)
NAME = "北京清河医院"


@dataclass(frozen=True)
class Staff:
    """The city, which registers hospitals of the third level, at its desk."""

    desk: Desk
    acceptor: Walker
    reviewer: Walker
    decider: Walker

    def decide(self, case: Case, ends: str) -> None:
        """Accepted, reviewed and decided, each by its person."""
        press(self.acceptor, case.number, "accept")
        self.conclude(case, ends)

    def conclude(self, case: Case, ends: str) -> None:
        """Its advice weighed, reviewed and decided."""
        self.reviewer.go(f"/desk/cases/{case.number}/")
        unanswered = self.reviewer.page.locator("article.finding button[value=reject]")
        while left := unanswered.count():
            unanswered.first.click()
            self.reviewer.page.fill("#dispose-reason", "已核对")
            self.reviewer.page.click("#dispose [data-confirm]")
            expect(unanswered).to_have_count(left - 1)
        press(self.reviewer, case.number, "pass_review", "符合条件")
        press(self.decider, case.number, "grant", "同意")
        expect(self.decider.page.locator(".case-head")).to_contain_text(ends)


def signed(account: Account) -> Actor:
    """The account with its one-time codes."""
    secret = totp.new_secret()
    totp.enrol(account, secret)
    return Actor(account, secret)


def submit(walker: Walker, case: Case) -> None:
    walker.go(f"/my/cases/{case.number}/form/")
    expect(walker.page.locator("#blocked")).to_be_empty()
    walker.page.click("button[value=submit]")
    expect(walker.page.locator("main")).to_contain_text("待受理")


def record(reviewer: Walker, number: str, fits: str, **conclusion: str) -> None:
    """The visit by two officers, and the conclusion."""
    page = reviewer.page
    reviewer.go(f"/desk/cases/{number}/record/")
    reviewer.picture("verification-record")
    for name, said in VISIT.items():
        if name != "fits":
            page.fill(f"[name=visit-{name}]", said)
    page.check(f"[name=visit-fits][value={fits}]")
    page.click("#visit button.btn-primary")
    reviewer.go(f"/desk/cases/{number}/record/")
    page.check(f"[name=conclusion-conclusion][value={conclusion.pop('conclusion')}]")
    if ground := conclusion.pop("ground", ""):
        page.select_option("[name=conclusion-ground]", ground)
    for name, said in conclusion.items():
        page.fill(f"[name=conclusion-{name}]", said)
    page.click("#conclusion button.btn-primary")
    expect(page.locator(".case-left")).to_be_visible()


def licensed(staff: Staff, founder: Walker, account: Account, drafting: Drafting) -> House:
    """From the approval of the setting to the licence, each applied for by the founder."""
    approval = drafting.draft(account, "inst_setup_approve", application())
    submit(founder, approval)
    staff.decide(approval, "准予")
    founder.go(f"/my/cases/{approval.number}/")
    expect(founder.page.locator("main")).to_contain_text("批准书")
    founder.picture("years-approved")
    with acting_as_system("旅程测试"):
        approved = EstablishmentApproval.objects.current().get().number
    case = drafting.draft(account, "inst_register", registration(approved))
    submit(founder, case)
    staff.decide(case, "准予")
    with acting_as_system("旅程测试"):
        subject = InstitutionLicence.objects.current().get(status="active").subject
    founder.go(f"/my/institutions/{subject.pk}/licence/")
    expect(founder.page.locator("main")).to_contain_text(NAME)
    founder.picture("years-licence")
    scope = organisation_of(subject.pk)
    assert scope is not None
    return House(
        subject, scope, new_account(AccountKind.INSTITUTION, "清河经办", Role.INSTITUTION_OPERATOR, scope, subject)
    )


def test_from_the_establishment_to_the_end(transactional_db: None, walk: Any) -> None:
    vault.prepare()
    load_jurisdictions()
    desk = desk_of(city_scope())
    person = new_subject("person")
    vault.store(person.pk, "resident_id", FOUNDER)
    account = new_account(AccountKind.INDIVIDUAL, "林知遥", subject=person)
    staff = Staff(desk, *(walk(signed(each)) for each in (desk.acceptor, desk.reviewer, desk.decider)))
    house = licensed(staff, walk(Actor(account)), account, Drafting(lambda case, part: account, paper))

    desks = {Part.ACCEPTOR: desk.acceptor, Part.REVIEWER: desk.reviewer, Part.DECIDER: desk.decider}
    drafting = Drafting(lambda case, part: desks.get(part, house.operator), paper)
    operator: Walker = walk(Actor(house.operator))

    def applied(code: str, typed: dict[str, Any]) -> Case:
        case = drafted(drafting, house, code, typed)
        submit(operator, case)
        with acting_as_system("旅程测试"):
            case.refresh_from_db()
        return case

    make_doctor("林知夏", Place(house.scope, house.subject, house.operator), city_scope(), by=desk.decider)
    more = {"subjects": [{"subject": code, "remark": ""} for code in ("03", "03.01", "04")]}
    drafting.walk(applied("inst_change", {"kinds": {"kinds": ["subject"], "grounds": "业务发展"}, "subjects": more}))

    turn(house, due_on=TODAY + timedelta(days=30))
    check = drafting.walk(applied("inst_check", SUMMARY), CaseState.REVIEWING)
    staff.reviewer.go("/institutions/verifications/")
    expect(staff.reviewer.page.locator("main")).to_contain_text("校验在办")
    staff.reviewer.picture("verification-calendar")
    record(
        staff.reviewer, check.number, "no", conclusion="defer", ground="below_standard", months="3", points="4",
        opinion="护士配备不足",
    )  # fmt: skip
    staff.conclude(check, "已作出结论")
    operator.go("/my/institution/")
    expect(operator.page.locator("main")).to_contain_text("暂缓校验")
    operator.picture("years-deferred")

    turn(house, deferred_to=TODAY - timedelta(days=1), again_by=TODAY + timedelta(days=4))
    again = drafting.walk(applied("inst_check_again", SUMMARY), CaseState.REVIEWING)
    record(staff.reviewer, again.number, "yes", conclusion="pass", points="0", opinion="整改完成")
    staff.conclude(again, "已作出结论")

    drafting.walk(applied("inst_deregister", {"closing": CLOSE}))
    public: Walker = walk()
    public.go(f"/public/institutions/{PublicInstitution.objects.get(name=NAME).token}/")
    expect(public.page.locator("main")).to_contain_text("注销")
    public.picture("years-closed")
