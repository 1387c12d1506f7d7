"""The measurements: data built once, questions asked beside their peer, and a load generator that counts answers."""

import json
import subprocess
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.db import connection

from tests.cli.installation import prepare
from yizheng.cli import bench
from yizheng.cli.bench import ask, load, watching
from yizheng.cli.bench.laboratory import CHILDREN, percentile, seconds
from yizheng.cli.bench.questions import Answered, Pair, Question, at_least, at_most, by_scale, ratio_at_least
from yizheng.cli.bench.questions import ask as asked
from yizheng.cli.folders import Folders
from yizheng.cli.running.processes import Children, Process, Turn
from yizheng.cli.trouble import Trouble


def test_data_are_built_once_and_a_question_is_answered_as_json_and_in_words(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    prepare(tmp_path / "bench" / "hamlet").stop()
    words = ["--data", str(tmp_path), "--scale", "hamlet"]
    bench.main([*words, "asof-subject", "--json"])
    said = capfd.readouterr().out.splitlines()
    assert any(line.startswith("  people-0：1,200 行") for line in said)
    answer = json.loads(said[-1])
    assert (answer["question"], answer["unit"], answer["reach"]) == ("asof-subject", "ms", "ratio ≤ 3")
    bench.main([*words, "asof-subject"])
    again = capfd.readouterr().out
    assert "people-0" not in again
    assert "asof-subject" in again
    assert bench.main([*words, "nothing"]) == 2
    assert "没有“nothing”这个问题" in capfd.readouterr().err
    turn = Turn(Folders(tmp_path / "bench" / "hamlet"))
    assert turn.take()
    with pytest.raises(Trouble, match="已有一次测量在进行"):
        bench.main(words)
    turn.give_back()


def test_a_scale_that_does_not_fit_on_the_disk_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(bench._NEEDED, "city", 2**60)
    with pytest.raises(Trouble, match="规模 city 需要约"):
        bench.main(["--data", str(tmp_path)])


def answered(ours: float, beside: float | None, **said: object) -> Answered:
    reach = by_scale(at_most(50), country=at_least(20))
    question = Question("q", "快慢", "旁人", "ms", reach, 3, (), lambda lab: iter([Pair(ours, beside)]))
    return Answered(question, reach, ours, beside, str(said.get("note", "")))


def test_an_answer_reaches_by_its_figure_or_by_the_ratio() -> None:
    assert answered(50, None).ok
    assert not answered(51, None).ok
    assert answered(30, 60).ratio == 0.5
    assert by_scale(at_most(50), country=at_least(20)).at("country").holds(20, None)
    assert not ratio_at_least(0.5).holds(1, None)
    assert ask._in_chinese("reported", "ms") == "只报告，不设"
    assert ask._in_chinese("ratio ≤ 3", "ms") == "比值 ≤ 3"


def test_answers_stand_in_one_table_with_what_is_to_be_known_under_it(capsys: pytest.CaptureFixture[str]) -> None:
    told = ask.Told(as_json=False)
    told.head()
    told.row(answered(1234.5, 2.5, note="注"), "0.5 核（chromium 0.5）")
    told.row(answered(12, None), "")
    told.foot()
    head, _, first, second, *notes = capsys.readouterr().out.splitlines()
    assert head.split() == ["问题", "所用", "旁比", "比值", "要求", "同时其他程序占用"]
    assert first.split("  ")[0] == "✗"
    assert first.split()[1:6] == ["q", "1,234", "ms", "2.5", "493.80"]
    assert first.endswith("≤ 50（country：≥ 20） ms 0.5 核（chromium 0.5）")
    assert second.split()[:4] == ["✓", "q", "12", "ms"]
    assert notes == ["q　快慢；旁比：旁人　注", "q　快慢；旁比：旁人"]
    assert not told.all_reached


def test_a_question_without_a_run_is_a_mistake() -> None:
    nothing: list[Pair] = []
    empty = Question("q", "", "", "s", at_most(1), 3, (), lambda lab: (pair for pair in nothing))
    with pytest.raises(ValueError, match="gave no run"):
        asked(empty, None)  # type: ignore[arg-type]  # it asks nothing of the laboratory
    assert percentile([3, 1, 2], 0.99) == 3
    assert seconds(lambda: None) < 1


def test_a_question_that_takes_ten_times_as_long_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folders = Folders(tmp_path)
    with watching.Usual(folders).of("q"):
        time.sleep(0.01)
    monkeypatch.setattr(watching, "_LEAST", 0.05)
    again = watching.Usual(folders)
    assert 0.01 <= again.seconds["q"] < 1
    again.seconds["q"] = 0.001
    with pytest.raises(watching.TookTooLong), again.of("q"):
        time.sleep(10)
    assert again.seconds["q"] == 0.001
    cores, most = watching.Others(folders).busy()
    assert cores >= 0
    assert isinstance(most, str)


@pytest.mark.django_db
def test_the_plan_of_what_is_being_written_is_kept() -> None:
    with watching.plans_kept() as plan, connection.cursor() as cursor:
        cursor.execute("create temp table copied on commit drop as select id from registry_subject where id > %s", [0])
        cursor.execute("select 1")
    assert plan[0].startswith("create temp table copied")
    assert "registry_subject" in plan[1]


def test_what_a_measurement_left_is_taken_away(tmp_path: Path) -> None:
    folders = Folders(tmp_path)
    folders.make()
    for name in ("restored-x", "scratch", "bench-backups"):
        (tmp_path / name).mkdir()
    left = subprocess.Popen(["sleep", "3600"], start_new_session=True)
    server = Process.of(left.pid)
    Children(folders.run / f"{CHILDREN}-wsgi").remember("web", server)
    bench._sweep(folders)
    assert not server.alive()
    left.wait(10)
    assert not [one for one in ("restored-x", "scratch", "bench-backups") if (tmp_path / one).exists()]


class Answers(BaseHTTPRequestHandler):
    """Answers every request, and none of an unknown path as wished."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.send_response(304 if self.headers["If-None-Match"] else 200 if self.path == "/" else 404)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def port() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


def test_the_load_generator_counts_answers_and_those_not_as_wished(port: int) -> None:
    good, bad = load.Request.get("/"), load.Request.get("/nowhere")
    here = load.flat_out(port, [good, bad], 2, 0.2)
    assert len(here.latencies) > 4
    assert 0 < here.errors < len(here.latencies)
    assert here.rate > 0
    steady = load.at_rate(port, [good], 100, 0.2)
    assert (len(steady.latencies), steady.errors) == (20, 0)


def test_a_request_alone_is_answered_with_status_and_headers(port: int) -> None:
    plain = load.Request.get("/")
    assert dict(plain.once(port).headers)["content-length"] == "2"
    assert plain.with_header("If-None-Match", "x").once(port).status == 304
    assert b"Content-Length: 3\r\n\r\na=1" in load.Request.form("/", "a=1").wire()
