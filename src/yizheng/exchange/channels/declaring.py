"""A channel is declared once: its partner, its messages, what a change of the register has it say, and its mapping tables.

Everything else follows: the outbox, order by key, sending again, the circuit, replay, reconciliation and the page.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

Payload = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Draft:
    """What a channel is to say about one key. The version and whether it is an addition are found when it is posted."""

    kind: str
    key: str
    payload: Payload
    subject_id: int
    authority_scope: int
    ends: bool = False
    """Whether the partner is to end what it holds under the key."""
    fault: str = ""
    """The code of a fault in the data found before sending; such a message goes to the worklist and not out."""
    note: str = ""
    cause: str = ""
    """What asks for it, where that is not what the whole post is for."""


@dataclass(frozen=True, slots=True)
class MessageKind:
    """One kind of message: what it carries and what its key is made of, in words, and a sample for the contract test."""

    code: str
    title: str
    keyed_by: str
    sample: Payload = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a message that came in; without a code it was taken."""

    code: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Came:
    """A message that came in, as the system that takes it reads it."""

    kind: str
    key: str
    version: int
    payload: Payload


def _nothing(_: Any) -> Iterable[Draft]:
    return ()


@dataclass(frozen=True, slots=True)
class Channel:
    """One channel. It runs as soon as its partner is registered with an address."""

    code: str
    title: str
    partner: str
    """The code of the partner."""
    says: str
    """What goes over it, on what ground."""
    messages: tuple[MessageKind, ...]
    collect: Callable[[Sequence[int]], Iterable[Draft]] = _nothing
    """What changes of the register (ids) have it say; asked as the system, inside their transaction."""
    again: Callable[[Sequence[str]], Iterable[Draft]] = _nothing
    """What it would say of these keys as the register stands."""
    every: Callable[[tuple[date, date]], Iterable[str]] = _nothing  # type: ignore[assignment]
    """The keys it should have told of decisions of these days; what was not told shows in the reconciliation."""
    filled: Callable[[Sequence[tuple[int, dict[str, Any]]]], None] | None = None
    """Puts personal numbers into payloads (subject, payload) on their way out; they stand in no message at rest."""
    takes: Mapping[str, Callable[[Came], Taken]] = field(default_factory=dict)
    """What is done with messages that come in, by kind."""
    mappings: tuple[str, ...] = ()
    """Names of its mapping tables."""
    batch: int = 100
    """How many messages one call carries."""
    owner: str = "受理人员"
    """Who mends faults in the data."""

    def kind(self, code: str) -> MessageKind:
        """The message of a code."""
        return next(each for each in self.messages if each.code == code)


class UnknownChannel(LookupError):
    """No channel of this code is declared; the message is Chinese."""


_declared: dict[str, Channel] = {}


def declare(channel: Channel) -> Channel:
    """Enter a channel; called once when its system starts."""
    _declared[channel.code] = channel
    return channel


def channels() -> list[Channel]:
    """Every declared channel, in order of declaration."""
    return list(_declared.values())


def channel_of(code: str) -> Channel:
    """The channel of this code. Raises UnknownChannel."""
    try:
        return _declared[code]
    except KeyError:
        raise UnknownChannel(f"本平台没有登记通道“{code}”") from None
