"""The public lookup page at full scale, beside the thinnest Python server that asks the same of the same table."""

from __future__ import annotations

import os
import random
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from urllib.parse import urlencode

from yizheng.cli.bench.laboratory import CHILDREN, Lab, percentile
from yizheng.cli.bench.load import Request, at_rate, flat_out
from yizheng.cli.bench.questions import REPORTED, Pair, question, ratio_at_least, ratio_at_most
from yizheng.cli.running import web
from yizheng.cli.running.processes import Children, Process

CLIENTS = 8
SECONDS = 8.0
RATE = 300
SAMPLE = 3000
SLOW = 50
_BEGUN = b"POST /accounts/sign-in/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\na"
_PRACTITIONERS = """
select name, split_part(institution_keys, chr(10), 1), practice_number, token
from disclosure_publicpractitioner tablesample bernoulli (%s)
where register = %s and institution_keys <> '' limit %s
"""
BESIDE = "最薄的 Python 服务（granian 两进程，裸 WSGI，同一查询）"


def _pages(name: str, asks: str, kind: str, register: str = "doctor") -> None:
    @question(name, asks, beside=BESIDE, unit="pages/s", reach=ratio_at_least(0.4))
    def throughput(lab: Lab) -> Iterator[Pair]:
        requests = _requests(lab, kind, register)
        with _served(lab) as ours, _thinnest(lab) as thin:
            flat_out(ours, requests, CLIENTS, 2), flat_out(thin, requests, CLIENTS, 2)
            while True:
                here, there = (flat_out(port, requests, CLIENTS, SECONDS) for port in (ours, thin))
                note = f"错误 {here.errors}；p50 {percentile(here.latencies, 0.5):.1f}，p99 {percentile(here.latencies, 0.99):.1f} ms"
                yield Pair(here.rate, there.rate, note)


_pages("lookup-name", "按姓名＋机构查询，8 个客户端", "name")
_pages("lookup-number", "按执业证书编码查询（POST），8 个客户端", "number")
_pages("lookup-nurse-name", "按姓名＋机构查询护士，8 个客户端", "name", "nurse")
_pages("lookup-nurse-number", "按护士执业证书编号查询（POST），8 个客户端", "number", "nurse")
_pages("lookup-unknown", "查不到的编码，8 个客户端", "unknown")


def _like_doctors(name: str, asks: str, kind: str) -> None:
    @question(
        name, asks, beside="同一服务、同样的查询查医师，轮流测量", unit="pages/s", reach=ratio_at_least(0.9), runs=5
    )
    def compared(lab: Lab) -> Iterator[Pair]:
        nurses, doctors = _requests(lab, kind, "nurse"), _requests(lab, kind)
        with _served(lab) as ours:
            flat_out(ours, nurses, CLIENTS, 2), flat_out(ours, doctors, CLIENTS, 2)
            while True:
                here, there = (flat_out(ours, asked, CLIENTS, SECONDS) for asked in (nurses, doctors))
                note = f"错误 {here.errors}；p50 {percentile(here.latencies, 0.5):.1f}，p99 {percentile(here.latencies, 0.99):.1f} ms"
                yield Pair(here.rate, there.rate, note)


_like_doctors("lookup-nurses-like-doctors-name", "按姓名＋机构查询护士，8 个客户端", "name")
_like_doctors("lookup-nurses-like-doctors-number", "按证书编号查询护士（POST），8 个客户端", "number")


@question(
    "lookup-latency",
    f"每秒 {RATE} 个查询（姓名、编码、查不到的编码混合）时的 p99",
    beside=BESIDE,
    unit="ms",
    reach=ratio_at_most(2),
)
def latency(lab: Lab) -> Iterator[Pair]:
    requests = [each for kind in ("name", "number", "unknown") for each in _requests(lab, kind)]
    random.Random(7).shuffle(requests)
    with _served(lab) as ours, _thinnest(lab) as thin:
        flat_out(ours, requests, CLIENTS, 2), flat_out(thin, requests, CLIENTS, 2)
        while True:
            here, there = (at_rate(port, requests, RATE, SECONDS) for port in (ours, thin))
            note = f"错误 {here.errors}；p50 {percentile(here.latencies, 0.5):.1f} ms"
            yield Pair(percentile(here.latencies, 0.99), percentile(there.latencies, 0.99), note)


@question(
    "lookup-revalidated",
    "浏览器已有的登记页再次打开（If-None-Match，304）",
    beside=BESIDE,
    unit="pages/s",
    reach=ratio_at_least(0.5),
)
def revalidated(lab: Lab) -> Iterator[Pair]:
    with _served(lab) as ours, _thinnest(lab) as thin:
        plain = _requests(lab, "entry")[:400]
        held = [request.with_header("If-None-Match", _tag(ours, request)) for request in plain]
        flat_out(ours, held, CLIENTS, 2), flat_out(thin, plain, CLIENTS, 2)
        while True:
            here, there = flat_out(ours, held, CLIENTS, SECONDS, 304), flat_out(thin, plain, CLIENTS, SECONDS)
            yield Pair(here.rate, there.rate, f"错误 {here.errors}")


@question(
    "lookup-beside-slow",
    f"每秒 {RATE} 个查询时的 p99，同时有 {SLOW} 个访客各开一个连接、正文迟迟不发完",
    beside="没有慢访客时的 p99",
    unit="ms",
    reach=REPORTED,
)
def beside_slow(lab: Lab) -> Iterator[Pair]:
    requests = _requests(lab, "name")
    with _served(lab) as ours:
        flat_out(ours, requests, CLIENTS, 2)
        while True:
            alone = at_rate(ours, requests, RATE, SECONDS)
            with ExitStack() as held:
                for _ in range(SLOW):
                    slow = held.enter_context(socket.create_connection((web.HOST, ours)))
                    slow.sendall(_BEGUN)
                here = at_rate(ours, requests, RATE, SECONDS)
            note = f"错误 {here.errors}；p50 {percentile(here.latencies, 0.5):.1f} ms"
            yield Pair(percentile(here.latencies, 0.99), percentile(alone.latencies, 0.99), note)


def _requests(lab: Lab, kind: str, register: str = "doctor") -> list[Request]:
    with lab.connect("serving") as connection:
        share = min(100.0, 100.0 * 8 * SAMPLE / (lab.scale.doctors + lab.scale.nurses))
        rows = connection.execute(_PRACTITIONERS, [share, register, SAMPLE]).fetchall()
    here = f"/public/{register}s/"
    random.Random(11).shuffle(rows)
    made: Callable[..., Request] = {
        "name": lambda n, house, *_: Request.get(
            here + "?" + urlencode({"name": n, "institution": house[: len(house) // 2 + 2]})
        ),
        "number": lambda _n, _h, number, _t: Request.form(here, f"number={number}"),
        "unknown": lambda _n, _h, number, _t: Request.form(here, f"number={_never_given(number)}"),
        "entry": lambda _n, _h, _number, token: Request.get(f"{here}{token}/"),
    }[kind]
    return [made(*row) for row in rows]


def _never_given(number: str) -> str:
    """As long, in an area that no number of the data has."""
    return f"{number[:3]}990000{number[9:]}"


def _tag(port: int, request: Request) -> str:
    return dict(request.once(port).headers)["etag"]


@contextmanager
def _served(lab: Lab) -> Iterator[int]:
    """Our own web server as `up` starts it, with the allowance so high that one address may measure."""
    environment = {**os.environ, "YIZHENG_DB_ROLE": "serving", "YIZHENG_LOOKUPS_PER_MINUTE": "100000000"}
    with _granian("yizheng.site.wsgi:front", "rsgi", environment, lab) as port:
        yield port


@contextmanager
def _thinnest(lab: Lab) -> Iterator[int]:
    with _granian("benchmarks.thinnest:application", "wsgi", dict(os.environ), lab) as port:
        yield port


@contextmanager
def _granian(target: str, interface: str, environment: dict[str, str], lab: Lab) -> Iterator[int]:
    port = web.any_free()
    command = web.command(port, target, interface)
    with (lab.folders.logs / "bench-web.log").open("ab") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True)
    Children(lab.folders.run / f"{CHILDREN}-{interface}").remember(target, Process.of(server.pid))
    try:
        if not web.answers(port, "/healthz", 60):
            raise RuntimeError("the web server did not start")
        yield port
    finally:
        server.terminate()
        server.wait(15)
