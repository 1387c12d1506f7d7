"""The front of the web server: it reads what a visitor sends and sends what she gets, so that a slow one holds no thread.

Bodies arrive on the event loop, under a deadline and a size limit, before a thread is taken; answers are made whole before
they are sent. The pages behind it are an ordinary WSGI application. The two addresses of a supervisor have a thread of
their own and answer however busy the rest is.
"""

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import IO, Any

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
Note = Callable[[str, str | None, int, float], None]

THREADS = 4
HEALTH = frozenset({"/healthz", "/readyz"})
LONGEST_BODY = 300 * 1024 * 1024
"""A collective upload or a workbook of a million rows is smaller."""
PATIENCE = 20.0
"""Seconds for the first bytes of a body; each further second must bring `SLOWEST`."""
SLOWEST = 16 * 1024
MOST_BODIES = 200
"""How many bodies may be under way at once in a process; the next is told to come again."""
IN_MEMORY = 1024 * 1024
_PIECE = 64 * 1024
_SEND_PATIENCE = 30.0

log = logging.getLogger(__name__)


class Refused(Exception):
    """A body that is not waited for."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status, self.sentence = status, sentence


TOO_SLOW = (408, "网络太慢，内容没有在规定时间内收完，请检查网络后再试。")
TOO_LONG = (413, f"内容超过 {LONGEST_BODY // 1024 // 1024} MB，不能接收；请分几次上传。")
TOO_MANY = (503, "现在上传的人太多，请一分钟后再试。")
NO_ROOM = (507, "服务器磁盘已满，内容没有保存；请致电运维人员，腾出空间后再试。")


@dataclass
class Answer:
    """What the application said: complete, whatever its length."""

    status: int = 500
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: IO[bytes] | None = None

    def start(self, status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[[bytes], Any]:
        """WSGI's `start_response`."""
        self.status, self.headers = int(status[:3]), [(name.lower(), value) for name, value in headers]
        self.body = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - closed once it was sent
        return self.body.write


class Front:
    """An RSGI application in front of a WSGI one; `note` writes the line of the request log for what it refuses."""

    def __init__(self, application: Application, note: Note) -> None:
        self._application = application
        self._note = note
        self._threads = ThreadPoolExecutor(THREADS, "page")
        self._health = ThreadPoolExecutor(1, "health")
        self._bodies = 0

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        """Read, answer, send."""
        began = time.perf_counter()
        try:
            body = await self._read(scope, protocol)
        except Refused as refusal:
            self._note(scope.method, None, refusal.status, time.perf_counter() - began)
            headers = [("content-type", "text/plain; charset=utf-8"), ("connection", "close")]
            protocol.response_str(refusal.status, headers, refusal.sentence)
            return
        threads = self._health if scope.path in HEALTH else self._threads
        environ = environ_of(scope, body)
        answer = await asyncio.get_running_loop().run_in_executor(threads, self._answered, environ)
        await _send(answer, protocol)

    async def _read(self, scope: Any, protocol: Any) -> IO[bytes] | None:
        """The whole body; None when there is none. Raises Refused."""
        announced = scope.headers.get("content-length", "")
        if announced in ("", "0") and "transfer-encoding" not in scope.headers:
            return None
        if announced.isdecimal() and int(announced[:20]) > LONGEST_BODY:
            raise Refused(*TOO_LONG)
        if self._bodies >= MOST_BODIES:
            raise Refused(*TOO_MANY)
        self._bodies += 1
        try:
            return await _received(protocol)
        finally:
            self._bodies -= 1

    def _answered(self, environ: Environ) -> Answer:
        """In a thread: the application's answer to its last byte."""
        answer = Answer()
        said = None
        try:
            said = self._application(environ, answer.start)
            for piece in said:
                if answer.body is not None:
                    answer.body.write(piece)
        except Exception:
            log.exception("front_fault")
            answer = Answer()
        finally:
            environ["wsgi.input"].close()
            if said is not None and hasattr(said, "close"):
                said.close()
        return answer


async def _received(protocol: Any) -> IO[bytes]:
    began, length = time.monotonic(), 0
    body = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - closed once it was answered
    pieces = protocol.__aiter__()
    try:
        with contextlib.suppress(StopAsyncIteration):
            while True:
                allowed = PATIENCE + length / SLOWEST - (time.monotonic() - began)
                async with asyncio.timeout(min(PATIENCE, allowed)):
                    piece = await pieces.__anext__()
                length += len(piece)
                if length > LONGEST_BODY:
                    raise Refused(*TOO_LONG)
                body.write(piece)
    except TimeoutError:
        body.close()
        raise Refused(*TOO_SLOW) from None
    except OSError:
        body.close()
        raise Refused(*NO_ROOM) from None
    except BaseException:
        body.close()
        raise
    body.seek(0)
    return body


def environ_of(scope: Any, body: IO[bytes] | None) -> Environ:
    """The request as WSGI wants it. A header whose name holds an underscore could pass for another and is left out."""
    length = 0
    if body is not None:
        length = body.seek(0, 2)
        body.seek(0)
    host, _, port = scope.server.rpartition(":")
    environ: Environ = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode("utf-8", "replace").decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "CONTENT_LENGTH": str(length),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": body or BytesIO(),
        "wsgi.errors": _Errors(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    if scope.authority:
        environ["HTTP_HOST"] = scope.authority
    for name, value in scope.headers.items():
        if "_" in name or name == "content-length":
            continue
        key = "CONTENT_TYPE" if name == "content-type" else "HTTP_" + name.upper().replace("-", "_")
        joined = "; " if name == "cookie" else ","
        environ[key] = f"{environ[key]}{joined}{value}" if key in environ else value
    return environ


class _Errors:
    """WSGI's error stream: our log."""

    def write(self, text: str) -> None:
        """Django writes nothing here; a library might."""
        log.error("wsgi_error")

    def flush(self) -> None:
        """Nothing is held back."""


async def _send(answer: Answer, protocol: Any) -> None:
    if answer.body is None:
        protocol.response_str(500, [("content-type", "text/plain; charset=utf-8")], "系统出错，请稍后再试。")
        return
    with answer.body as body:
        length = body.tell()
        body.seek(0)
        if length <= IN_MEMORY:
            protocol.response_bytes(answer.status, answer.headers, body.read())
            return
        transport = protocol.response_stream(answer.status, answer.headers)
        while piece := body.read(_PIECE):
            try:
                async with asyncio.timeout(_SEND_PATIENCE):
                    await transport.send_bytes(piece)
            except (TimeoutError, RuntimeError):  # too slow, or gone
                return
