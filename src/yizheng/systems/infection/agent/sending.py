"""发送: packages one after the other; what does not arrive is sent again, after twice as long each time."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from yizheng.exchange.channels.signing import OwnKey, signed_headers
from yizheng.systems.infection.agent.keys import Keys
from yizheng.systems.infection.agent.queue import REFUSED, SENT, Queue

TOKEN, PACKAGES = "/infection/api/token", "/infection/api/packages"
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 300.0
TIMEOUT = 60.0
REFUSALS = frozenset({400, 413, 422})
"""Answers that say that this package will never be taken as it is."""


class NotReached(Exception):
    """The city gave no answer that settles a package; it is tried again."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the city said to a package."""

    status: int
    said: dict[str, Any]

    @property
    def taken(self) -> bool:
        """Whether it was received."""
        return 200 <= self.status < 300


class Door:
    """The entrance of the city for one hospital."""

    def __init__(self, address: str, code: str, keys: Keys) -> None:
        self._address, self._code, self._key = urlsplit(address), code, OwnKey(keys.signing)
        self._token = ""
        self.last_sequence = 0

    def deliver(self, data: bytes) -> Answer:
        """Send a package. Raises NotReached."""
        self._token = self._token or self._fresh()
        status, said = self._post(PACKAGES, data, {"Authorization": f"Bearer {self._token}"})
        if status == 401:
            self._token = ""
        if not 200 <= status < 300 and status not in REFUSALS:
            raise NotReached(f"HTTP {status} {said.get('detail', '')}")
        return Answer(status, said)

    def _fresh(self) -> str:
        path = f"{self._address.path.rstrip('/')}{TOKEN}"
        nonce, now = secrets.token_hex(8), datetime.now(UTC)
        status, said = self._post(TOKEN, b"", signed_headers(self._key, self._code, path, b"", at=now, nonce=nonce))
        if status != 200 or "access_token" not in said:
            raise NotReached(f"没有取得令牌：HTTP {status} {said.get('detail', '')}")
        self.last_sequence = int(said.get("last_sequence", 0))
        return str(said["access_token"])

    def _post(self, below: str, data: bytes, headers: dict[str, str]) -> tuple[int, dict[str, Any]]:
        kind = HTTPSConnection if self._address.scheme == "https" else HTTPConnection
        connection = kind(self._address.hostname or "", self._address.port, timeout=TIMEOUT)
        path = f"{self._address.path.rstrip('/')}{below}"
        try:
            connection.request("POST", path, data, {"Content-Type": "application/zip", **headers})
            answer = connection.getresponse()
            return answer.status, _read(answer.read())
        except (OSError, HTTPException) as fault:
            raise NotReached(f"连接不上：{str(fault) or type(fault).__name__}") from fault
        finally:
            connection.close()


def _read(content: bytes) -> dict[str, Any]:
    try:
        said = json.loads(content)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def empty(queue: Queue, door: Door, say: Callable[[str], None], *, once: bool = False) -> bool:
    """Send what waits, in order, until nothing does; ``once``: stop at the first that does not arrive. Whether all is settled."""
    pause = FIRST_PAUSE
    while waiting := queue.waiting():
        path = waiting[0]
        try:
            answer = door.deliver(path.read_bytes())
        except NotReached as fault:
            say(f"{path.name} 没有送达：{fault}；队列里还有 {len(waiting)} 个")
            if once:
                return False
            time.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)
            continue
        pause = FIRST_PAUSE
        queue.settle(path, SENT if answer.taken else REFUSED, {"status": answer.status, **answer.said})
        say(f"{path.name} {told(answer)}")
    return True


def told(answer: Answer) -> str:
    """The answer in a line."""
    if not answer.taken:
        return f"没有接收，留在 refused：{answer.said.get('detail', '')}"
    lines = answer.said.get("receipt", [])
    counts = {
        state: sum(each.get("state") == state for each in lines) for state in ("须改", "待对照", "没有接收", "无变化")
    }
    return "已接收　" + ("　".join(f"{state} {number}" for state, number in counts.items() if number) or "全部接收")
