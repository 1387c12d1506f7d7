"""The results of the nurses' examination: checked row by row, entered as one change, and the start of an application."""

import csv
from datetime import date
from pathlib import Path

import pytest

from tests.cast import new_account, sign_in
from yizheng.intake.formats import format_of
from yizheng.intake.models import Batch, Finding
from yizheng.intake.verbs.check import check
from yizheng.intake.verbs.enter import enter
from yizheng.intake.verbs.receive import receive
from yizheng.kernel.identifiers import make_resident_id
from yizheng.licensing.answers import load
from yizheng.licensing.models import RuleValue
from yizheng.licensing.verbs.drafting import open_draft
from yizheng.people import vault
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Scope
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.registry.models import Subject
from yizheng.systems.nurses.models import NurseExamResult

pytestmark = pytest.mark.django_db

HEADINGS = {
    "year": "考试年度",
    "region": "考区代码",
    "name": "姓名",
    "sex": "性别",
    "born": "出生日期",
    "document": "证件类型",
    "number": "身份证号",
    "practice": "专业实务",
    "ability": "实践能力",
    "passed": "是否合格",
    "passed_on": "合格日期",
    "violation": "违纪违规",
}


def examinee(serial: int, **said: str) -> dict[str, str]:
    """The n-th examinee, who passed in 2026, but for what is said otherwise."""
    born = date(2002, serial % 12 + 1, serial % 27 + 1)
    return {
        "year": "2026",
        "region": "11",
        "name": "周" + "知夏南乔清禾"[serial % 6] + "宁",
        "sex": "男" if serial % 2 else "女",
        "born": born.isoformat(),
        "document": "居民身份证",
        "number": make_resident_id("110108", born, serial),
        "practice": "330",
        "ability": "300",
        "passed": "是",
        "passed_on": "2026-06-30",
        "violation": "否",
        **said,
    }


def checked(folder: Path, rows: list[dict[str, str]], city: Scope) -> Batch:
    path = folder / "护士成绩.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADINGS.values())
        writer.writerows([row[name] for name in HEADINGS] for row in rows)
    declared = format_of("nurse_exam")
    return check(receive(declared, path, path.name, account=None, authority_scope=city.pk), declared)


@pytest.fixture
def system(city: Scope):
    with acting_as_system("test"):
        yield city


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"ability": "299"}, "passed_differs"),
        ({"practice": ""}, "passed_without_scores"),
        ({"violation": "是"}, "passed_despite_violation"),
        ({"year": "2098"}, "year_in_future"),
        ({"name": ""}, "required"),
        ({"number": "110108200201010011"}, "id_checksum"),
    ],
)
def test_a_row_that_cannot_be_right_is_found(tmp_path, system, said, code):
    batch = checked(tmp_path, [examinee(2, **said)], system)
    assert code in set(Finding.objects.filter(batch=batch).values_list("code", flat=True))
    assert batch.accepted == 0


def test_points_at_the_line_pass_and_a_mark_below_does_not(tmp_path, system):
    rows = [examinee(2), examinee(4, practice="299", passed="否"), examinee(6, practice="", ability="", passed="否")]
    batch = checked(tmp_path, rows, system)
    assert (batch.rows, batch.accepted) == (3, 3)
    enter(batch, format_of("nurse_exam"), actor=None, approved_by=None)
    results = {vault.find("resident_id", row["number"]): row for row in rows}
    assert {each.subject_id: each.passed for each in NurseExamResult.objects.all()} == {
        subject: row["passed"] == "是" for subject, row in results.items()
    }
    assert (
        NurseExamResult.objects.get(subject_id=vault.find("resident_id", rows[2]["number"]) or 0).score_ability is None
    )


def test_her_application_begins_with_the_examination_she_passed(tmp_path, city):
    row = examinee(2)
    with acting_as_system("test"):
        batch = checked(tmp_path, [row], city)
        enter(batch, format_of("nurse_exam"), actor=None, approved_by=None)
        subject = Subject.objects.get(pk=vault.find("resident_id", row["number"]) or 0)
    account = new_account(AccountKind.INDIVIDUAL, row["name"], subject=subject)
    with acting_as(account):
        begun = load(open_draft(account, "nurse_first_registration"))
    assert begun.day("exam", "passed_on") == date(2026, 6, 30)
    assert begun.text("person", "id_number") == row["number"]


def test_who_passed_is_listed_by_total_with_whether_she_is_registered(client, tmp_path, city):
    rows = [examinee(2, practice="320"), examinee(4, practice="380"), examinee(6, practice="299", passed="否")]
    with acting_as_system("test"):
        enter(checked(tmp_path, rows, city), format_of("nurse_exam"), actor=None, approved_by=None)
    sign_in(client, new_account(AccountKind.CLERK, "顾清禾", Role.DECIDER, city))
    page = client.get("/nurses/passing/")
    assert [(row["place"], row["total"], row["word"]) for row in page.context["part"].rows] == [
        (1, 680, "待注册"),
        (2, 620, "待注册"),
    ]
    assert (page.context["examined"], page.context["passing"], page.context["granted"]) == (3, 2, 0)
    assert rows[1]["number"] not in client.get("/lists/nurse_exam_passed/print/").content.decode()
    assert client.post("/nurses/passing/propose/").status_code == 404


@pytest.mark.parametrize(("points", "accepted"), [(299, 1), (300, 1), (301, 0)])
def test_the_points_that_pass_are_those_of_the_dated_rule(tmp_path, system, points, accepted):
    RuleValue.objects.create(code="nurses.exam_pass_points", valid_from=date(2020, 1, 1), value=points)
    assert checked(tmp_path, [examinee(2, practice="300", ability="300")], system).accepted == accepted
