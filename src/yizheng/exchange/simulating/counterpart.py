"""One simulated partner: it takes messages as the protocol says, judges them by its own rules, and fails when told to.

It knows a message by key and version, refuses the same version with another content, and keeps what it holds for the
reconciliation. ``effects`` tells every effect in the order in which it came about, so that a test can ask whether anything
was lost, came twice, or came in the wrong order.
"""

import json
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from yizheng.exchange.channels.protocol import (
    ACCEPTED,
    KNOWN,
    LATER,
    Answer,
    BatchRefused,
    Envelope,
    Holding,
    TransportFault,
)

Judge = Callable[[Envelope], tuple[str, str] | None]
"""What is wrong with a message by the partner's rules (code, words), or nothing."""

FAULTS = {
    "timeout": "处理之后不答复",
    "dropped": "没有处理就断开",
    "twice": "同一批处理两遍",
    "half": "只处理半批就断开",
    "wrong_code": "返回约定之外的错误码",
    "token": "令牌失效",
    "outage": "停机",
    "garbled": "答复不符合约定",
}


def kept_at(channel: str) -> Path:
    """Where a simulated partner keeps what it holds of a channel."""
    return Path(settings.DATA_DIR) / "simulators" / f"{channel}.json"


@dataclass
class Faults:
    """How often each fault happens, from 0 to 1; ``next`` are faults of the next calls, in order."""

    rates: dict[str, float] = field(default_factory=dict)
    next: list[str] = field(default_factory=list)
    chance: random.Random = field(default_factory=lambda: random.Random(13))  # noqa: S311 — no secret

    def drawn(self) -> str:
        """The fault of this call, or none."""
        if self.next:
            return self.next.pop(0)
        roll, reached = self.chance.random(), 0.0
        for fault, rate in self.rates.items():
            reached += rate
            if roll < reached:
                return fault
        return ""


def unheard_of(message: Envelope) -> tuple[str, str] | None:
    """The least any partner asks: a kind it knows is up to others; here, that there is a content."""
    return None if message.payload or message.operation == "D" else ("empty", "报文没有内容")


@dataclass
class Counterpart:
    """A partner in memory; one for each channel."""

    judge: Judge = unheard_of
    kinds: frozenset[str] = frozenset()
    """Kinds of messages it knows; all where none is named."""
    later: bool = False
    """Whether it only acknowledges receipt and judges afterwards."""
    whole: bool = False
    """Whether one bad message has a batch refused as a whole."""
    faults: Faults = field(default_factory=Faults)
    held: dict[str, Holding] = field(default_factory=dict)
    effects: list[tuple[str, int]] = field(default_factory=list)
    seen: dict[tuple[str, int], tuple[str, Answer]] = field(default_factory=dict)
    payloads: dict[str, Mapping[str, object]] = field(default_factory=dict)

    def send(self, messages: Sequence[Envelope]) -> Sequence[Answer]:
        """Take messages, or fail as told."""
        fault = self.faults.drawn()
        if fault in ("outage", "dropped", "token"):
            kind = {"outage": "busy", "dropped": "unreachable", "token": "token"}[fault]
            raise TransportFault(kind, FAULTS[fault])
        taken = list(messages)[: len(messages) // 2] if fault == "half" else list(messages)
        if self.whole and len(taken) > 1 and any(self._wrong(each) for each in taken):
            raise BatchRefused("一条不合格，整批退回")
        answers = [self._take(each) for each in taken]
        if fault == "twice":
            answers = [self._take(each) for each in taken]
        if fault in ("timeout", "half"):
            raise TransportFault("timeout", FAULTS[fault])
        if fault == "garbled":
            raise TransportFault("garbled", FAULTS[fault])
        if fault == "wrong_code":
            return [Answer(each.key, each.version, "E9999", "未知错误") for each in answers]
        return answers

    def judged(self, sent: Sequence[tuple[str, int]]) -> Sequence[Answer]:
        """What it decided about messages it took for later."""
        if self.faults.drawn() in ("outage", "dropped"):
            raise TransportFault("busy", FAULTS["outage"])
        return [self.seen[named][1] for named in sent if named in self.seen]

    def holdings(self) -> Mapping[str, Holding]:
        """What it holds."""
        return dict(self.held)

    def check(self, message: Envelope) -> Answer:
        """What it would answer."""
        code, note = self._wrong(message) or (ACCEPTED, "")
        return Answer(message.key, message.version, code, note)

    def keep(self, channel: str) -> None:
        """Write down what it holds, for the process that simulates it later."""
        path = kept_at(channel)
        path.parent.mkdir(parents=True, exist_ok=True)
        seen = [[*named, digest, answer.code, answer.note] for named, (digest, answer) in self.seen.items()]
        path.write_text(json.dumps({"held": self.held, "seen": seen}, ensure_ascii=False), "utf-8")

    def remember(self, channel: str) -> None:
        """Hold what was written down, if anything was."""
        path = kept_at(channel)
        if not path.exists():
            return
        kept = json.loads(path.read_text("utf-8"))
        self.held = {key: (version, digest) for key, (version, digest) in kept["held"].items()}
        for key, version, digest, code, note in kept["seen"]:
            self.seen[key, version] = (digest, Answer(key, version, code, note))

    def _take(self, message: Envelope) -> Answer:
        named = (message.key, message.version)
        if named in self.seen:
            digest, answer = self.seen[named]
            if digest != message.hash:
                return Answer(*named, "conflict", "同一版本内容不同")
            if answer.code in (ACCEPTED, LATER):
                return Answer(*named, KNOWN)
            self.seen.pop(named)  # it was refused and comes once more: judged anew
        code, note = self._wrong(message) or (ACCEPTED, "")
        answer = Answer(*named, code, note)
        self.seen[named] = (message.hash, answer)
        if code == ACCEPTED:
            self._effect(message)
        return Answer(*named, LATER) if self.later else answer

    def _wrong(self, message: Envelope) -> tuple[str, str] | None:
        if self.kinds and message.kind not in self.kinds:
            return "kind", "没有约定的报文"
        return self.judge(message)

    def _effect(self, message: Envelope) -> None:
        self.effects.append((message.key, message.version))
        if message.operation == "D":
            self.held.pop(message.key, None)
            return
        self.held[message.key] = (message.version, message.hash)
        self.payloads[message.key] = message.payload
