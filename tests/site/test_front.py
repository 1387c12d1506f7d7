"""Slow visitors hold no thread: real connections to the real server, with a small application behind it."""

import hashlib
import json
import os
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from yizheng.cli.running import web

ROOT = Path(__file__).resolve().parents[2]
SLOW = 50


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    chosen = web.any_free()
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    server = subprocess.Popen(web.command(chosen, "tests.site.fronted:front"), env=environment, cwd=ROOT)
    assert web.answers(chosen, "/healthz", 30)
    yield chosen
    server.terminate()
    server.wait(15)


def ask(port: int, path: str, body: bytes | None = None) -> tuple[int, bytes]:
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", body)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code, refusal.read()


def raw(port: int, request: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(request)
        received = b""
        while part := connection.recv(65536):
            received += part
    return received


def begun(port: int) -> socket.socket:
    """A visitor who announces a body and sends its first byte."""
    connection = socket.create_connection(("127.0.0.1", port), timeout=10)
    connection.sendall(b"POST /accounts/sign-in/ HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\na")
    return connection


def test_fifty_slow_visitors_stop_nobody(port):
    with ExitStack() as held, ThreadPoolExecutor(8) as others:
        slow = [held.enter_context(begun(port)) for _ in range(SLOW)]
        stop = threading.Event()

        def drip() -> None:
            while not stop.wait(0.2):
                for connection in slow:
                    connection.send(b"b")

        dripping = threading.Thread(target=drip)
        dripping.start()
        try:
            answers = list(others.map(lambda n: ask(port, "/healthz" if n % 5 == 0 else "/"), range(300)))
        finally:
            stop.set()
            dripping.join()
    assert [status for status, _ in answers] == [200] * 300


def test_a_body_that_does_not_arrive_is_refused_and_the_connection_closed(port):
    with begun(port) as connection:
        began = time.monotonic()
        received = b""
        while part := connection.recv(65536):
            received += part
        assert time.monotonic() - began < 9
    assert received.startswith(b"HTTP/1.1 408")
    assert "网络太慢".encode() in received


def test_a_body_that_is_too_long_is_refused_before_it_is_sent_or_while_it_comes(port):
    announced = raw(port, b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n")
    assert announced.startswith(b"HTTP/1.1 413")
    chunk = b"100000\r\n" + b"x" * 0x100000 + b"\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + 3 * chunk)
        connection.sendall(b"5\r\nabcde\r\n")
        assert connection.recv(100).startswith(b"HTTP/1.1 413")


def test_the_health_page_answers_while_every_thread_is_busy(port):
    with ThreadPoolExecutor(20) as busy:
        waiting = [busy.submit(ask, port, "/slow") for _ in range(20)]
        time.sleep(0.3)
        began = time.monotonic()
        assert all(ask(port, "/healthz")[0] == 200 for _ in range(10))
        assert time.monotonic() - began < 1.5
        assert {each.result()[0] for each in waiting} == {200}


@pytest.mark.parametrize("length", [1, 70_000, 2_500_000])
def test_a_body_arrives_whole(port, length):
    body = os.urandom(length)
    said = json.loads(ask(port, "/", body)[1])
    assert (said["length"], said["CONTENT_LENGTH"]) == (length, str(length))
    assert said["digest"] == hashlib.sha256(body).hexdigest()


def test_a_body_in_chunks_has_its_length(port):
    said = raw(
        port,
        b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n",
    )
    assert b'"CONTENT_LENGTH": "5"' in said


def test_the_application_is_told_what_wsgi_says(port):
    said = json.loads(
        raw(
            port,
            "GET /a%20b/医?q=%E5%8C%BB HTTP/1.1\r\nHost: x\r\nConnection: close\r\nCookie: a=1\r\nCookie: b=2\r\n"
            "Content-Type: text/plain\r\nX-Forwarded-Proto: http\r\nX_Forwarded_Proto: https\r\n\r\n".replace(
                "医", "%E5%8C%BB"
            ).encode(),
        ).partition(b"\r\n\r\n")[2]
    )
    assert said["PATH_INFO"].encode("latin-1").decode() == "/a b/医"
    assert said["QUERY_STRING"] == "q=%E5%8C%BB"
    assert said["REMOTE_ADDR"] == "127.0.0.1"
    assert said["HTTP_COOKIE"] == "a=1; b=2"
    assert said["CONTENT_TYPE"] == "text/plain"
    assert said["HTTP_X_FORWARDED_PROTO"] == "http"


@pytest.mark.parametrize(
    "head",
    [b"GET /\xe5\x8c\xbb HTTP/1.1\r\nHost: x", b"GET / HTTP/1.1\r\nHost: x\r\nX-Name: \xff\xe5", b"GET /%ff%00 HTTP/1.1\r\nHost: x"],
)  # fmt: skip
def test_strange_bytes_in_the_head_never_break_the_server(port, head):
    status = raw(port, head + b"\r\nConnection: close\r\n\r\n").split(b" ", 2)[1]
    assert status in (b"200", b"400")


def test_a_long_answer_arrives_whole_and_a_fault_is_a_page(port):
    assert len(ask(port, "/long")[1]) == 5_000_000
    assert ask(port, "/fault")[0] == 500
