"""One call over HTTP to an address somebody else keeps: signed with this platform's key, with a deadline; no redirect is followed."""

import secrets
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from yizheng.exchange.channels.protocol import TransportFault
from yizheng.exchange.channels.signing import Provider, signed_headers

TIMEOUT = 10.0
_MOST = 1 << 20
"""Bytes of an answer that are read."""


class Caller:
    """A connection to an address that is opened when needed and kept while calls succeed."""

    def __init__(self, address: str, receiver: str, provider: Provider, *, timeout: float = TIMEOUT) -> None:
        self._address, self._provider, self._timeout = urlsplit(address), provider, timeout
        self._receiver = receiver
        self._connection: HTTPConnection | None = None

    def post(self, below: str, content: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]:
        """Status and body of the answer of the address, or of one ``below`` it. Raises TransportFault."""
        path = f"{self._address.path.rstrip('/')}/{below}" if below else self._address.path or "/"
        if self._address.query:
            path = f"{path}?{self._address.query}"
        signed = signed_headers(
            self._provider,
            settings.EXCHANGE_CODE,
            self._receiver,
            path,
            content,
            at=timezone.now(),
            nonce=secrets.token_hex(16),
        )
        try:
            connection = self._open()
            connection.request("POST", path, content, {"Content-Type": "application/json", **headers, **signed})
            answer = connection.getresponse()
            return answer.status, answer.read(_MOST)
        except TimeoutError as fault:
            self.close()
            raise TransportFault("timeout") from fault
        except (OSError, HTTPException) as fault:
            self.close()
            raise TransportFault("unreachable", type(fault).__name__) from fault

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
