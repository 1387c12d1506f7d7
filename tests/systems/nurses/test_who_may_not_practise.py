"""Who of a hospital may not practise on Friday: named with the reason, told on Monday, judged for any day in a staff list."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.cast import sign_in
from tests.systems.doctors.conftest import House, found
from tests.systems.nurses.test_collective_renewal import employ
from yizheng.documents import spreadsheets
from yizheng.documents.spreadsheets import Sheet
from yizheng.kernel.chinese_dates import long_date, weekday
from yizheng.licensing.deadlines.daily import run
from yizheng.people.models import Scope
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.people.scopes import open_to
from yizheng.registry import ChangeKind, changing
from yizheng.systems.nurses.models import LINE, NurseFiling, NurseRegistration
from yizheng.systems.nurses.people import PEOPLE
from yizheng.systems.practitioners.filings import filing_line
from yizheng.systems.practitioners.roster.not_practising import not_practising
from yizheng.systems.practitioners.roster.week import tell_institutions
from yizheng.work.models import Notice

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
ONE_DAY = timedelta(days=1)
FRIDAY = TODAY + timedelta(days=4)
LATER = TODAY + timedelta(days=900)


def change(subject: int, scope: Scope, on: date, until: date | None = None, **more: Any) -> None:
    """Say something else of a registration from a day on."""
    with acting_as_system("test"), changing(kind=ChangeKind.INTAKE, actor=None, cause="test") as entered:
        held = NurseRegistration.objects.current().filter(subject_id=subject).latest("valid_from")
        ends = {} if until is None else {"valid_to": until}
        entered.state(
            NurseRegistration, subject, LINE, {**held.values(), **more}, valid_from=on, authority_scope=scope.pk, **ends
        )


def why(hospital: House, on: date) -> list[str]:
    with acting_as(hospital.operator):
        return [each.why for each in not_practising(PEOPLE, hospital.operator, hospital.subject, on, TODAY)]


@pytest.mark.parametrize(("last", "named"), [(FRIDAY - ONE_DAY, True), (FRIDAY, False), (FRIDAY + ONE_DAY, False)])
def test_whose_term_is_over_before_the_day_is_named_with_its_last_day(hospital, haidian, last, named):
    employ(hospital, haidian, 1, last=last)
    assert why(hospital, FRIDAY) == ([f"注册有效期至{long_date(last)}，未延续"] if named else [])


@pytest.mark.parametrize(("back", "named"), [(FRIDAY, False), (FRIDAY + ONE_DAY, True)])
def test_a_suspension_counts_until_its_last_day(hospital, haidian, back, named):
    ((subject, *_),) = employ(hospital, haidian, 1, last=LATER)
    change(subject, haidian, TODAY - 5 * ONE_DAY, back, status="SUSP")
    reasons = [f"暂停执业，自{long_date(TODAY - 5 * ONE_DAY)}起，至{long_date(back - ONE_DAY)}"]
    assert why(hospital, FRIDAY) == (reasons if named else [])


def test_who_was_deregistered_or_went_elsewhere_is_named_for_a_month(hospital, haidian):
    clinic = found("海淀示范门诊部", haidian, "110108")
    ended, moved, long_ago = (each[0] for each in employ(hospital, haidian, 3, last=LATER))
    change(ended, haidian, TODAY - ONE_DAY, status="DEREG")
    change(moved, haidian, TODAY, institution=clinic.subject)
    change(long_ago, haidian, TODAY - 40 * ONE_DAY, status="DEREG")
    expected = {f"已注销，自{long_date(TODAY - ONE_DAY)}起", f"主要执业到{long_date(TODAY - ONE_DAY)}为止"}
    assert set(why(hospital, FRIDAY)) == expected


def file_at(clinic: House, subject: int, scope: Scope, until: date) -> None:
    with acting_as_system("test"), changing(kind=ChangeKind.INTAKE, actor=None, cause="test") as entered:
        said = {"institution": clinic.subject, "department": "", "schedule": "", "filed_on": TODAY}
        entered.state(
            NurseFiling, subject, filing_line(clinic.subject), said,
            valid_from=TODAY, valid_to=until, authority_scope=scope.pk,
        )  # fmt: skip
    open_to(subject, clinic.scope, "test")


@pytest.mark.parametrize(("last", "named"), [(FRIDAY - ONE_DAY, True), (FRIDAY, False)])
def test_a_filing_that_ends_is_named_by_the_institution_filed_alone(hospital, haidian, last, named):
    clinic = found("海淀示范门诊部", haidian, "110108")
    ((subject, *_),) = employ(hospital, haidian, 1, last=LATER)
    file_at(clinic, subject, haidian, last + ONE_DAY)
    assert why(clinic, FRIDAY) == ([f"多机构备案到{long_date(last)}为止"] if named else [])
    assert why(hospital, FRIDAY) == []


def test_the_page_asks_for_a_day_and_names_each_with_her_number(client, hospital, haidian):
    ((_, name, number),) = employ(hospital, haidian, 1, last=FRIDAY - ONE_DAY)
    grouped = f"{number[:4]} {number[4:6]} {number[6:]}"
    signed_in = sign_in(client, hospital.operator)
    page = signed_in.get("/nurses/roster/not-practising/", {"on": FRIDAY.isoformat()}).content.decode()
    assert f"{weekday(FRIDAY)}不得执业的护士" in page
    assert name in page
    assert number in page or grouped in page
    assert f"注册有效期至{long_date(FRIDAY - ONE_DAY)}，未延续" in page
    tomorrow = signed_in.get("/nurses/roster/not-practising/").content.decode()
    assert "这一天本机构的护士都可以执业" in tomorrow
    assert f'value="{TODAY + ONE_DAY}"' in tomorrow
    assert "/nurses/roster/not-practising/?house=" in signed_in.get("/nurses/roster/").content.decode()


def test_on_monday_the_hospital_is_told_who_may_not_practise_on_friday(hospital, haidian):
    monday = TODAY + timedelta(days=-TODAY.weekday() % 7)
    friday = monday + timedelta(days=4)
    clinic, idle = found("海淀示范门诊部", haidian, "110108"), found("海淀示范诊所", haidian, "110108")
    ((_, over, _),) = employ(hospital, haidian, 1, last=friday - ONE_DAY)
    ((suspended, name, _),) = employ(hospital, haidian, 1, last=LATER, first=2)
    employ(idle, haidian, 1, last=friday, first=3)
    change(suspended, haidian, monday - ONE_DAY, friday + 30 * ONE_DAY, status="SUSP")
    file_at(clinic, suspended, haidian, LATER)
    assert tell_institutions(monday) == 2
    with acting_as_system("test"):
        told = {each.scope_id: each for each in Notice.objects.filter(kind="week")}
    assert set(told) == {hospital.scope, clinic.scope}
    here = told[hospital.scope]
    assert here.title == f"周五（{friday.month}月{friday.day}日）不得执业的护士：2 人"
    assert f"{over}：注册有效期至{long_date(friday - ONE_DAY)}，未延续" in here.body
    assert f"{name}：暂停执业" in here.body
    assert here.link == f"/nurses/roster/not-practising/?on={friday}"
    assert "1 人" in told[clinic.scope].title


def listed(*rows: tuple[str, str, str]) -> SimpleUploadedFile:
    stream = BytesIO()
    spreadsheets.write(stream, Sheet("人员", ("姓名", "护士执业证书编号", "身份证号"), rows))
    return SimpleUploadedFile("名单.xlsx", stream.getvalue())


@pytest.mark.parametrize(("days", "verdict"), [(0, "在本机构执业"), (1, "不得执业")])
def test_a_staff_list_is_judged_for_the_day_asked_and_says_which_and_until_when(
    client, hospital, haidian, days, verdict
):
    ((_, name, number),) = employ(hospital, haidian, 1, last=FRIDAY)
    on = FRIDAY + timedelta(days=days)
    sent = {"list": listed((name, number, "")), "then": "page", "on": on.isoformat()}
    page = sign_in(client, hospital.operator).post("/nurses/roster/check/", sent).content.decode()
    assert verdict in page
    assert f"按 {on}（{weekday(on)}）判断" in page
    assert f'data-head="有效期至">{FRIDAY}</td>' in page
    file = sign_in(client, hospital.operator).post("/nurses/roster/check/", {
        **sent, "list": listed((name, number, "")), "then": "file",
    })  # fmt: skip
    assert file.status_code == 200


def test_the_last_day_is_told_not_the_day_after(client, hospital, haidian):
    employ(hospital, haidian, 1, last=TODAY + 20 * ONE_DAY)
    with acting_as_system("test"):
        run(TODAY)
    page = sign_in(client, hospital.operator).get("/deadlines/").content.decode()
    assert (TODAY + 20 * ONE_DAY).isoformat() in page
    assert (TODAY + 21 * ONE_DAY).isoformat() not in page
    roster = sign_in(client, hospital.operator).get("/nurses/roster/").content.decode()
    assert "20 天" in roster
