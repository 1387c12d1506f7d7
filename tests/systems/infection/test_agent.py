"""The side of a hospital: a queue that keeps its order and drops nothing, killed while sending, and the entrance it sends to."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client

from tests.systems.infection.conftest import PERIOD, Ward, case, log
from yizheng.cli import hospital_agent
from yizheng.cli.trouble import Trouble
from yizheng.people.scope import acting_as_system
from yizheng.systems.infection.agent.keys import keys_in
from yizheng.systems.infection.agent.queue import Queue
from yizheng.systems.infection.agent.sending import PACKAGES, TOKEN, Door, NotReached, empty
from yizheng.systems.infection.models import Sender
from yizheng.systems.infection.records.kinds import CASES, ICU_LOG
from yizheng.systems.infection.uploads.writing import csv_of, enclosed

OCTOBER = date(2026, 10, 1)


class City(ThreadingHTTPServer):
    """The city's entrance as the agent meets it: answers the same package alike, and may be told to fail."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.taken: list[int] = []
        self.calls = 0
        self.busy = 0
        """How many calls are answered with 503."""
        self.hold = threading.Event()
        """While it is not set, a package that was taken is not answered."""
        self.hold.set()
        self.arrived = threading.Event()


class Answering(BaseHTTPRequestHandler):
    """One call."""

    server: City

    def do_POST(self) -> None:
        data = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == TOKEN:
            return self._say(200, {"access_token": "x", "last_sequence": 0})
        self.server.calls += 1
        if self.server.busy:
            self.server.busy -= 1
            return self._say(503, {})
        with ZipFile(BytesIO(data)) as archive:
            number = json.loads(archive.read("manifest.json"))["sequence"]
        if number not in self.server.taken:
            self.server.taken.append(number)
        self.server.arrived.set()
        self.server.hold.wait(20)
        return self._say(422 if number == 3 else 201, {"receipt": [], "detail": "序号 3 已用过"})

    def _say(self, status: int, said: dict[str, Any]) -> None:
        content = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def city_entrance() -> Iterator[City]:
    server = City()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def address(server: City) -> str:
    return f"http://127.0.0.1:{server.server_port}"


def filled(folder: Path, packages: int) -> Queue:
    queue = Queue(folder)
    for _ in range(packages):
        queue.add(OCTOBER, [enclosed(1, ICU_LOG, "ICU1", log(OCTOBER), none=False)])
    return queue


def test_an_agent_killed_while_sending_goes_on_where_it_was_and_drops_nothing(tmp_path: Path, city_entrance: City):
    queue = filled(tmp_path, 2)
    city_entrance.hold.clear()
    command = [sys.executable, "-m", "yizheng.cli", "hospital-agent", "--folder", str(tmp_path), "run", "--once"]
    more = ["--to", address(city_entrance), "--code", "hospital-1"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    running = subprocess.Popen([*command, *more], env=environment, stdout=subprocess.DEVNULL)
    assert city_entrance.arrived.wait(30)
    running.send_signal(signal.SIGKILL)
    assert running.wait(10) == -signal.SIGKILL
    city_entrance.hold.set()
    assert [path.name for path in queue.waiting()] == ["00000001.zip", "00000002.zip"]
    assert empty(queue, Door(address(city_entrance), "hospital-1", keys_in(tmp_path)), print, once=True)
    assert city_entrance.taken == [1, 2]
    assert queue.waiting() == []
    assert sorted(path.name for path in (tmp_path / "sent").glob("*")) == [
        "00000001.json", "00000001.zip", "00000002.json", "00000002.zip",
    ]  # fmt: skip


def test_what_does_not_arrive_is_tried_again_and_what_is_refused_stays_with_its_reason(
    tmp_path: Path, city_entrance: City, monkeypatch: pytest.MonkeyPatch
):
    queue = filled(tmp_path, 4)
    pauses: list[float] = []
    monkeypatch.setattr("yizheng.systems.infection.agent.sending.time.sleep", pauses.append)
    city_entrance.busy = 3
    assert empty(queue, Door(address(city_entrance), "hospital-1", keys_in(tmp_path)), print)
    assert pauses == [1.0, 2.0, 4.0]
    assert city_entrance.taken == [1, 2, 3, 4]
    assert [path.name for path in sorted((tmp_path / "refused").glob("*"))] == ["00000003.json", "00000003.zip"]
    assert "已用过" in (tmp_path / "refused" / "00000003.json").read_text()


def test_nobody_at_the_other_end_leaves_the_queue_as_it_is(tmp_path: Path):
    queue = filled(tmp_path, 1)
    said: list[str] = []
    door = Door("http://127.0.0.1:9", "hospital-1", keys_in(tmp_path))
    assert not empty(queue, door, said.append, once=True)
    assert len(queue.waiting()) == 1
    assert "连接不上" in said[0]
    assert queue.add(OCTOBER, [], after=40).name == "00000041.zip"


def test_files_are_queued_by_the_command_and_their_rows_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    rows = tmp_path / "log.csv"
    rows.write_bytes(csv_of(ICU_LOG, log(OCTOBER)))
    add = ["--folder", str(tmp_path), "add", "--month", "2026-10"]
    assert hospital_agent.main([*add, f"icu_log:ICU1={rows}", "case=none"]) == 0
    with ZipFile(tmp_path / "outbox" / "00000001.zip") as archive:
        files = json.loads(archive.read("manifest.json"))["files"]
    assert [(each["record"], each["unit"], each["rows"], each.get("none")) for each in files] == [
        ("icu_log", "ICU1", 31, None), ("case", "", 0, True),
    ]  # fmt: skip
    assert hospital_agent.main(["--folder", str(tmp_path), "keys"]) == 0
    assert capsys.readouterr().out.count("BEGIN PUBLIC KEY") == 2
    for wrong, words in ((["nothing=x"], "种类"), ([f"case={rows}"], "不认识"), (["case=nowhere.csv"], "打不开")):
        with pytest.raises(Trouble, match=words):
            hospital_agent.main([*add, *wrong])


class Inside(Door):
    """The entrance reached without a network."""

    client = Client()

    def _post(self, below: str, data: bytes, headers: dict[str, str]) -> tuple[int, dict[str, Any]]:
        answer = self.client.post(below, data, content_type="application/zip", headers=headers)
        return answer.status_code, answer.json()


@pytest.mark.django_db
def test_the_entrance_takes_signed_systems_alone_and_answers_the_same_package_alike(ward: Ward, tmp_path: Path):
    keys = keys_in(tmp_path)
    with acting_as_system("test"):
        Sender.objects.create(
            subject_id=ward.hospital.subject_id or 0, institution_scope=ward.hospital.pk, name="院感系统", opening_key=keys.public[1],
            signing_key=keys.public[0], authority_scope=ward.sheet("case").authority_scope, account=ward.approver,
        )  # fmt: skip
    code = f"hospital-{ward.hospital.subject_id}"
    queue = Queue(tmp_path)
    said: list[str] = []
    files = [
        enclosed(1, ICU_LOG, "ICU1", log(), none=False),
        enclosed(2, CASES, "", [case(1), case(2, pathogen="LIS-9")], none=False),
    ]
    path = queue.add(PERIOD, files)
    data = path.read_bytes()
    assert empty(queue, Inside("http://city", code, keys), said.append, once=True)
    assert said == ["00000001.zip 已接收　待对照 1"]
    receipt = json.loads((tmp_path / "sent" / "00000001.json").read_text())
    door = Inside("http://city", code, keys)
    again = door.deliver(data)
    assert (receipt["status"], again.status) == (201, 200)
    assert again.said["receipt"] == receipt["receipt"]
    assert door.last_sequence == 1
    token = {"Authorization": f"Bearer {door._token}"}
    assert door.client.get(f"{PACKAGES}/{receipt['package']}", headers=token).json()["sequence"] == 1
    assert door.client.get(f"{PACKAGES}/0b7c1c1e-0000-4000-8000-000000000001", headers=token).status_code == 404
    assert door.deliver(b"no zip").status == 422
    for wrong in (Inside("http://city", code, keys_in(tmp_path / "b")), Inside("http://city", "hospital-x", keys)):
        with pytest.raises(NotReached, match="401"):
            wrong.deliver(data)
    assert Client().post(PACKAGES, data, content_type="application/zip").status_code == 401
    assert ward.sheet("icu_log").rows == log()
