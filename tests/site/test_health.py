import errno
import json
import logging

import pytest
from django.db import OperationalError, connection

from yizheng.site import health
from yizheng.site.logs import request_line


def test_alive_needs_no_database(client):
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "alive"}


@pytest.mark.django_db
def test_not_ready_without_a_worker(client):
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"database": True, "migrations": True, "worker": False, "disk": True, "overdue": []}


@pytest.mark.django_db
def test_ready_when_the_worker_gave_a_sign_lately(client):
    with connection.cursor() as cursor:
        cursor.execute("insert into procrastinate_workers default values")
    answer = client.get("/readyz")
    assert answer.status_code == 200
    with connection.cursor() as cursor:
        cursor.execute("update procrastinate_workers set last_heartbeat = now() - interval '2 minutes'")
    assert client.get("/readyz").status_code == 503


@pytest.mark.django_db
def test_a_heartbeat_of_a_clock_that_was_ahead_is_none(client):
    with connection.cursor() as cursor:
        cursor.execute("insert into procrastinate_workers (last_heartbeat) values (now() + interval '1 day')")
    assert client.get("/readyz").json()["worker"] is False


@pytest.mark.django_db
def test_a_full_disk_is_red(client, monkeypatch):
    monkeypatch.setattr(health, "LEAST_FREE", 1 << 62)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["disk"]) == (503, False)


def test_a_database_that_does_not_answer_and_a_disk_that_is_gone_are_red(client, monkeypatch):
    def gone(*_):
        raise OperationalError("the server closed the connection")

    def unmounted(*_):
        raise FileNotFoundError

    monkeypatch.setattr(health, "_migrated", gone)
    monkeypatch.setattr("shutil.disk_usage", unmounted)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"database": False, "migrations": False, "worker": False, "disk": False, "overdue": []}


def test_a_full_disk_has_a_page_that_says_so(client, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    client.raise_request_exception = False
    monkeypatch.setattr(health, "JsonResponse", full)
    answer = client.get("/healthz")
    assert answer.status_code == 507
    assert "磁盘已满" in answer.content.decode()


def test_health_is_read_only(client):
    assert client.post("/healthz").status_code == 405


@pytest.mark.django_db
def test_every_page_carries_the_security_headers(client):
    answer = client.get("/")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe-inline" not in policy
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"


def test_a_request_is_logged_by_route_without_its_query(client, caplog):
    with caplog.at_level(logging.INFO, "yizheng.requests"):
        client.get("/healthz?name=张三")
    assert "healthz" in caplog.text
    assert "张三" not in caplog.text


def test_a_request_answered_before_django_is_logged_in_the_same_words(capsys):
    request_line("GET", "lookup/", 200, 0.00123)
    line = json.loads(capsys.readouterr().err)
    assert (line["method"], line["route"], line["status"], line["milliseconds"]) == ("GET", "lookup/", 200, 1.2)
    assert (line["logger"], line["event"], line["account"]) == ("yizheng.requests", "request", None)
