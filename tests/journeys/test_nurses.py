"""Six days of nurses: a hospital renews, one moves, one comes late, one comes over, one is checked, one week is planned."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone
from playwright.sync_api import expect

from tests.cast import new_account
from tests.journeys.conftest import HOSPITAL, PHONE, Actor, City, Walker
from tests.journeys.papers import photo, proof
from tests.journeys.test_first_registration import number_of_the_case
from tests.systems.doctors.conftest import House, found
from tests.systems.nurses.test_collective_renewal import employ
from yizheng.disclosure.publishing import refresh
from yizheng.documents.spreadsheets import Sheet, write
from yizheng.intake.files.rows import read_rows
from yizheng.kernel.calendar import add_years
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.identifiers import make_resident_id
from yizheng.licensing.deadlines.daily import run
from yizheng.people import vault
from yizheng.people.kinds import AccountKind
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as_system
from yizheng.registry import ChangeKind, changing
from yizheng.registry.models import Subject
from yizheng.systems.practitioners.roster.week import tell_institutions
from yizheng.work.models import Job, JobState
from yizheng.work.running import run as run_job

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = timezone.localdate()
HOUSE, ELSEWHERE = "北京安和医院", "海淀区青禾社区卫生服务中心"


@dataclass(frozen=True)
class Ward:
    """A hospital, its operator, and its nurses: subject, name and number."""

    house: House
    nurses: list[tuple[int, str, str]]

    @property
    def operator(self) -> Actor:
        return Actor(self.house.operator)


def ward(count: int, last: date) -> Ward:
    """A hospital with so many nurses whose term ends on a day, told to the public."""
    haidian = Scope.objects.get(code="110108")
    house = found(HOUSE, haidian, "110108", category="A100")
    nurses = employ(house, haidian, count, last=last)
    with acting_as_system("旅程测试"):
        refresh("nurse", [subject for subject, *_ in nurses])
        run(TODAY)
    return Ward(house, nurses)


def herself(subject: int, name: str) -> Actor:
    account: Account = new_account(AccountKind.INDIVIDUAL, name, subject=Subject.objects.get(pk=subject))
    return Actor(account)


def fill_practice(nurse: Walker) -> None:
    """Where she goes, and what she declares."""
    page = nurse.page
    page.select_option("[name=person-ethnic_group]", "01")
    page.fill("[name=person-mobile]", "13800000172")
    page.fill("[name=practice-institution]", HOUSE)
    page.select_option("[name=practice-employment]", index=1)
    page.fill("[name=practice-employed_from]", TODAY.isoformat())
    page.fill("[name=practice-employer_as_sealed]", HOUSE)
    page.select_option("[name=practice-work_kind]", index=1)
    page.check("[name=declaration-health][value=fit]")
    page.check("[name=declaration-truth]")


def act(walker: Walker, number: str, verb: str) -> None:
    """Open the case, press a verb, confirm it."""
    walker.go(f"/desk/cases/{number}/")
    walker.page.click(f"#act button[value={verb}]")
    walker.page.fill("#confirm-opinion", "同意")
    walker.page.click("#confirm [data-confirm]")


def decided(city: City, walk: Any, number: str) -> Walker:
    """Three clerks take a case to its grant."""
    for actor, verb in ((city.acceptor, "accept"), (city.reviewer, "pass_review"), (city.decider, "grant")):
        clerk: Walker = walk(actor)
        act(clerk, number, verb)
    expect(clerk.page.locator(".case-head")).to_contain_text("准予")
    return clerk


FAULTS = 12


def filled(sheet: Path, folder: Path) -> Path:
    """The sheet the platform made, filled in; four rows without the promise, four with no such health, four with a wrong number."""
    read = read_rows(sheet, sheet.name)
    health, truth, own = (next(title for title in read.heading if word in title) for word in ("健康", "承诺", "编号"))
    spoilt = ({truth: ""}, {health: "很好"}, {own: "201611999999"})
    rows = []
    for line, (_, row) in enumerate(read.records()):
        said = {**row, health: "健康，适宜执业", truth: "是"}
        rows.append([*(said | (spoilt[line % 3] if line < FAULTS else {})).values()])
    made = folder / "延续注册.xlsx"
    with made.open("wb") as stream:
        write(stream, Sheet("人员", list(read.heading), rows))
    return made


def worked_off(walker: Walker) -> None:
    """The job the page waits for is done, in a thread of its own, as the browser holds this one's event loop."""
    expect(walker.page.locator("main")).to_contain_text("排队中")

    def work() -> None:
        for job in Job.objects.filter(state=JobState.QUEUED).values_list("pk", flat=True):
            run_job(job)
        connections.close_all()

    with ThreadPoolExecutor(1) as thread:
        thread.submit(work).result()


def all_at_once(clerk: Walker, verb: str) -> None:
    """One verb for everything on the desk, those of the further pages too."""
    clerk.go("/desk/")
    clerk.picture(f"nurses-desk-{verb}")
    clerk.page.click("a:has-text('批量办件')")
    clerk.page.check("[data-select-all]")
    clerk.page.check("label.whole input")
    clerk.page.click(f"[data-batch-verb][value={verb}]")
    expect(clerk.page.locator("dialog[open]")).to_contain_text("288")
    clerk.page.click("dialog[open] button.btn-primary")
    worked_off(clerk)


def test_a_hospital_renews_from_a_sheet_and_the_district_decides_in_one_sitting(
    city: City, walk: Any, tmp_path: Path
) -> None:
    place = ward(300, TODAY + timedelta(days=60))
    operator: Walker = walk(place.operator)
    operator.go("/my/dossiers/")
    operator.page.click("form[action$='/begin/nurse_renewal/'] button")
    dossier = operator.page.url.removeprefix(operator.address)
    with operator.page.expect_download() as download:
        operator.page.click("text=下载已列出应办人员的表")
    empty = tmp_path / "空表.xlsx"
    download.value.save_as(empty)
    operator.page.set_input_files("#sheet", filled(empty, tmp_path))
    operator.page.click("button:has-text('核对并建申请')")
    worked_off(operator)
    operator.go(dossier)
    expect(operator.page.locator("main")).to_contain_text("共 300 人")
    expect(operator.page.locator("[aria-label=各状态人数]")).to_contain_text("可提交 288")
    operator.picture("nurses-dossier")
    operator.page.click("button:has-text('提交 288 件')")
    worked_off(operator)
    operator.go(dossier)
    expect(operator.page.locator("main")).to_contain_text("待受理")
    for actor, verb in ((city.acceptor, "accept"), (city.reviewer, "pass_review"), (city.decider, "grant")):
        all_at_once(walk(actor), verb)
    operator.go(dossier)
    expect(operator.page.locator("[aria-label=各状态人数]")).to_contain_text("准予 288")
    operator.picture("nurses-dossier-granted")


def test_a_nurse_moves_to_another_district_and_practises_the_same_minute(city: City, walk: Any, tmp_path: Path) -> None:
    place = ward(1, TODAY + timedelta(days=900))
    ((subject, name, number),) = place.nurses
    nurse: Walker = walk(herself(subject, name))
    nurse.go("/my/")
    nurse.page.click("form[action$='/apply/nurse_institution_filing/'] button")
    nurse.page.fill("[name=practice-institution]", HOSPITAL)
    nurse.page.select_option("[name=practice-employment]", index=1)
    nurse.page.fill("[name=practice-employed_from]", TODAY.isoformat())
    nurse.page.select_option("[name=practice-work_kind]", index=1)
    nurse.page.set_input_files("input[type=file][name=employment_proof]", proof(tmp_path, "聘用证明"))
    expect(nurse.page.locator("#materials")).to_contain_text("聘用证明.pdf")
    nurse.picture("nurses-filing")
    nurse.page.click("button[value=submit]")
    expect(nurse.page.locator("main")).to_contain_text("待机构确认")
    act(walk(city.operator), number_of_the_case(), "confirm")
    public: Walker = walk()
    public.page.set_viewport_size(PHONE)
    public.go("/?of=nurses")
    public.page.click("text=证书编号")
    public.page.fill("#number", number)
    public.page.keyboard.press("Enter")
    expect(public.page.locator("main")).to_contain_text(HOSPITAL)
    expect(public.page.locator("main")).to_contain_text("可以执业")
    public.picture("nurses-moved")
    nurse.go("/my/records/")
    expect(nurse.page.locator("main")).to_contain_text(HOSPITAL)


def test_a_nurse_whose_term_ended_yesterday_registers_again(city: City, walk: Any, tmp_path: Path) -> None:
    place = ward(1, TODAY - timedelta(days=1))
    ((subject, name, number),) = place.nurses
    nurse: Walker = walk(herself(subject, name))
    nurse.go("/my/")
    expect(nurse.page.locator("form[action$='/apply/nurse_renewal/']")).to_have_count(0)
    nurse.page.click("form[action$='/apply/nurse_reregistration/'] button")
    fill_practice(nurse)
    for material in ("photo", "identity", "diploma", "employment_proof"):
        paper = photo(tmp_path) if material == "photo" else proof(tmp_path, material)
        nurse.page.set_input_files(f"input[type=file][name={material}]", paper)
        expect(nurse.page.locator("#materials")).to_contain_text(paper.name)
    nurse.picture("nurses-again")
    nurse.page.click("button[value=submit]")
    expect(nurse.page.locator("main")).to_contain_text("待机构确认")
    case = number_of_the_case()
    act(walk(place.operator), case, "confirm")
    decided(city, walk, case)
    nurse.go("/my/records/")
    expect(nurse.page.locator("main")).to_contain_text((add_years(TODAY, 5) - timedelta(days=1)).isoformat())
    expect(nurse.page.locator("main")).to_contain_text(number)


def test_an_armed_police_nurse_comes_over_with_her_term(city: City, walk: Any, tmp_path: Path) -> None:
    place, until = ward(0, TODAY), TODAY + timedelta(days=700)
    with acting_as_system("旅程测试"), changing(kind=ChangeKind.INTAKE, actor=None, cause="test") as change:
        person = change.subject("person").pk
    vault.store(person, "resident_id", make_resident_id("110108", date(1993, 5, 4), 88))
    nurse: Walker = walk(herself(person, "白清禾"))
    nurse.go("/my/")
    nurse.page.click("form[action$='/apply/nurse_military_to_local/'] button")
    fill_practice(nurse)
    for field, value in {
        "organ": "武警部队卫生主管部门", "number": "WJ-2020-0042", "proof_number": "转字42号",
        "registered_on": (until - timedelta(days=1825)).isoformat(), "term_to": until.isoformat(),
        "transferred_on": TODAY.isoformat(), "last_worked": TODAY.isoformat(),
    }.items():  # fmt: skip
        nurse.page.fill(f"[name=military-{field}]", value)
    nurse.page.check("[name=military-way][value=civilian]")
    nurse.page.check("[name=military-returned]")
    for material in ("photo", "employment_proof", "military_proof", "resettlement"):
        paper = photo(tmp_path) if material == "photo" else proof(tmp_path, material)
        nurse.page.set_input_files(f"input[type=file][name={material}]", paper)
        expect(nurse.page.locator("#materials")).to_contain_text(paper.name)
    nurse.picture("nurses-from-the-forces")
    nurse.page.click("button[value=submit]")
    expect(nurse.page.locator("main")).to_contain_text("待机构确认")
    case = number_of_the_case()
    act(walk(place.operator), case, "confirm")
    decided(city, walk, case)
    nurse.go("/my/records/")
    expect(nurse.page.locator("main")).to_contain_text(until.isoformat())


def test_a_patient_at_home_checks_a_nurse_on_a_phone(city: City, walk: Any) -> None:
    place = ward(1, TODAY + timedelta(days=400))
    ((_, name, _),) = place.nurses
    patient: Walker = walk()
    patient.page.set_viewport_size(PHONE)
    patient.go("/")
    patient.page.click("nav.tabs a:has-text('护士')")
    patient.page.fill("[name=name]", name)
    patient.page.fill("[name=institution]", "安和")
    patient.page.keyboard.press("Enter")
    expect(patient.page.locator("main")).to_contain_text("可以执业")
    expect(patient.page.locator("main")).to_contain_text(long_date(TODAY + timedelta(days=400)))
    patient.picture("nurses-public")


def test_a_head_nurse_is_told_on_monday_who_may_not_work_on_friday(city: City, walk: Any) -> None:
    monday = TODAY - timedelta(days=TODAY.weekday())
    place = ward(2, monday + timedelta(days=3))
    tell_institutions(monday)
    head: Walker = walk(place.operator)
    head.go("/inbox/")
    expect(head.page.locator("main")).to_contain_text("周五")
    head.picture("nurses-inbox")
    head.go(f"/nurses/roster/not-practising/?on={monday + timedelta(days=4)}")
    for _, name, _ in place.nurses:
        expect(head.page.locator("main")).to_contain_text(name)
    head.picture("nurses-friday")
    head.go(f"/nurses/roster/not-practising/?on={monday + timedelta(days=3)}")
    expect(head.page.locator("main")).to_contain_text("都可以执业")
