"""A partner over HTTP: JSON both ways, each call signed with this platform's key (Ed25519), with a token that is fetched when needed.

What does not answer in time, or not in the words agreed, is a transport fault; refusals are answers. A token that ran
out is fetched anew once for a call.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from yizheng.exchange.channels.calling import TIMEOUT, Caller
from yizheng.exchange.channels.protocol import Answer, BatchRefused, Envelope, Holding, TransportFault
from yizheng.exchange.channels.signing import Provider
from yizheng.exchange.models import Partner

_REFUSED_WHOLE = 422


class OverHttp:
    """The other side of a channel at the partner's address."""

    def __init__(self, partner: Partner, channel: str, provider: Provider, *, timeout: float = TIMEOUT) -> None:
        self._caller = Caller(partner.address, partner.code, provider, timeout=timeout)
        self._channel, self._token = channel, ""

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
        content = json.dumps({"channel": self._channel, **body}, ensure_ascii=False, default=str).encode()
        status, read = self._caller.post(what, content, {"Authorization": f"Bearer {self._token}"})
        try:
            said = json.loads(read) if read else {}
        except ValueError as fault:
            raise TransportFault("garbled" if status < 500 else "busy", f"HTTP {status}") from fault
        return status, said if isinstance(said, dict) else {}

    def close(self) -> None:
        """End the connection."""
        self._caller.close()


def _answers(said: Mapping[str, Any]) -> list[Answer]:
    try:
        return [
            Answer(str(each["key"]), int(each["version"]), str(each["code"]), str(each.get("note", "")))
            for each in said["answers"]
        ]
    except (KeyError, TypeError, ValueError) as fault:
        raise TransportFault("garbled") from fault
