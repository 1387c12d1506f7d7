"""A channel is declared once: its partner, its messages, what a change of the register has it say, and its mapping tables.

Everything else follows: the outbox, order by key, sending again, the circuit, replay, reconciliation and the page.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from yizheng.exchange.channels.protocol import Counterparty

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
    other: Callable[[], Counterparty] | None = None
    """The other side, where that is no registered partner; such a one keeps nothing that could be reconciled."""

    def kind(self, code: str) -> MessageKind:
        """The message of a code."""
        return next(each for each in self.messages if each.code == code)


class UnknownChannel(LookupError):
    """No channel of this code is declared; the message is Chinese."""


@dataclass(frozen=True, slots=True)
class Family:
    """Channels of one kind, one for each of many who come and go; a channel's code begins with that of its family (``code-7``)."""

    code: str
    channels: Callable[[], list[Channel]]
    find: Callable[[str], Channel | None]
    """The channel of what stands behind the hyphen, if there is one."""
    collect: Callable[[Sequence[int]], Iterable[tuple[Channel, Iterable[Draft]]]]
    """What changes have its channels say, of all in one asking."""


_declared: dict[str, Channel] = {}
_families: dict[str, Family] = {}


def declare(channel: Channel) -> Channel:
    """Enter a channel; called once when its system starts."""
    _declared[channel.code] = channel
    return channel


def declare_family(family: Family) -> None:
    """Enter a family; called once when its room starts."""
    _families[family.code] = family


def families() -> list[Family]:
    """Every declared family."""
    return list(_families.values())


def declared() -> list[Channel]:
    """The channels that do not belong to a family, in order of declaration."""
    return list(_declared.values())


def channels() -> list[Channel]:
    """Every channel: the declared ones, and behind them those of families."""
    return [*declared(), *(each for family in families() for each in family.channels())]


def channel_of(code: str) -> Channel:
    """The channel of this code. Raises UnknownChannel."""
    family, _, name = code.partition("-")
    found = _declared.get(code) or (_families[family].find(name) if family in _families else None)
    if found is None:
        raise UnknownChannel(f"本平台没有登记通道“{code}”")
    return found
