"""What is to leave the platform: written with the cause, delivered afterwards, tried again at growing distance.

A deliverer may see a message more than once and recognises it by its id.
"""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from yizheng.work.models import OutboxMessage
from yizheng.work.models.outbox import OutboxState

log = logging.getLogger(__name__)

FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=6)
MOST_ATTEMPTS = 12
BATCH = 200

Deliverer = Callable[[OutboxMessage], None]
"""Delivers one message or raises."""

_deliverers: dict[str, Deliverer] = {}


def deliverer(channel: str) -> Callable[[Deliverer], Deliverer]:
    """Declare who delivers the messages of a channel."""

    def declare(function: Deliverer) -> Deliverer:
        _deliverers[channel] = function
        return function

    return declare


def post(channel: str, payload: dict[str, Any]) -> OutboxMessage:
    """Write a message within the current transaction."""
    if channel not in _deliverers:
        raise LookupError(f"nobody delivers on the channel {channel!r}")
    return OutboxMessage.objects.create(channel=channel, payload=payload)


def deliver_due(limit: int = BATCH) -> int:
    """Try every message that is due, each in its own transaction; returns how many were delivered."""
    delivered = 0
    for _ in range(limit):
        outcome = _deliver_next()
        if outcome is None:
            break
        delivered += outcome
    return delivered


def wait_after(attempts: int) -> timedelta:
    """The distance to the next attempt: doubled each time, at most six hours."""
    doublings: int = 2 ** min(attempts - 1, 20)
    return min(FIRST_WAIT * doublings, LONGEST_WAIT)


@transaction.atomic
def _deliver_next() -> bool | None:
    """Deliver the next due message; `None` when there is none that nobody else holds."""
    message = OutboxMessage.objects.due().select_for_update(skip_locked=True).first()
    if message is None:
        return None
    message.attempts += 1
    try:
        with transaction.atomic():
            _deliverers[message.channel](message)
    except Exception as fault:  # noqa: BLE001 — a deliverer may fail in any way; the message waits
        log.warning(
            "outbox_fault", extra={"outbox": message.pk, "channel": message.channel, "attempt": message.attempts}
        )
        _postpone(message, fault)
        return False
    _finish(message)
    return True


def _postpone(message: OutboxMessage, fault: Exception) -> None:
    given_up = message.attempts >= MOST_ATTEMPTS
    OutboxMessage.objects.filter(pk=message.pk).update(
        attempts=message.attempts,
        state=OutboxState.GIVEN_UP if given_up else OutboxState.PENDING,
        next_attempt=timezone.now() + wait_after(message.attempts),
        last_error=type(fault).__name__,
    )


def _finish(message: OutboxMessage) -> None:
    OutboxMessage.objects.filter(pk=message.pk).update(
        attempts=message.attempts, state=OutboxState.DELIVERED, delivered=timezone.now(), last_error=""
    )
