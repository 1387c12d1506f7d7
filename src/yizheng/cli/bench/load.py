"""A load generator: kept-alive connections in one thread, requests written whole beforehand, answers counted.

It shares the machine with what it measures, so it does as little as it can: no HTTP library, no object an answer.
"""

import selectors
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from itertools import cycle
from typing import Self

from yizheng.cli.running.web import HOST


@dataclass(frozen=True, slots=True)
class Reply:
    """Status and headers (names in small letters)."""

    status: int
    headers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it goes over the wire."""

    head: str
    body: str = ""

    @classmethod
    def get(cls, path: str) -> Self:
        """A GET of this path."""
        return cls(f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\n")

    @classmethod
    def form(cls, path: str, body: str) -> Self:
        """A POST of this form."""
        kind = "Content-Type: application/x-www-form-urlencoded\r\n"
        return cls(f"POST {path} HTTP/1.1\r\nHost: {HOST}\r\n{kind}Content-Length: {len(body)}\r\n", body)

    def with_header(self, name: str, value: str) -> Self:
        """The same with one header more."""
        return replace(self, head=f"{self.head}{name}: {value}\r\n")

    def wire(self) -> bytes:
        """Its bytes."""
        return f"{self.head}\r\n{self.body}".encode()

    def once(self, port: int) -> Reply:
        """Ask it alone."""
        with socket.create_connection((HOST, port)) as connection:
            connection.sendall(self.wire())
            received = b""
            while b"\r\n\r\n" not in received:
                received += connection.recv(65536)
        lines = received.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
        pairs = (line.partition(": ")[::2] for line in lines[1:])
        return Reply(int(lines[0].split()[1]), tuple((name.lower(), value) for name, value in pairs))


@dataclass(slots=True)
class Outcome:
    """How many were answered as wished, in how long, each in how many milliseconds."""

    errors: int = 0
    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Answers as wished a second."""
        return (len(self.latencies) - self.errors) / self.seconds

    def count(self, line: "_Line", wished: int) -> float:
        """Take down an answer that is whole now; when that was."""
        now = time.perf_counter()
        self.latencies.append((now - line.began) * 1000)
        self.errors += line.received[9:12] != str(wished).encode()
        return now


@dataclass(slots=True)
class _Line:
    """One connection with the request on it."""

    connection: socket.socket
    began: float = 0.0
    received: bytes = b""
    wanted: int = 0
    idle: bool = True

    def send(self, wire: bytes, began: float) -> None:
        self.began, self.received, self.wanted, self.idle = began, b"", 0, False
        self.connection.sendall(wire)

    def finished(self) -> bool:
        """Read what is there; whether the answer is whole. Raises ConnectionError when the server hung up."""
        part = self.connection.recv(262144)
        if not part:
            raise ConnectionError("the server hung up")
        self.received += part
        if not self.wanted:
            end = self.received.find(b"\r\n\r\n")
            if end < 0:
                return False
            self.wanted = end + 4 + _length(self.received[:end])
        return len(self.received) >= self.wanted


def flat_out(port: int, requests: Sequence[Request], clients: int, seconds: float, wished: int = 200) -> Outcome:
    """So many clients, each asking again as soon as it has its answer."""
    wires, outcome = cycle([each.wire() for each in requests]), Outcome()
    with _connected(port, clients) as (selector, lines):
        began = time.perf_counter()
        for line in lines:
            line.send(next(wires), time.perf_counter())
        while time.perf_counter() < began + seconds:
            for line in _answered(selector, 1.0):
                line.send(next(wires), outcome.count(line, wished))
        outcome.seconds = time.perf_counter() - began
    return outcome


def at_rate(port: int, requests: Sequence[Request], rate: int, seconds: float, wished: int = 200) -> Outcome:
    """So many a second whatever the answers take: a request that waits for a free line has begun when it was due."""
    wires, outcome = cycle([each.wire() for each in requests]), Outcome()
    total, asked = int(rate * seconds), 0
    with _connected(port, 64) as (selector, free):
        began = time.perf_counter()
        while len(outcome.latencies) < total:
            due = min(total, int((time.perf_counter() - began) * rate) + 1)
            while asked < due and free:
                free.pop().send(next(wires), began + asked / rate)
                asked += 1
            waiting = began + asked / rate - time.perf_counter() if asked < total else 1.0
            for line in _answered(selector, max(0.0, waiting)):
                outcome.count(line, wished)
                line.idle = True
                free.append(line)
        outcome.seconds = time.perf_counter() - began
    return outcome


@contextmanager
def _connected(port: int, count: int) -> Iterator[tuple[selectors.BaseSelector, list[_Line]]]:
    """So many open connections, watched for what comes."""
    with ExitStack() as held, selectors.DefaultSelector() as selector:
        lines = [_Line(held.enter_context(socket.create_connection((HOST, port)))) for _ in range(count)]
        for line in lines:
            line.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            selector.register(line.connection, selectors.EVENT_READ, line)
        yield selector, lines


def _answered(selector: selectors.BaseSelector, patience: float) -> Iterator[_Line]:
    """The lines on which an answer is whole now."""
    for key, _ in selector.select(patience):
        line: _Line = key.data
        if not line.idle and line.finished():
            yield line


def _length(head: bytes) -> int:
    place = head.lower().find(b"content-length:")
    if place < 0:
        return 0
    return int(head[place + 15 :].split(b"\r\n", 1)[0])
