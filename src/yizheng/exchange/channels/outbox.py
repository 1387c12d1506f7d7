"""发件箱: what channels say is entered in the transaction that decides; version and order are taken per key under a lock.

A message that says what the last one of its key said is not entered again. The payload is enciphered under its subject's
key; its hash goes out with it and comes back in the reconciliation.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from yizheng.exchange.channels.declaring import Channel, Draft, Payload, declared, families
from yizheng.exchange.models import Message, Partner
from yizheng.people import vault
from yizheng.people.scope import acting_as_system
from yizheng.work.queue import hurry_schedule

_LOCK = """
-- one writer a key, taken in order
SELECT pg_advisory_xact_lock(hashtextextended(named.key, 13)) FROM (SELECT unnest(%s::text[]) AS key ORDER BY 1) AS named
"""
_POST = """
-- what differs from the last message of its key, as its next version
INSERT INTO exchange_message (channel, kind, operation, key, version, payload_hash, sealed, subject, authority_scope, cause,
                              created, due, tries, state, code, note)
SELECT %s, new.kind, CASE WHEN new.ends THEN 'D' WHEN last.operation IS NULL OR last.operation = 'D' THEN 'I' ELSE 'U' END,
       new.key, coalesce(last.version, 0) + 1, new.hash, new.sealed, new.subject, new.scope, new.cause, %s, %s, 0,
       CASE WHEN new.fault = '' THEN 'queued' ELSE 'rejected' END, new.fault, new.note
FROM unnest(%s::text[], %s::bool[], %s::text[], %s::text[], %s::text[], %s::bigint[], %s::int[], %s::text[], %s::text[], %s::text[])
     WITH ORDINALITY AS new (kind, ends, key, hash, sealed, subject, scope, cause, fault, note, place)
LEFT JOIN LATERAL (
    SELECT m.version, m.payload_hash, m.operation, m.code FROM exchange_message m
    WHERE m.channel = %s AND m.key = new.key ORDER BY m.version DESC LIMIT 1
) AS last ON true
WHERE (last.version IS NULL AND NOT new.ends)
   OR (last.payload_hash, last.operation = 'D') IS DISTINCT FROM (new.hash, new.ends) AND last.version IS NOT NULL
ORDER BY new.place
RETURNING id
"""


def canonical(payload: Payload) -> str:
    """A payload in the one form that is hashed and sent."""
    return json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def hash_of(text: str) -> str:
    """The hash of a canonical payload."""
    return hashlib.sha256(text.encode()).hexdigest()


def running() -> list[Channel]:
    """The channels whose partner is registered with an address and in use; one query."""
    partners = Partner.objects.filter(active=True).exclude(address="")
    known = set(partners.values_list("code", flat=True))
    return [each for each in declared() if each.partner in known]


def tell(changes: Sequence[int]) -> None:
    """Enter what these changes have the running channels say; called before they take their positions."""
    for channel in running():
        with acting_as_system(f"通道 {channel.title}"):
            post(channel, channel.collect(changes), cause=f"change:{min(changes)}")
    for family in families():
        with acting_as_system(f"通道 {family.code}"):
            for channel, drafts in family.collect(changes):
                post(channel, drafts, cause=f"change:{min(changes)}")


def hurry(channel: str) -> None:
    """Have the worker send now instead of at the next minute; where that fails the clock does it."""
    hurry_schedule(schedule_of(channel))


def schedule_of(channel: str) -> str:
    """The name of the schedule that sends what a channel has to say; the channels of a family share one."""
    return f"exchange.channel.{channel.partition('-')[0]}"


def post(channel: Channel, drafts: Iterable[Draft], *, cause: str) -> list[int]:
    """Enter messages within the current transaction and have them sent; the ids of those that say something new.

    Of two drafts with one key the later counts.
    """
    said = {each.key: each for each in drafts}
    if not said:
        return []
    with transaction.atomic():
        ids = _written(channel, list(said.values()), cause)
    if ids:
        transaction.on_commit(partial(hurry, channel.code))
    return ids


def _written(channel: Channel, drafts: Sequence[Draft], cause: str) -> list[int]:
    texts = [canonical(each.payload) for each in drafts]
    sealed = vault.seal_texts([(each.subject_id, text) for each, text in zip(drafts, texts, strict=True)])
    now = timezone.now()
    columns: list[list[Any]] = [
        [each.kind for each in drafts], [each.ends for each in drafts], [each.key for each in drafts],
        [hash_of(text) for text in texts], sealed, [each.subject_id for each in drafts],
        [each.authority_scope for each in drafts], [each.cause or cause for each in drafts], [each.fault for each in drafts],
        [each.note[:300] for each in drafts],
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [[f"{channel.code}:{each.key}" for each in drafts]])
        cursor.execute(_POST, [channel.code, now, now, *columns, channel.code])
        return [pk for (pk,) in cursor.fetchall()]


def opened(messages: Sequence[Message]) -> list[Payload]:
    """The payloads of messages, deciphered. Raises vault.Erased."""
    return [json.loads(text) for text in vault.open_texts([(each.subject, each.sealed) for each in messages])]
