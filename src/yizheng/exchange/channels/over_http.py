"""A partner over HTTP: JSON both ways, each call signed with this platform's key (Ed25519), with a token that is fetched when needed.

What does not answer in time, or not in the words agreed, is a transport fault; refusals are answers. A token that ran
out is fetched anew once for a call.
"""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from yizheng.exchange.channels.protocol import Answer, BatchRefused, Envelope, Holding, TransportFault
from yizheng.exchange.channels.signing import Provider, signed_headers
from yizheng.exchange.models import Partner

TIMEOUT = 10.0
_REFUSED_WHOLE = 422


class OverHttp:
    """The other side of a channel at the partner's address."""

    def __init__(self, partner: Partner, channel: str, provider: Provider, *, timeout: float = TIMEOUT) -> None:
        self._address = urlsplit(partner.address)
        self._channel, self._provider, self._timeout = channel, provider, timeout
        self._connection: HTTPConnection | None = None
        self._token = ""

    def send(self, messages: Sequence[Envelope]) -> Sequence[Answer]:
        """Deliver messages."""
        said = self._asked("messages", {"messages": [asdict(each) for each in messages]})
        return _answers(said)

    def judged(self, sent: Sequence[tuple[str, int]]) -> Sequence[Answer]:
        """What was decided meanwhile."""
        return _answers(self._asked("judged", {"sent": [list(each) for each in sent]}))

    def holdings(self) -> Mapping[str, Holding]:
        """What the partner holds."""
        held = self._asked("holdings", {}).get("held")
        if not isinstance(held, dict):
            raise TransportFault("garbled")
        return {str(key): (int(version), str(digest)) for key, (version, digest) in held.items()}

    def check(self, message: Envelope) -> Answer:
        """What it would answer, without effect."""
        answers = _answers(self._asked("check", {"messages": [asdict(message)]}))
        if not answers:
            raise TransportFault("garbled")
        return answers[0]

    def _asked(self, what: str, body: Mapping[str, Any]) -> dict[str, Any]:
        if not self._token:
            self._token = self._fetched_token()
        status, said = self._call(what, body)
        if status == 401:
            self._token = self._fetched_token()
            status, said = self._call(what, body)
        if status == 401:
            raise TransportFault("token")
        if status == _REFUSED_WHOLE:
            raise BatchRefused(str(said.get("note", "")))
        if status >= 500 or status == 429:
            raise TransportFault("busy", f"HTTP {status}")
        if status != 200:
            raise TransportFault("garbled", f"HTTP {status}")
        return said

    def _fetched_token(self) -> str:
        status, said = self._call("token", {})
        token = said.get("token")
        if status >= 500:
            raise TransportFault("busy", f"HTTP {status}")
        if status != 200 or not isinstance(token, str):
            raise TransportFault("token")
        return token

    def _call(self, what: str, body: Mapping[str, Any]) -> tuple[int, dict[str, Any]]:
        path = f"{self._address.path.rstrip('/')}/{what}"
        content = json.dumps({"channel": self._channel, **body}, ensure_ascii=False, default=str).encode()
        headers = {
            "Content-Type": "application/json", "Authorization": f"Bearer {self._token}",
            **signed_headers(
                self._provider, settings.EXCHANGE_CODE, path, content, at=timezone.now(), nonce=secrets.token_hex(8)
            ),
        }  # fmt: skip
        try:
            connection = self._open()
            connection.request("POST", path, content, headers)
            answer = connection.getresponse()
            read = answer.read()
        except TimeoutError as fault:
            self.close()
            raise TransportFault("timeout") from fault
        except (OSError, HTTPException) as fault:
            self.close()
            raise TransportFault("unreachable", type(fault).__name__) from fault
        try:
            said = json.loads(read) if read else {}
        except ValueError as fault:
            raise TransportFault("garbled" if answer.status < 500 else "busy", f"HTTP {answer.status}") from fault
        return answer.status, said if isinstance(said, dict) else {}

    def _open(self) -> HTTPConnection:
        if self._connection is None:
            kind = HTTPSConnection if self._address.scheme == "https" else HTTPConnection
            self._connection = kind(self._address.hostname or "", self._address.port, timeout=self._timeout)
        return self._connection

    def close(self) -> None:
        """End the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _answers(said: Mapping[str, Any]) -> list[Answer]:
    try:
        return [
            Answer(str(each["key"]), int(each["version"]), str(each["code"]), str(each.get("note", "")))
            for each in said["answers"]
        ]
    except (KeyError, TypeError, ValueError) as fault:
        raise TransportFault("garbled") from fault
