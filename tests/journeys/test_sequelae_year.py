"""The days of a year: three files of three makes, who is who, self-harm, the trend on paper, and a result in plain words."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from playwright.sync_api import FilePayload, expect

from tests.browser import press
from tests.cast import new_account, new_subject
from tests.journeys.conftest import Actor, Walker
from tests.systems.sequelae.conftest import NUMBERS, entered
from yizheng.documents.spreadsheets import Sheet, write
from yizheng.people import vault
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.rights.roles import RULES
from yizheng.people.scope import acting_for_organisations
from yizheng.people.scopes import load_jurisdictions
from yizheng.people.signing_in import totp
from yizheng.systems.sequelae import sealing
from yizheng.systems.sequelae.models import Attendance, Examination, Round, Source
from yizheng.systems.sequelae.office import open_office
from yizheng.systems.sequelae.persons.identities import enter

pytestmark = pytest.mark.django_db(transaction=True)


def staff(role: Role, name: str) -> Actor:
    """Somebody of the office with a second factor."""
    account = new_account(RULES[role].kind, name, role, open_office())
    secret = totp.new_secret()
    totp.enrol(account, secret)
    return Actor(account, secret)


@pytest.fixture
def office(transactional_db: None) -> None:
    """Two people of one name and a third; three sources; a round that runs and one before it."""
    vault.prepare()
    load_jurisdictions()
    open_office()
    today = timezone.localdate()
    with acting_for_organisations("旅程测试"):
        people = enter([entered(1, "王芳"), entered(2, "王芳"), entered(3, "欧阳晓明")])
        now = Round.objects.create(year=today.year, organiser="体检中心", starts=today, ends=today + timedelta(days=30))
        early = Round.objects.create(year=2008, organiser="体检中心", starts=date(2008, 9, 1), ends=date(2008, 9, 30))
        sources = [
            Source.objects.create(code=code, title=title)
            for code, title in (("center", "体检中心"), ("lung", "肺功能室"), ("lab", "检验科"))
        ]
        for of in (early, now):
            for person in people:
                Attendance.objects.create(round=of, person=person, came="attended")
        for person in people:
            content = {"fev1": {"number": 2.8}, "glu": {"number": 5.1}, "sbp": {"number": 120}, "dbp": {"number": 80}}
            Examination.objects.create(
                person=person, round=early, source=sources[0], on=early.starts, sealed=sealing.seal([(person.subject_id, content)])[0]
            )  # fmt: skip


def book(*rows: tuple[object, ...]) -> bytes:
    """A workbook."""
    kept = BytesIO()
    write(kept, Sheet("体检", [str(each) for each in rows[0]], [[str(each) for each in row] for row in rows[1:]]))
    return kept.getvalue()


def send(walker: Walker, source: str, name: str, kind: str, content: bytes) -> None:
    """Take a file in."""
    walker.go("/sequelae/batches/")
    walker.page.select_option("[name=source]", source)
    file: FilePayload = {"name": name, "mimeType": kind, "buffer": content}
    walker.page.set_input_files("[name=file]", file)
    press(walker.page, "main form.section button.btn-primary")


def test_three_files_of_three_makes_two_of_one_name_and_a_join_undone(
    office: None, walk: Callable[..., Walker]
) -> None:
    one, other = (walk(staff(Role.COHORT_KEEPER, name)) for name in ("叶知夏", "陶令仪"))
    text = f"姓名,性别,身份证号,血红蛋白(g/dL),血红素\n王芳,男,{NUMBERS[0]},14.2,1\n王芳,男,,13.1,1\n"
    send(one, "center", "体检.csv", "text/csv", text.encode("gb18030"))
    expect(one.page.locator("main")).to_contain_text("没有认出的列")
    expect(one.page.locator("#review + .count")).to_have_text("1 行")
    one.picture("sequelae-batch")
    spoken = book(("姓名", "性别", "出生日期", "FVC(L)", "FEV1(L)"), ("欧阳小明", "男", "1984-09-20", 3.1, 31))
    send(one, "lung", "肺功能.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", spoken)
    expect(one.page.locator("main")).to_contain_text("超出可能范围")
    press(one.page, "text=搁置这一项")
    one.page.fill(".pairing [name=person]", "T003")
    one.page.fill(".pairing [name=why]", "电话核对，小明为误写")
    press(one.page, ".pairing button.btn-primary")
    other.go(one.page.url.removeprefix(one.address))
    press(other.page, "text=核对无误，入库")
    expect(other.page.locator("main")).to_contain_text("已入库 1 行")
    send(one, "lab", "检验.csv", "text/csv", f"姓名,身份证号,空腹血糖,肌酐\n王芳,{NUMBERS[1]},5.2,未检\n".encode())
    expect(one.page.locator(".facts")).to_contain_text("自动认定 1")
    other.go(f"{other.page.url.removeprefix(other.address).split('?')[0]}?all=1")
    other.page.fill("#joined ~ * [name=why], section[aria-labelledby=joined] [name=why]", "另有其人")
    press(other.page, "section[aria-labelledby=joined] button")
    expect(other.page.locator("main")).to_contain_text("已认定")
    with acting_for_organisations("旅程测试"):
        assert not Examination.objects.standing().filter(source__code="lung").exists()


def test_a_minute_a_trend_and_plain_words(office: None, walk: Callable[..., Walker]) -> None:
    subject = new_subject("person")
    vault.store(subject.pk, "resident_id", NUMBERS[0])
    herself = Actor(new_account(AccountKind.INDIVIDUAL, "王芳", subject=subject))
    psychologist = walk(staff(Role.PSYCHOLOGIST, "江予安"))
    psychologist.go("/sequelae/persons/T001/tests/?scale=PHQ-9")
    for item in range(1, 10):
        psychologist.page.fill(f"[name=a{item}]", "1" if item == 9 else "0")
    press(psychologist.page, "text=录入 PHQ-9")
    expect(psychologist.page.locator("body")).to_contain_text("已发出自伤提醒")
    psychologist.go("/sequelae/alerts/")
    psychologist.page.click("main a:has-text('T001')")
    expect(psychologist.page.locator(".answers")).to_contain_text("涉及自伤")
    psychologist.picture("sequelae-alert")
    statistician = walk(staff(Role.COHORT_STATISTICIAN, "凌霄"))
    statistician.go("/sequelae/analyses/")
    statistician.page.select_option("[name=asked]", "trend:fev1")
    press(statistician.page, "main form.section button.btn-primary")
    expect(statistician.page.locator("main")).to_contain_text("不再参检的人不是随机的")
    statistician.picture("sequelae-trend")
    report = statistician.page.request.get(f"{statistician.page.url}report/")
    assert report.body().startswith(b"%PDF")
    physician = staff(Role.RESPIRATORY, "温如玉")
    with acting_for_organisations("旅程测试"):
        now = Round.objects.exclude(year=2008).get()
        (early,) = Examination.objects.filter(person__code="T001")
        Examination.objects.create(
            person=early.person, round=now, source=early.source, on=now.starts, sealed=early.sealed
        )
    doctor = walk(physician)
    doctor.go("/sequelae/persons/T001/letter/")
    press(doctor.page, "main form.sequelae-form button.btn-primary")
    reader = walk(herself)
    reader.go("/my/health-results/")
    expect(reader.page.locator("main")).to_contain_text("血压、血糖在正常范围")
    reader.picture("sequelae-own")
