"""`./yizheng compute`: a file in, a file out, and one sentence when it cannot be answered."""

import json
import os
import subprocess
import sys

import pytest

from yizheng.cli.compute import main

QUESTION = "id,start,n,unit,direction,kind,pause_from,pause_to,extra,act\n7,2026-01-09,3,workday,after,act,,,,\n"
PROBE = """
import sys
from yizheng.cli.compute import main
code = main(["--list"])
sys.exit(code or "django.db" in sys.modules)
"""


@pytest.fixture
def question(tmp_path):
    path = tmp_path / "question.csv"
    path.write_text(QUESTION, encoding="utf-8-sig")
    return path


def test_the_answer_goes_to_the_screen_or_to_a_file(question, tmp_path, capsys):
    assert main(["calendar.due", "--input", str(question)]) == 0
    shown = capsys.readouterr().out
    assert shown == "id,first,nominal,last,late\n7,2026-01-10,2026-01-14,2026-01-14,\n"
    assert main(["calendar.due", "--input", str(question), "--output", str(tmp_path / "answer.csv")]) == 0
    assert (tmp_path / "answer.csv").read_text() == shown


def test_the_command_answers_in_a_process_of_its_own_without_django():
    bare = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    told = subprocess.run(
        [sys.executable, "-c", PROBE], env=bare, capture_output=True, text=True, check=False, timeout=60
    )
    assert (told.returncode, told.stderr) == (0, "")
    assert "nurses.standing" in told.stdout


def test_the_list_tells_columns_and_source_of_every_calculator(capsys):
    assert main(["--list"]) == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert all(set(each) == {"name", "title", "input", "output", "source"} for each in told)
    assert {"calendar.due", "nurses.standing"} <= {each["name"] for each in told}


def test_a_batch_answers_each_job_and_a_failed_one_stops_no_other(question, tmp_path, capsys):
    jobs = tmp_path / "jobs.jsonl"
    good = {"name": "calendar.due", "input": str(question), "parameters": None}
    lines = [
        json.dumps({**good, "output": str(tmp_path / "1.csv")}),
        json.dumps({**good, "name": "calendar.dew", "output": str(tmp_path / "2.csv")}),
        "{",
        json.dumps({**good, "output": str(tmp_path / "3.csv")}),
    ]
    jobs.write_text("\n".join(lines), encoding="utf-8")
    assert main(["--batch", str(jobs)]) == 2
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [each.get("rows") for each in told] == [1, None, None, 1]
    assert "没有计算器“calendar.dew”" in told[1]["error"]
    assert (tmp_path / "1.csv").exists()
    assert not (tmp_path / "2.csv").exists()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "是空文件"),
        (b"start,n\n2026-01-01,1\n", "缺少列“unit”"),
        (b"\xff\xfe\x00", "读不了文件"),
        (b'start\n"2026', "不是完整的 CSV 文件"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_and_nothing_is_written(content, sentence, tmp_path, capsys):
    path, answer = tmp_path / "bad.csv", tmp_path / "answer.csv"
    path.write_bytes(content)
    assert main(["calendar.due", "--input", str(path), "--output", str(answer)]) == 2
    said = capsys.readouterr().err
    assert sentence in said
    assert "Traceback" not in said
    assert not answer.exists()


def test_parameters_must_be_an_object(question, tmp_path, capsys):
    path = tmp_path / "parameters.json"
    path.write_text("[1]")
    assert main(["calendar.due", "--input", str(question), "--parameters", str(path)]) == 2
    assert "应为一个 JSON 对象" in capsys.readouterr().err
