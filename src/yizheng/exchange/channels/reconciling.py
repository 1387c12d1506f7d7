"""对账: every day both sides compare how many keys they hold and a digest over them; differences are problem data.

We hold of a key what its last message said that is not given up: the partner should hold the same version with the same
hash, and nothing once a message ended the key. Keys that the register should have told of and never did are found too.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from django.db import connection, transaction
from django.utils import timezone

from yizheng.exchange.channels.declaring import Channel
from yizheng.exchange.channels.outbox import post
from yizheng.exchange.channels.protocol import Counterparty, Holding
from yizheng.exchange.models import Difference, Message, MessageState, Reconciliation
from yizheng.people.scope import acting_as_system
from yizheng.registry.writer.rows import insert_many

PORTION = 1000
"""Keys that are filled in at once."""
MOST = 5000
"""Differences kept of one reconciliation."""
_HELD = """
-- what the partner should hold: the last acknowledged word about every key, unless it ended the key
SELECT key, version, payload_hash FROM (
    SELECT DISTINCT ON (key) key, version, payload_hash, operation FROM exchange_message
    WHERE channel = %s AND state = 'acked' ORDER BY key, version DESC
) AS last WHERE operation <> 'D'
"""


def held(channel: str) -> dict[str, Holding]:
    """What the partner acknowledged, by key."""
    with connection.cursor() as cursor:
        cursor.execute(_HELD, [channel])
        return {key: (version, digest) for key, version, digest in cursor.fetchall()}


def digest_of(holdings: Mapping[str, Holding]) -> str:
    """A digest over keys, versions and hashes that does not depend on their order."""
    total = 0
    for key, (version, digest) in holdings.items():
        total += int.from_bytes(hashlib.sha256(f"{key}\n{version}\n{digest}".encode()).digest(), "big")
    return f"{total % 2**256:064x}"


@transaction.atomic
def reconcile(channel: Channel, other: Counterparty) -> Reconciliation:
    """Compare with the partner and keep the differences. Raises TransportFault."""
    ours, theirs = held(channel.code), other.holdings()
    made = Reconciliation.objects.create(
        channel=channel.code, ours=len(ours), theirs=len(theirs), our_digest=digest_of(ours), their_digest=digest_of(theirs)
    )  # fmt: skip
    if not made.agrees:
        found = list(differences(ours, theirs))[:MOST]
        insert_many(Difference(reconciliation=made, key=key, kind=kind) for key, kind in found)
    return made


def differences(ours: Mapping[str, Holding], theirs: Mapping[str, Holding]) -> Iterator[tuple[str, Difference.Kind]]:
    """The keys on which the sides disagree, in order."""
    for key in sorted(ours.keys() | theirs.keys()):
        if key not in theirs:
            yield key, Difference.Kind.MISSING
        elif key not in ours:
            yield key, Difference.Kind.UNKNOWN
        elif ours[key] != theirs[key]:
            yield key, Difference.Kind.DIFFERS


def mend(reconciliation: Reconciliation) -> int:
    """Send again what the partner lost or holds otherwise; how many messages wait for that."""
    kinds = (Difference.Kind.MISSING, Difference.Kind.DIFFERS)
    keys = list(reconciliation.differences.filter(kind__in=kinds).values_list("key", flat=True))
    last = (
        Message.objects.filter(channel=reconciliation.channel, key__in=keys, state=MessageState.ACKED)
        .order_by("key", "-version")
        .distinct("key")
    )
    return Message.objects.filter(pk__in=[each.pk for each in last]).update(
        state=MessageState.QUEUED, due=timezone.now()
    )


def untold(channel: Channel, since: date, until: date) -> list[str]:
    """The keys of decisions of these days about which no message was ever entered; asked as the system."""
    with acting_as_system(f"核对 {channel.title} 应报"):
        wanted = set(channel.every((since, until)))
    told = Message.objects.filter(channel=channel.code, key__in=wanted).values_list("key", flat=True)
    return sorted(wanted - set(told))


def fill(channel: Channel, keys: Iterable[str]) -> int:
    """Enter what the register says of these keys now; how many messages that made. Nothing changed: none."""
    wanted, told = list(keys), 0
    with acting_as_system(f"补报 {channel.title}"):
        for first in range(0, len(wanted), PORTION):
            told += len(post(channel, channel.again(wanted[first : first + PORTION]), cause="refill"))
    return told
