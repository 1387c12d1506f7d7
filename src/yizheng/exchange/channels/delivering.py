"""发送: what waits is sent in order of each key; what nobody answered is tried again, what was refused goes to the worklist.

A run asks first what the partner decided about messages it took for later judgement. A message waits while an earlier one
of its key is under way, so the partner sees the versions of a key in order. One run a channel at a time holds a lock of
the database; a run that dies leaves its messages waiting, and the partner knows those it took by key and version.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from yizheng.exchange.channels import circuit
from yizheng.exchange.channels.declaring import Channel
from yizheng.exchange.channels.outbox import opened
from yizheng.exchange.channels.protocol import (
    ACCEPTED,
    KNOWN,
    LATER,
    Answer,
    BatchRefused,
    Counterparty,
    Envelope,
    TransportFault,
)
from yizheng.exchange.models import Attempt, Message, MessageState
from yizheng.kernel.masking import mask
from yizheng.people import vault

_DUE = """
-- the messages whose time has come and before which nothing of their key is under way
SELECT m.id FROM exchange_message m
WHERE m.channel = %s AND m.state = 'queued' AND m.due <= %s AND NOT EXISTS (
    SELECT FROM exchange_message e
    WHERE e.channel = m.channel AND e.key = m.key AND e.version < m.version AND e.state IN ('queued', 'sent'))
ORDER BY m.due, m.id LIMIT %s
"""
_SETTLE = """
-- what the partner answered
UPDATE exchange_message m
SET state = said.state, code = said.code, note = said.note, tries = m.tries + %s, sent = coalesce(m.sent, %s),
    answered = CASE WHEN said.state = 'sent' THEN NULL ELSE %s END
FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[]) AS said (id, state, code, note) WHERE m.id = said.id
"""
_POSTPONE = """
-- nobody answered: again after a while that doubles from a second to ten minutes
UPDATE exchange_message SET tries = least(tries + 1, 30000), due = %s + least(power(2, least(tries, 10)), 600) * interval '1 second'
WHERE id = ANY(%s)
"""
_ONE_RUN = "SELECT pg_try_advisory_lock(hashtextextended(%s, 14))"
_RUN_ENDED = "SELECT pg_advisory_unlock(hashtextextended(%s, 14))"


@dataclass(slots=True)
class Run:
    """What a run did."""

    acked: int = 0
    sent: int = 0
    rejected: int = 0
    faults: int = 0


def deliver(channel: Channel, other: Counterparty, now: datetime | None = None) -> Run:
    """Send what is due until nothing is or the circuit opens."""
    run = Run()
    with _only_one(channel.code) as mine:
        if mine:
            _Delivery(channel, other, run, now).go()
    return run


@contextmanager
def _only_one(channel: str) -> Iterator[bool]:
    with connection.cursor() as cursor:
        cursor.execute(_ONE_RUN, [channel])
        mine = bool(cursor.fetchone()[0])
    try:
        yield mine
    finally:
        if mine:
            with connection.cursor() as cursor:
                cursor.execute(_RUN_ENDED, [channel])


@dataclass
class _Delivery:
    """One run over a channel."""

    channel: Channel
    other: Counterparty
    run: Run
    fixed: datetime | None

    @property
    def now(self) -> datetime:
        """The clock, or the time a test says it is."""
        return self.fixed or timezone.now()

    def go(self) -> None:
        """Ask for judgements, then send."""
        self.circuit = circuit.circuit_of(self.channel.code)
        if circuit.allowance(self.circuit, self.now, 1):
            self._ask()
        while size := circuit.allowance(self.circuit, self.now, self.channel.batch):
            messages = due(self.channel.code, self.now, size)
            if not messages:
                return
            self._send(messages)

    def _ask(self) -> None:
        unheard = list(Message.objects.filter(channel=self.channel.code, state=MessageState.SENT).order_by("id")[:1000])
        if not unheard:
            return
        with self._attempt(0) as attempt:
            answers = self.other.judged([(each.key, each.version) for each in unheard])
            attempt.messages = len(answers)
        if not attempt.fault:
            self._settle(unheard, answers, tries=0)

    def _send(self, messages: Sequence[Message]) -> None:
        messages = _without_erased(messages)
        if not messages:
            return
        envelopes = self._envelopes(messages)
        try:
            with self._attempt(len(messages)) as attempt:
                answers = self.other.send(envelopes)
        except BatchRefused:
            self._one_by_one(messages, envelopes)
            return
        if attempt.fault:
            self._postpone(messages)
            return
        unanswered = self._settle(messages, answers)
        if unanswered:
            self._postpone(unanswered)

    def _one_by_one(self, messages: Sequence[Message], envelopes: Sequence[Envelope]) -> None:
        for message, envelope in zip(messages, envelopes, strict=True):
            try:
                with self._attempt(1) as attempt:
                    answers = self.other.send([envelope])
            except BatchRefused as refused:
                answers = [Answer(message.key, message.version, "refused", str(refused))]
            if attempt.fault:
                self._postpone([message])
                return
            self._settle([message], answers)

    def _envelopes(self, messages: Sequence[Message]) -> list[Envelope]:
        payloads: list[dict[str, Any]] = [dict(each) for each in opened(messages)]
        if self.channel.filled is not None:
            self.channel.filled([(each.subject, payload) for each, payload in zip(messages, payloads, strict=True)])
        return [
            Envelope(each.kind, each.operation, each.key, each.version, each.payload_hash, payload)
            for each, payload in zip(messages, payloads, strict=True)
        ]

    @contextmanager
    def _attempt(self, count: int) -> Iterator[Attempt]:
        """Note one call; a transport fault is noted and not raised."""
        attempt, began = Attempt(channel=self.channel.code, messages=count), time.perf_counter()
        try:
            yield attempt
        except TransportFault as fault:
            attempt.fault, attempt.note = fault.kind, str(fault)[:300]
            self.run.faults += 1
            circuit.failed(self.circuit, self.now)
        else:
            circuit.succeeded(self.circuit)
        finally:
            attempt.took = int((time.perf_counter() - began) * 1000)
            attempt.save()

    def _settle(self, messages: Sequence[Message], answers: Sequence[Answer], tries: int = 1) -> list[Message]:
        """Enter the answers; the messages without one."""
        said = {(each.key, each.version): each for each in answers}
        answered = [each for each in messages if (each.key, each.version) in said]
        rows = [(each.pk, *self._state(said[each.key, each.version])) for each in answered]
        if rows:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(_SETTLE, [tries, self.now, self.now, *map(list, zip(*rows, strict=True))])
        return [each for each in messages if (each.key, each.version) not in said]

    def _state(self, answer: Answer) -> tuple[str, str, str]:
        if answer.code in (ACCEPTED, KNOWN):
            self.run.acked += 1
            return MessageState.ACKED, answer.code, ""
        if answer.code == LATER:
            self.run.sent += 1
            return MessageState.SENT, answer.code, ""
        self.run.rejected += 1
        return MessageState.REJECTED, answer.code[:40], _without_numbers(answer.note)

    def _postpone(self, messages: Sequence[Message]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(_POSTPONE, [self.now, [each.pk for each in messages]])


def due(channel: str, now: datetime, size: int) -> list[Message]:
    """The messages to be sent next."""
    with connection.cursor() as cursor:
        cursor.execute(_DUE, [channel, now, size])
        ids = [pk for (pk,) in cursor.fetchall()]
    return list(Message.objects.filter(pk__in=ids).order_by("due", "id"))


def _without_erased(messages: Sequence[Message]) -> Sequence[Message]:
    """Messages about somebody whose data was erased can no longer be read and are given up."""
    gone = vault.erased(each.subject for each in messages)
    if not gone:
        return messages
    lost = [each.pk for each in messages if each.subject in gone]
    Message.objects.filter(pk__in=lost).update(state=MessageState.DEAD, note="主体的个人信息已经删除")
    return [each for each in messages if each.subject not in gone]


def next_due(channel: str, within: timedelta, now: datetime) -> datetime | None:
    """When the next message that waits for another try comes due, if that is soon."""
    waiting = Message.objects.filter(
        channel=channel, state=MessageState.QUEUED, due__gt=now, due__lte=now + within
    ).order_by("due")
    return waiting.values_list("due", flat=True).first()


def _without_numbers(note: str) -> str:
    """The words of a partner without personal numbers they may repeat."""
    return " ".join(mask(word) if sum(sign.isdigit() for sign in word) >= 11 else word for word in note.split())[:300]
