"""Qualifications from data and from lists: matched, numbered, only what may be corrected ever corrected."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest

from tests.systems.doctors.intakes.examinees import csv_of, examinee
from yizheng.intake.formats import format_of
from yizheng.intake.models import Batch, Finding
from yizheng.intake.verbs.check import check
from yizheng.intake.verbs.enter import enter
from yizheng.intake.verbs.receive import receive
from yizheng.intake.verdicts import changed_rows
from yizheng.kernel.identifiers import make_qualification_number
from yizheng.people import vault
from yizheng.people.models import Scope
from yizheng.people.scope import acting_as_system
from yizheng.registry import ChangeKind, changing
from yizheng.registry.rolling_back.undoing import preview_rollback
from yizheng.systems.doctors.models import Qualification
from yizheng.systems.practitioners.models import PersonIdentity

pytestmark = pytest.mark.django_db

PERSON = ("name", "gender", "birth_date", "id_type", "id_number")


@pytest.fixture
def everybody(city: Scope):
    with acting_as_system("test"):
        yield city


def taken(code: str, folder: Path, rows: list[dict[str, str]], city: Scope) -> Batch:
    declared = format_of(code)
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    path = folder / "名单.csv"
    path.write_text(text.getvalue(), encoding="utf-8")
    return check(receive(declared, path, path.name, account=None, authority_scope=city.pk), declared)


def entered(batch: Batch) -> Batch:
    return enter(batch, format_of(batch.format), actor=None, approved_by=None)


def qualified(serial: int, **said: str) -> dict[str, str]:
    person = {name: examinee(serial)[name] for name in PERSON}
    level, category = said.get("level", "1"), said.get("category", "clinical")
    number = make_qualification_number(2014, "11", level, category, person["id_number"])
    row = {"level": level, "category": category, "qualified_on": "2014-12-01", "issuer": "北京市卫生局"}
    return {**person, **row, "qualification_no": number, **said}


def codes(batch: Batch) -> list[str]:
    return list(Finding.objects.filter(batch=batch).order_by("row", "code").values_list("code", flat=True))


def test_a_person_may_hold_two_qualifications_with_their_numbers(tmp_path: Path, everybody: Scope) -> None:
    rows = [qualified(1, level="2"), qualified(1)]
    batch = taken("qualification", tmp_path, rows, everybody)
    assert codes(batch) == []
    entered(batch)
    subject = vault.find("resident_id", rows[0]["id_number"])
    assert [
        row["qualification_no"]
        for row in rows
        if vault.find("qualification_number", row["qualification_no"]) == subject
    ] == [row["qualification_no"] for row in rows]
    held = Qualification.objects.current().filter(subject_id=subject or 0)
    assert sorted(held.values_list("line", "level")) == [("qualification:1", "2"), ("qualification:2", "1")]
    assert set(taken("qualification", tmp_path, rows, everybody).difference["verdicts"]) == {"same"}


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"qualification_no": "12345"}, "certificate_shape"),
        ({"qualification_no": qualified(2)["qualification_no"]}, "certificate_holder"),
        ({"id_type": "护照", "id_number": "E12345678"}, "certificate_holder"),
        ({"qualification_no": qualified(1, level="2")["qualification_no"]}, "certificate_level"),
        ({"qualification_no": qualified(1, category="stomatology")["qualification_no"]}, "certificate_category"),
        ({"qualified_on": "2015-01-01"}, "certificate_year"),
    ],
)
def test_a_number_must_say_what_the_row_says(tmp_path: Path, everybody: Scope, said: dict[str, str], code: str) -> None:
    batch = taken("qualification", tmp_path, [qualified(1, **said)], everybody)
    assert code in codes(batch)
    assert batch.accepted == 0


@pytest.mark.parametrize(
    ("field", "said", "given", "known"),
    [
        ("qualified_on", {"qualified_on": "2014-12-02"}, "2014-12-02", "2014-12-01"),
        ("issuer", {"issuer": "另一机关"}, "另一机关", "北京市卫生局"),
        ("way", {"way": "recognition_1999"}, "recognition_1999", "exam"),
    ],
)
def test_what_may_not_be_corrected_is_left_to_a_person(
    tmp_path: Path, everybody: Scope, field: str, said: dict[str, str], given: str, known: str
) -> None:
    entered(taken("qualification", tmp_path, [qualified(1)], everybody))
    batch = taken("qualification", tmp_path, [qualified(1, school="燕山医科大学", **said)], everybody)
    finding = Finding.objects.get(batch=batch)
    assert (finding.code, finding.given, finding.known) == ("not_correctable", given, known)
    assert batch.accepted == 0


def test_another_certificate_number_is_left_to_a_person_and_not_exposed(tmp_path: Path, everybody: Scope) -> None:
    rows = [qualified(1), qualified(1, level="2"), qualified(2)]
    entered(taken("qualification", tmp_path, rows, everybody))
    other = rows[0]["qualification_no"][:4] + "31" + rows[0]["qualification_no"][6:]
    batch = taken("qualification", tmp_path, [{**rows[0], "qualification_no": other}, *rows[1:]], everybody)
    finding = Finding.objects.get(batch=batch)
    assert (finding.code, finding.row, finding.column) == ("certificate_differs", 2, "qualification_no")
    assert (finding.given, finding.known) == ("201431110" + "*" * 18, "201411110" + "*" * 18)
    assert batch.difference["verdicts"] == {"conflict": 1, "same": 2}
    entered(batch)
    assert vault.find("qualification_number", other) is None


def test_the_studies_of_a_qualification_are_corrected_and_what_is_left_out_stays(
    tmp_path: Path, everybody: Scope
) -> None:
    said = {"education_level": "21", "school": "燕山医学院", "major": "临床医学"}
    entered(taken("qualification", tmp_path, [qualified(1, **said), qualified(2)], everybody))
    later = [qualified(1, school="燕山医科大学"), qualified(2)]
    batch = taken("qualification", tmp_path, later, everybody)
    assert (codes(batch), batch.difference["verdicts"]) == ([], {"changed": 1, "same": 1})
    (difference,) = changed_rows(batch, format_of("qualification"))
    assert difference.fields == (("证书毕业学校", "燕山医学院", "燕山医科大学"),)
    entered(batch)
    subject = vault.find("resident_id", later[0]["id_number"])
    held = Qualification.objects.current().get(subject_id=subject or 0)
    assert (held.holder_education, held.holder_school, held.holder_major) == ("21", "燕山医科大学", "临床医学")
    assert (held.holder_name, held.holder_sex) == (later[0]["name"], "1" if later[0]["gender"] == "男" else "2")
    assert set(taken("qualification", tmp_path, later, everybody).difference["verdicts"]) == {"same"}


def test_name_sex_and_birth_date_follow_the_identity_that_was_corrected(tmp_path: Path, everybody: Scope) -> None:
    entered(taken("qualification", tmp_path, [qualified(1)], everybody))
    subject = vault.find("resident_id", qualified(1)["id_number"])
    renamed = qualified(1, name="林改名")
    assert codes(taken("qualification", tmp_path, [renamed], everybody)) == ["name_differs"]
    with changing(kind=ChangeKind.CORRECTION, actor=None, cause="test") as change:
        known = PersonIdentity.objects.current().get(subject_id=subject or 0)
        values = {**known.values(), "name": "林改名"}
        change.state(
            PersonIdentity, known.subject_id, known.line, values,
            valid_from=known.valid_from, authority_scope=known.authority_scope,
        )  # fmt: skip
    batch = taken("qualification", tmp_path, [renamed], everybody)
    assert batch.difference["verdicts"] == {"changed": 1}
    entered(batch)
    assert Qualification.objects.current().get(subject_id=subject or 0).holder_name == "林改名"


def issued(serial: int, **said: str) -> dict[str, str]:
    person = {name: examinee(serial)[name] for name in PERSON}
    return {"exam_year": "2025", "exam_category": "110", **person, "qualified_on": "2025-12-20", **said}


def test_who_passed_is_granted_in_a_batch(tmp_path: Path, everybody: Scope) -> None:
    results = [examinee(1), examinee(2, passed="否", unit1_score="50", total_score="320.5")]
    exam = format_of("exam_result")
    path = tmp_path / "成绩.csv"
    path.write_bytes(csv_of(results))
    passed = entered(check(receive(exam, path, path.name, account=None, authority_scope=everybody.pk), exam))
    batch = taken("qualification_issue", tmp_path, [issued(1), issued(2), issued(3)], everybody)
    assert codes(batch) == ["not_passed", "unknown_person"]
    entered(batch)
    subject = vault.find("resident_id", examinee(1)["id_number"])
    granted = Qualification.objects.current().get()
    assert (granted.subject_id, granted.level, granted.category, granted.way) == (subject, "1", "clinical", "exam")
    assert (granted.holder_school, granted.holder_birth_date) == (
        "燕山医科大学",
        date.fromisoformat(examinee(1)["birth_date"]),
    )
    number = make_qualification_number(2025, "11", "1", "clinical", examinee(1)["id_number"])
    assert vault.find("qualification_number", number) == subject
    dependents = {line.table: line.subject_id for line in preview_rollback(passed.change or 0).refused}
    assert dependents == {"practitioners_exam_result": subject, "practitioners_identity": subject}
    again = taken("qualification_issue", tmp_path, [issued(1)], everybody)
    assert again.difference["verdicts"] == {"same": 1}
