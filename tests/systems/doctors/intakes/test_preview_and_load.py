"""The load does, row by row, what the preview said; a load that dies leaves nothing, and the next one goes on."""

import json
from pathlib import Path

import pytest
from django.db import connection

from tests.systems.doctors.intakes.examinees import HEADINGS, csv_of, examinee, file_of
from yizheng.documents.spreadsheets import Sheet, write
from yizheng.intake import command, rollback_command
from yizheng.intake.formats import format_of
from yizheng.intake.models import Batch, BatchState
from yizheng.intake.verbs import Refused
from yizheng.intake.verbs.check import check
from yizheng.intake.verbs.enter import enter
from yizheng.intake.verbs.receive import receive
from yizheng.intake.verbs.undo import take_back
from yizheng.people import vault
from yizheng.people.models import Scope, SearchName
from yizheng.people.scope import acting_as_system
from yizheng.registry.models import Change
from yizheng.registry.rolling_back.undoing import RollbackRefused, preview_rollback
from yizheng.registry.writer import bulk
from yizheng.systems.practitioners.models import ExamResult, PersonIdentity

pytestmark = pytest.mark.django_db

MIXED = [
    examinee(1),
    examinee(2, unit1_score="105", total_score="375.5"),
    examinee(3, name="另一人"),
    examinee(4, total_score="1"),
    examinee(5),
    examinee(6),
    examinee(6, unit1_score="105", total_score="375.5"),
    examinee(1, exam_category="120"),
]


@pytest.fixture
def known(city: Scope, tmp_path: Path) -> Scope:
    """Three examinees the register knows already."""
    with acting_as_system("test"):
        entered(checked(city, file_of(tmp_path, [examinee(1), examinee(2), examinee(3)], "前一批.csv")))
    return city


def checked(city: Scope, path: Path) -> Batch:
    declared = format_of("exam_result")
    return check(receive(declared, path, path.name, account=None, authority_scope=city.pk), declared)


def entered(batch: Batch) -> Batch:
    return enter(batch, format_of(batch.format), actor=None, approved_by=None)


def results() -> dict[tuple[str, str], float]:
    """Total points by identity number and line."""
    numbers = {vault.find("resident_id", row["id_number"]): row["id_number"] for row in MIXED}
    found = ExamResult.objects.current()
    return {(numbers[one.subject_id], one.line): float(one.total_score or 0) for one in found}


def test_the_load_does_row_by_row_what_the_preview_said(known: Scope, tmp_path: Path) -> None:
    with acting_as_system("test"):
        before = results()
        batch = checked(known, file_of(tmp_path, MIXED))
        with connection.cursor() as cursor:
            cursor.execute(f'select "row", verdict from {batch.verdicts}')
            verdicts = dict(cursor.fetchall())
        assert results() == before
        entered(batch)
        after = results()
        opened = Change.objects.get(pk=batch.change or 0).pk
        for number, row in enumerate(MIXED, start=2):
            key = (row["id_number"], f"exam:{row['exam_year']}:{row['exam_category']}")
            verdict = verdicts.get(number, "stopped")
            if verdict in ("person", "new", "changed"):
                assert after[key] == float(row["total_score"])
                assert (key in before) == (verdict == "changed")
            elif verdict == "same":
                assert after[key] == before[key]
            elif verdict == "repeated":
                assert after[key] != float(row["total_score"])
            else:
                assert after.get(key) == before.get(key)
        assert sorted(verdicts.values()) == ["changed", "conflict", "new", "person", "person", "repeated", "same"]
        assert ExamResult.objects.filter(opened=opened).count() == batch.accepted - 1


def test_a_load_that_dies_leaves_nothing_and_is_repeated_alone(
    known: Scope, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with acting_as_system("test"):
        batch = checked(known, file_of(tmp_path, MIXED))
        before = (results(), PersonIdentity.objects.count(), Change.objects.count())
        with monkeypatch.context() as broken:
            broken.setattr(bulk, "append", _die)
            with pytest.raises(RuntimeError):
                entered(batch)
        assert (results(), PersonIdentity.objects.count(), Change.objects.count()) == before
        again = Batch.objects.get(pk=batch.pk)
        assert again.state == BatchState.CHECKED
        monkeypatch.setattr("yizheng.intake.verbs.enter.check", _die)
        assert entered(again).state == BatchState.LOADED


def _die(*_: object, **__: object) -> None:
    raise RuntimeError("the worker was killed")


def test_a_register_that_moved_on_is_looked_at_again(known: Scope, tmp_path: Path) -> None:
    with acting_as_system("test"):
        batch = checked(known, file_of(tmp_path, MIXED))
        entered(checked(known, file_of(tmp_path, [examinee(5)], "又一批.csv")))
        with pytest.raises(Refused, match="预览"):
            entered(batch)
        assert batch.difference["verdicts"]["same"] == 2
        assert entered(batch).state == BatchState.LOADED


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    assert command.main([*arguments, "--json"]) == 0
    said: dict[str, object] = json.loads(capsys.readouterr().out)
    return said


def test_the_command_takes_in_answers_and_takes_back(
    city: Scope, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = file_of(tmp_path, [examinee(1), examinee(2, total_score="1")])
    seen = told(capsys, "exam_result", str(path), "--preview", "--errors", str(tmp_path / "out.csv"))
    assert list(seen) == ["rows", "accepted", "rejected", "errors", "change", "remarks"]
    assert (seen["rows"], seen["accepted"], seen["rejected"], seen["change"]) == (2, 1, 1, None)
    assert seen["errors"] == {"passed_differs": 1, "score_sum": 1}
    assert "总分不等于" in (tmp_path / "out.csv").read_text(encoding="utf-8")
    done = told(capsys, "exam_result", str(path))
    assert done["change"]
    with acting_as_system("test"):
        assert Batch.objects.count() == 1
    assert told(capsys, "exam_result", str(path))["change"] is None
    assert rollback_command.main([str(done["change"]), "--preview", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["refused"] == []
    assert rollback_command.main([str(done["change"])]) == 0
    with acting_as_system("test"):
        assert ExamResult.objects.current().count() == 0
    assert rollback_command.main([str(done["change"])]) == 1


def test_who_was_taken_back_with_her_batch_is_made_again_by_the_next(city: Scope, tmp_path: Path) -> None:
    with acting_as_system("test"):
        path = file_of(tmp_path, [examinee(1), examinee(2)])
        first = entered(checked(city, path))
        take_back(Change.objects.get(pk=first.change or 0), None, None, "传错文件", {})
        assert PersonIdentity.objects.current().count() == 0
        again = checked(city, path)
        assert again.difference["verdicts"] == {"person": 2}
        entered(again)
        subjects = {vault.find("resident_id", examinee(serial)["id_number"]) for serial in (1, 2)}
        assert set(PersonIdentity.objects.current().values_list("subject_id", flat=True)) == subjects
        assert set(ExamResult.objects.current().values_list("subject_id", flat=True)) == subjects
        assert set(SearchName.objects.values_list("subject_id", flat=True)) == subjects


def test_who_a_person_is_stays_under_what_was_registered_since(city: Scope, tmp_path: Path) -> None:
    with acting_as_system("test"):
        first = entered(checked(city, file_of(tmp_path, [examinee(1), examinee(2)])))
        second = entered(checked(city, file_of(tmp_path, [examinee(1, exam_category="120")], "又一批.csv")))
        change = Change.objects.get(pk=first.change or 0)
        ((line, why),) = preview_rollback(change.pk).refused.items()
        assert (line.table, f"变更 {second.change}" in why) == ("practitioners_identity", True)
        with pytest.raises(RollbackRefused):
            take_back(change, None, None, "传错文件", {})
        take_back(Change.objects.get(pk=second.change or 0), None, None, "传错文件", {})
        assert preview_rollback(change.pk).refused == {}


def test_a_workbook_and_its_answer(city: Scope, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [examinee(1), examinee(2, total_score="1")]
    path = tmp_path / "成绩.xlsx"
    with path.open("wb") as stream:
        write(stream, Sheet("成绩", list(HEADINGS.values()), [[row[name] for name in HEADINGS] for row in rows]))
    out = tmp_path / "回执.xlsx"
    seen = told(capsys, "exam_result", str(path), "--preview", "--errors", str(out))
    assert seen["accepted"] == 1
    again = told(capsys, "exam_result", str(out), "--preview")
    assert (again["rows"], again["accepted"]) == (2, 1)


@pytest.mark.parametrize("content", [b"", b"MZ\x90\x00", "甲,乙\n1,2\n".encode(), csv_of([], {"name": "姓名"})])
def test_a_file_that_cannot_be_taken_in_is_answered_in_words(
    city: Scope, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    path = tmp_path / "坏.csv"
    path.write_bytes(content)
    assert command.main(["exam_result", str(path)]) == 1
    assert "“" in capsys.readouterr().err


def test_every_format_has_a_template_that_reads_back(
    city: Scope, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "模板.xlsx"
    assert command.main(["exam_result", "--template", str(target)]) == 0
    seen = told(capsys, "exam_result", str(target), "--preview")
    assert (seen["rows"], seen["accepted"]) == (0, 0)
    assert command.main(["--list"]) == 0
    assert "qualification_issue" in capsys.readouterr().out
