"""The address of a subscriber as the other side of a channel: signed JSON by POST; a status of 200 to 299 says it was taken.

A subscriber keeps nothing this platform could compare with, so nothing is judged later and nothing is reconciled: whoever lost
messages asks for a period again. Keys and versions let it know what it had, and the signature where it came from.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from yizheng.exchange.channels.calling import Caller
from yizheng.exchange.channels.protocol import ACCEPTED, Answer, BatchRefused, Envelope, Holding, TransportFault
from yizheng.exchange.channels.signing import Provider
from yizheng.exchange.models.subscriptions import FAMILY

TIMEOUT = 5.0
_NOT_NOW = frozenset({408, 425, 429})
"""Statuses by which a receiver says that it will take the same call later (RFC 9110, RFC 8470, RFC 6585)."""


class Webhook:
    """One subscriber."""

    def __init__(self, subscription: int, address: str, provider: Provider, *, timeout: float = TIMEOUT) -> None:
        self._subscription = subscription
        self._caller = Caller(address, f"{FAMILY}-{subscription}", provider, timeout=timeout)

    def send(self, messages: Sequence[Envelope]) -> Sequence[Answer]:
        """Tell events in order; all are taken or none."""
        self._told(messages)
        return [Answer(each.key, each.version, ACCEPTED) for each in messages]

    def judged(self, sent: Sequence[tuple[str, int]]) -> Sequence[Answer]:
        """Nothing: what a subscriber takes it takes at once."""
        return ()

    def holdings(self) -> Mapping[str, Holding]:
        """Never told."""
        raise TransportFault("garbled", "订阅方不提供清单，不对账")

    def check(self, message: Envelope) -> Answer:
        """What it says to an event that is marked as a test."""
        try:
            self._told([message], test=True)
        except BatchRefused as refused:
            return Answer(message.key, message.version, "refused", str(refused))
        return Answer(message.key, message.version, ACCEPTED)

    def _told(self, messages: Sequence[Envelope], *, test: bool = False) -> None:
        """One call; that it is a test stands in what is signed."""
        body = {"subscription": self._subscription, "test": test, "events": [asdict(each) for each in messages]}
        try:
            status, _ = self._caller.post("", json.dumps(body, ensure_ascii=False, default=str).encode(), {})
        finally:
            self._caller.close()
        if 200 <= status < 300:
            return
        if status >= 500 or status in _NOT_NOW:
            raise TransportFault("busy", f"HTTP {status}")
        raise BatchRefused(f"HTTP {status}")
