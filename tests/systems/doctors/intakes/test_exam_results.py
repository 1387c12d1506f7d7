"""Results of an examination: checked row by row, previewed, loaded as one change, and only once."""

from pathlib import Path

import pytest
from django.db import connection

from tests.systems.doctors.intakes.examinees import examinee, file_of
from yizheng.intake.formats import format_of
from yizheng.intake.models import Batch, BatchState, Finding
from yizheng.intake.verbs.check import check
from yizheng.intake.verbs.enter import enter
from yizheng.intake.verbs.receive import receive, same_file
from yizheng.people import vault
from yizheng.people.models import Scope, SearchName
from yizheng.people.scope import acting_as_system
from yizheng.registry.models import Change
from yizheng.systems.practitioners.models import ExamResult, PersonIdentity, RegistrationBar

pytestmark = pytest.mark.django_db
ABSENT = dict.fromkeys(("total_score", "unit1_score", "unit2_score", "unit3_score", "unit4_score"), "")


@pytest.fixture
def everybody(city: Scope):
    with acting_as_system("test"):
        yield city


def checked(folder: Path, rows: list[dict[str, str]], city: Scope, name: str = "成绩.csv") -> Batch:
    declared = format_of("exam_result")
    batch = receive(declared, file_of(folder, rows, name), name, account=None, authority_scope=city.pk)
    return check(batch, declared)


def entered(batch: Batch) -> Batch:
    return enter(batch, format_of("exam_result"), actor=None, approved_by=None)


def verdicts(batch: Batch) -> dict[int, str]:
    with connection.cursor() as cursor:
        cursor.execute(f'select "row", verdict from {batch.verdicts} order by 1')
        return dict(cursor.fetchall())


def found(batch: Batch) -> list[tuple[int, str]]:
    return list(Finding.objects.filter(batch=batch).values_list("row", "code"))


def test_new_people_enter_with_their_number_name_and_result(tmp_path: Path, everybody: Scope) -> None:
    rows = [
        examinee(1),
        examinee(2, passed="否", unit1_score="50", total_score="320.5"),
        examinee(3, discipline="参与有组织作弊", passed="否", **ABSENT),
    ]
    batch = checked(tmp_path, rows, everybody)
    assert found(batch) == []
    assert (batch.rows, batch.accepted, batch.rejected) == (3, 3, 0)
    assert ExamResult.objects.count() == 0
    entered(batch)
    subject = vault.find("resident_id", rows[0]["id_number"])
    result = ExamResult.objects.get(subject_id=subject or 0)
    assert (result.line, result.passed, float(result.total_score or 0)) == ("exam:2025:110", True, 370.5)
    assert PersonIdentity.objects.get(subject_id=subject or 0).name == rows[0]["name"]
    assert SearchName.objects.filter(subject_id=subject or 0, name=rows[0]["name"]).exists()
    cheater = vault.find("resident_id", rows[2]["id_number"])
    assert RegistrationBar.objects.get(subject_id=cheater or 0).ground == "R09"
    assert Change.objects.get(pk=batch.change or 0).cause == f"intake:{batch.pk}"


def test_the_same_file_again_changes_nothing(tmp_path: Path, everybody: Scope) -> None:
    first = entered(checked(tmp_path, [examinee(1), examinee(2)], everybody))
    again = checked(tmp_path, [examinee(1), examinee(2)], everybody)
    assert same_file(again) == first
    assert set(verdicts(again).values()) == {"same"}
    assert entered(again).state == BatchState.NOTHING
    assert again.change is None


def test_a_later_version_replaces_the_former(tmp_path: Path, everybody: Scope) -> None:
    entered(checked(tmp_path, [examinee(1), examinee(2)], everybody))
    later = checked(tmp_path, [examinee(1, unit1_score="105", total_score="375.5"), examinee(2)], everybody)
    assert verdicts(later) == {2: "changed", 3: "same"}
    entered(later)
    subject = vault.find("resident_id", examinee(1)["id_number"])
    assert [float(one.total_score or 0) for one in ExamResult.objects.current().filter(subject_id=subject or 0)] == [
        375.5
    ]
    assert ExamResult.objects.filter(subject_id=subject or 0).count() == 2


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"name": ""}, "required"),
        ({"name": "林?夏"}, "lost_character"),
        ({"exam_category": "999"}, "unknown_code"),
        ({"birth_date": "1990-02-30"}, "not_a_day"),
        ({"id_number": "110108199001010011"}, "id_checksum"),
        ({"id_number": "1101081990"}, "id_number"),
        ({"gender": "女"}, "sex_differs"),
        ({"birth_date": "1991-12-31"}, "birth_differs"),
        ({"total_score": "371"}, "score_sum"),
        ({"passed": "否"}, "passed_differs"),
        ({"skill_score": "59"}, "skill_differs"),
        ({"unit1_score": "151"}, "out_of_range"),
        ({"unit1_score": "很好"}, "not_a_number"),
        ({"exam_year": "2099"}, "year_in_future"),
        ({"discipline": "停考一年"}, "passed_despite_discipline"),
        ({"exam_category": "210", "pass_line": "180"}, "units_of_level"),
        ({"id_type": "军官证"}, "document_not_matched"),
    ],
)
def test_a_wrong_row_is_named_and_the_others_go_on(
    tmp_path: Path, everybody: Scope, said: dict[str, str], code: str
) -> None:
    batch = checked(tmp_path, [examinee(1), examinee(2, **said), examinee(3)], everybody)
    assert code in [kind for row, kind in found(batch) if row == 3]
    assert (batch.accepted, batch.rejected) == (2, 1)


def test_what_people_write_is_understood(tmp_path: Path, everybody: Scope) -> None:
    row = examinee(1)
    number = row["id_number"].lower()
    wide = "".join(chr(ord(mark) + 0xFEE0) if mark.isdigit() else mark for mark in number)
    year, month, day = row["birth_date"].split("-")
    rows = [
        examinee(1, id_number=wide, birth_date=f"{year}.{int(month)}.{int(day)}", gender="2", id_type="1"),
        examinee(2, name=" 阿依努尔 • 买买提 "),
        examinee(3, birth_date=examinee(3)["birth_date"].replace("-", ""), exam_year="２０２５"),
    ]
    batch = checked(tmp_path, rows, everybody)
    assert found(batch) == []
    entered(batch)
    named = PersonIdentity.objects.values_list("name", flat=True)
    assert "阿依努尔·买买提" in named


def test_the_last_of_repeated_rows_stands(tmp_path: Path, everybody: Scope) -> None:
    later = examinee(1, unit1_score="105", total_score="375.5")
    batch = checked(tmp_path, [examinee(1), examinee(2), later], everybody)
    assert verdicts(batch) == {2: "repeated", 3: "person", 4: "person"}
    entered(batch)
    subject = vault.find("resident_id", later["id_number"])
    assert float(ExamResult.objects.get(subject_id=subject or 0).total_score or 0) == 375.5


def test_one_number_with_two_names_is_for_a_person_to_look_at(tmp_path: Path, everybody: Scope) -> None:
    batch = checked(tmp_path, [examinee(1), examinee(1, name="另一人", exam_category="120")], everybody)
    assert verdicts(batch) == {2: "conflict", 3: "conflict"}
    entered(checked(tmp_path, [examinee(1)], everybody))
    other = checked(tmp_path, [examinee(1, name="另一人", exam_year="2024")], everybody)
    finding = Finding.objects.get(batch=other)
    assert (finding.code, finding.given, finding.known) == ("name_differs", "另一人", examinee(1)["name"])


def test_a_person_in_two_categories_is_one_person(tmp_path: Path, everybody: Scope) -> None:
    entered(checked(tmp_path, [examinee(1), examinee(1, exam_category="120")], everybody))
    assert PersonIdentity.objects.count() == 1
    assert ExamResult.objects.count() == 2
