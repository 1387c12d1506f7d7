"""What is said between two systems on a channel, whatever carries it: envelopes, answers, holdings, and the two kinds of faults.

A transport fault (nobody answered, or not in words we know) is tried again with the same key and version. A data fault is an
answer: it is not tried again, but goes to the worklist of whoever can mend it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

ACCEPTED, KNOWN, LATER = "accepted", "known", "later"
"""Answers that are no fault: taken now, taken before (the same key and version), or received and judged later."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """One message on its way."""

    kind: str
    operation: str
    key: str
    version: int
    hash: str
    payload: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the partner says to the message of a key and version."""

    key: str
    version: int
    code: str
    note: str = ""


Holding = tuple[int, str]
"""The version a side holds under a key, and the hash of its payload."""


class TransportFault(Exception):
    """Nothing is known of what was sent; ``kind`` is a word of ``FAULTS``."""

    def __init__(self, kind: str, note: str = "") -> None:
        super().__init__(note or FAULTS[kind])
        self.kind = kind


class BatchRefused(Exception):
    """The partner refused a batch as a whole for the sake of one message; each is then sent alone."""


FAULTS = {
    "unreachable": "连接不上",
    "timeout": "等待超时",
    "busy": "对方报告暂不可用",
    "garbled": "答复不符合约定",
    "token": "令牌失效",
}


class Counterparty(Protocol):
    """The other side, over HTTP or in this process."""

    def send(self, messages: Sequence[Envelope]) -> Sequence[Answer]:
        """Deliver messages. Raises TransportFault, BatchRefused."""

    def judged(self, sent: Sequence[tuple[str, int]]) -> Sequence[Answer]:
        """What was decided about messages (key, version) answered with LATER; those still undecided are left out."""

    def holdings(self) -> Mapping[str, Holding]:
        """What the partner holds, by key."""

    def check(self, message: Envelope) -> Answer:
        """What the partner would answer, without effect."""
