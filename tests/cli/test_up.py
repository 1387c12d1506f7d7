"""`up` as a person meets it: one installation lives through these tests in order."""

from collections.abc import Iterator

import pytest

from tests.cli.installation import Installation, run


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    place = tmp_path_factory.mktemp("医政 数据 with spaces")
    found = Installation(place / "var")
    found.up()
    yield found
    if found.supervisor is not None and found.supervisor.poll() is None:
        found.stop()


def test_it_serves_and_says_that_all_is_ready(installation: Installation) -> None:
    assert installation.serves("/healthz")
    assert installation.serves("/readyz")


def test_secrets_are_readable_by_their_owner_alone(installation: Installation) -> None:
    assert (installation.data / "secrets").stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in (installation.data / "secrets").iterdir() if path.is_file()} == {
        0o600
    }


def test_a_second_up_says_where_the_first_one_serves(installation: Installation) -> None:
    second = run("up", "--data", str(installation.data))
    assert second.returncode == 1
    assert f"http://127.0.0.1:{installation.port}/" in second.stderr
    assert "已经在运行" in second.stderr


def test_a_busy_port_is_one_sentence(installation: Installation, tmp_path) -> None:
    refused = run("up", "--data", str(tmp_path / "var"), "--port", str(installation.port))
    assert refused.returncode == 1
    assert "已被其他程序占用" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_the_web_server_comes_back_after_kill_9(installation: Installation) -> None:
    installation.kill("granian")
    assert installation.serves()


def test_the_database_comes_back_after_kill_9(installation: Installation) -> None:
    installation.kill("postgres")
    assert installation.serves("/readyz")


def test_the_worker_comes_back_after_kill_9(installation: Installation) -> None:
    before = {process.pid for process in installation.processes("yizheng.work.worker")}
    installation.kill("yizheng.work.worker")
    assert installation.serves("/readyz")
    for _ in range(100):
        now = {process.pid for process in installation.processes("yizheng.work.worker")}
        if now and not now & before:
            break
    assert now - before


def test_the_next_up_takes_over_what_a_killed_supervisor_left(installation: Installation) -> None:
    left = {process.pid for process in installation.processes("granian")}
    installation.kill_supervisor()
    assert installation.serves()
    installation.up()
    assert installation.serves("/readyz")
    assert not left & {process.pid for process in installation.processes("granian")}


def test_ctrl_c_stops_everything_and_a_later_up_has_nothing_to_prepare(installation: Installation) -> None:
    assert installation.stop() == 0
    assert installation.processes("") == []
    prepared = (installation.data / "logs" / "prepare.log").stat().st_mtime_ns
    installation.up()
    assert installation.serves()
    assert (installation.data / "logs" / "prepare.log").stat().st_mtime_ns == prepared


def test_a_database_of_a_newer_program_is_left_alone(installation: Installation) -> None:
    claimed = "insert into django_migrations (app, name, applied) values ('people', '9999_from_the_future', now())"
    done = run("manage", "dbshell", "--", "-c", claimed, YIZHENG_DATA=str(installation.data), YIZHENG_DB_ROLE="owner")
    assert done.returncode == 0, done.stderr
    installation.stop()
    refused = run("up", "--data", str(installation.data), "--port", str(installation.port), "--no-demo")
    assert refused.returncode == 1
    assert "更新版本的程序" in refused.stderr
    assert "people.9999_from_the_future" in refused.stderr
    assert installation.processes("") == []
