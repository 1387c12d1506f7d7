"""Days of institutions: a clinic files and fails the visit afterwards; a hospital gets a second name and its hundredth bed."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.cast import Place, new_account
from tests.journeys.conftest import Actor, City, Walker
from tests.journeys.test_first_registration import press
from tests.systems.doctors.people_of_pages import make_doctor
from tests.systems.institutions.conftest import FOUNDER
from tests.systems.institutions.registered import PROMISE
from tests.systems.institutions.test_filings import clinic
from tests.systems.institutions.test_internet import INNER, PLATFORM
from tests.walking import walker as walking
from yizheng.disclosure.models import PublicInstitution
from yizheng.disclosure.publishing import refresh
from yizheng.licensing.item import Candidate
from yizheng.licensing.models import Case
from yizheng.people import vault
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Scope
from yizheng.people.scope import acting_as_system
from yizheng.people.scopes import organisation_of
from yizheng.registry import ChangeKind, changing
from yizheng.systems.doctors.models import Registration
from yizheng.systems.doctors.models.registration import line as registration_line
from yizheng.systems.institutions.licensing import register_institution

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = timezone.localdate()
HOSPITAL, CLINIC = "北京清河医院", "北京林知遥中医诊所"


def practising_doctor(haidian: Scope) -> Actor:
    """A doctor of Chinese medicine who has practised for eight years."""
    since = TODAY - timedelta(days=3000)
    values = {
        "practice_number": "141110108004217", "level": "1", "category": "tcm", "place": "110000", "issued_on": since,
        "first_practised_on": since,
    }  # fmt: skip
    with acting_as_system("旅程测试"), changing(kind=ChangeKind.INTAKE, actor=None, cause="test") as change:
        person = change.subject("person")
        change.state(
            Registration, person, registration_line("1", "110000"), values, valid_from=since, authority_scope=haidian.pk
        )
    vault.store(person.pk, "resident_id", FOUNDER)
    return Actor(new_account(AccountKind.INDIVIDUAL, "林知遥", subject=person))


def open_form(walker: Walker, case: Case) -> None:
    walker.go(f"/my/cases/{case.number}/form/")
    expect(walker.page.locator("#blocked")).to_be_empty()


def test_a_clinic_files_leaves_with_its_certificate_and_fails_the_visit(city: City, walk: Any) -> None:
    haidian = Scope.objects.get(code="110108")
    founder = practising_doctor(haidian)
    case = walking(founder.account).draft(founder.account, "tcm_clinic_file", clinic())
    doctor: Walker = walk(founder)
    open_form(doctor, case)
    doctor.picture("clinic-form")
    doctor.page.click("button[value=submit]")
    expect(doctor.page.locator("main")).to_contain_text("备案编号")
    with doctor.page.expect_download() as download:
        doctor.page.click("text=下载电子证照")
    assert download.value.suggested_filename.endswith(".pdf")
    doctor.picture("clinic-filed")

    filed = PublicInstitution.objects.get(name=CLINIC)
    reviewer: Walker = walk(city.reviewer)
    reviewer.go(f"/desk/initiate/?subject={filed.subject}&item=clinic_file_visit")
    page = reviewer.page
    page.fill("[name=visit-visited_on]", TODAY.isoformat())
    page.check("[name=visit-passed][value=fail]")
    page.fill("[name=visit-officer]", "周明远")
    page.fill("[name=visit-second]", "沈若谷")
    page.fill("[name=visit-found]", "消毒间与诊室没有分开")
    page.fill("[name=visit-correct_by]", (TODAY + timedelta(days=14)).isoformat())
    page.fill("[name=evidence]", "现场核查笔录和照片")
    reviewer.picture("clinic-visit")
    page.click("form.act-form button.btn-primary")
    expect(page.locator(".case-head")).to_contain_text("待决定")
    with acting_as_system("旅程测试"):
        number = Case.objects.order_by("-id").values_list("number", flat=True)[0]
    decider: Walker = walk(city.decider)
    press(decider, number, "enact", "核查属实")
    expect(decider.page.locator("main")).to_contain_text("作出决定")
    public: Walker = walk()
    public.go(f"/public/institutions/{filed.token}/")
    expect(public.page.locator("main")).to_contain_text("责令改正")
    public.picture("clinic-public")


def hospital(haidian: Scope, by: Actor) -> tuple[Place, Actor]:
    """A hospital of 99 beds with one doctor of internal medicine, and its operator."""
    values = {
        "kind": "licensed", "name": HOSPITAL, "category": "A100", "level": "2", "business_nature": "3", "economic_type": "15",
        "subjects": ["03", "04"], "service_modes": ["1", "3"], "service_objects": ["1"], "beds": 99, "district": "110108",
    }  # fmt: skip
    values["registration_number"] = "E999900171101081"

    with acting_as_system("旅程测试"):
        with changing(kind=ChangeKind.INTAKE, actor=None, cause="test") as change:
            subject = register_institution(change, values, authority=haidian, valid_from=date(2015, 1, 1))
        refresh("institution", [subject.pk])
    scope = organisation_of(subject.pk)
    assert scope is not None
    operator = new_account(AccountKind.INSTITUTION, "清河经办", Role.INSTITUTION_OPERATOR, scope, subject)
    house = Place(scope, subject, operator)
    make_doctor("林知夏", house, haidian, by=by.account)
    return house, Actor(operator)


def through(staff: Mapping[str, Walker], operator: Walker, case: Case, advice: int) -> None:
    """The operator submits, and the district accepts, reviews and grants."""
    operator.go(f"/my/cases/{case.number}/form/")
    operator.page.click("button[value=submit]")
    expect(operator.page.locator("main")).to_contain_text("待受理")
    press(staff["acceptor"], case.number, "accept")
    reviewer, decider = staff["reviewer"], staff["decider"]
    reviewer.go(f"/desk/cases/{case.number}/")
    for _ in range(advice):
        reviewer.page.locator("article.finding button[value=reject]").first.click()
        reviewer.page.fill("#dispose-reason", "已核对名录")
        reviewer.page.click("#dispose [data-confirm]")
        expect(reviewer.page.locator(".case-left")).to_contain_text("已处置")
    press(reviewer, case.number, "pass_review", "符合条件")
    press(decider, case.number, "grant", "同意")
    expect(decider.page.locator(".case-head")).to_contain_text("准予")


def test_a_hospital_gets_its_second_name_and_its_hundredth_bed(city: City, walk: Any) -> None:
    haidian = Scope.objects.get(code="110108")
    house, actor = hospital(haidian, city.decider)
    itself = Candidate(house.subject.pk, HOSPITAL)
    drafting = walking(actor.account)
    operator: Walker = walk(actor)
    staff = {name: walk(getattr(city, name)) for name in ("acceptor", "reviewer", "decider")}
    applications: tuple[tuple[str, int, dict[str, Any]], ...] = (
        (
            "internet_hosp_second_name",
            1,
            {
                "name": {"name": f"{HOSPITAL}互联网医院"}, "platform": {**PLATFORM, "doctors": "others"}, "subjects": INNER,
            },
        ),
        ("inst_change", 1, {"kinds": {"kinds": ["beds"], "grounds": "扩建"}, "site": {"beds": "100"}}),
    )  # fmt: skip
    for code, advice, typed in applications:
        case = drafting.draft(actor.account, code, {**typed, **PROMISE}, person=itself, institution=house.scope.pk)
        through(staff, operator, case, advice)
    operator.go(f"/institutions/{house.subject.pk}/")
    for said in (f"{HOSPITAL}互联网医院", "互联网诊疗", "100 张", "36 个月"):
        expect(operator.page.locator("main")).to_contain_text(said)
    operator.picture("hospital-record")
    public: Walker = walk()
    public.go(f"/public/institutions/{PublicInstitution.objects.get(name=HOSPITAL).token}/")
    expect(public.page.locator("main")).to_contain_text(f"{HOSPITAL}互联网医院")
    public.picture("hospital-public")
