"""收件箱: a message that comes in is entered once, taken in the order of its key, and answered the same way however often it comes.

One that comes before its predecessor is parked and taken behind it. What the system makes of a message is done in the
transaction that enters it, so an answer never says more than what happened.
"""

import base64
import json
from collections.abc import Iterable

from django.db import connection, transaction

from yizheng.exchange.channels.declaring import Came, Channel, Taken
from yizheng.exchange.channels.outbox import canonical, hash_of
from yizheng.exchange.channels.protocol import ACCEPTED, KNOWN, LATER, Answer, Envelope
from yizheng.exchange.models import Incoming, IncomingState
from yizheng.people.enciphering import cipher, masterkey

_MOST_VERSIONS = 2**31 - 1
_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 15))"


def receive(channel: Channel, messages: Iterable[Envelope]) -> list[Answer]:
    """Take messages in, each in a transaction of its own, and answer each."""
    return [_taken_in(channel, each) for each in messages]


@transaction.atomic
def _taken_in(channel: Channel, message: Envelope) -> Answer:
    text = canonical(message.payload)
    problem = _unfit(channel, message, text)
    if problem:
        return Answer(message.key, message.version, *problem)
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [f"{channel.code}:{message.key}"])
    known = Incoming.objects.filter(channel=channel.code, key=message.key).order_by("version")
    versions = {each.version: each for each in known}
    if message.version in versions:
        return _again(versions[message.version], message)
    row = Incoming(
        channel=channel.code, kind=message.kind, key=message.key, version=message.version, payload_hash=message.hash,
        sealed=_sealed(message, channel.code, text), state=IncomingState.PARKED,
    )  # fmt: skip
    row.save()
    versions[row.version] = row
    return _take_what_follows(channel, versions, row)


def _unfit(channel: Channel, message: Envelope, text: str) -> tuple[str, str] | None:
    if message.kind not in channel.takes:
        return "kind", f"通道“{channel.title}”不收报文“{message.kind}”"
    if not 0 < message.version <= _MOST_VERSIONS or not 0 < len(message.key) <= 120 or not message.key.isprintable():
        return "key", "业务主键或者版本不符合约定"
    if hash_of(text) != message.hash:
        return "hash", "内容摘要与内容不符，请对方核对规范化方法"
    return None


def _again(row: Incoming, message: Envelope) -> Answer:
    if row.payload_hash != message.hash:
        return Answer(row.key, row.version, "conflict", "同一主键和版本已经收过，内容不同；更正请用新的版本")
    if row.state == IncomingState.TAKEN:
        return Answer(row.key, row.version, KNOWN)
    if row.state == IncomingState.PARKED:
        return Answer(row.key, row.version, LATER)
    return Answer(row.key, row.version, row.code, row.note)


def _take_what_follows(channel: Channel, versions: dict[int, Incoming], row: Incoming) -> Answer:
    """Take parked versions as long as none is missing before them; the answer is about the row that came."""
    version = 1
    while (each := versions.get(version)) is not None:
        if each.state == IncomingState.PARKED:
            _take(channel, each)
        version += 1
    answers = {IncomingState.TAKEN: ACCEPTED, IncomingState.PARKED: LATER}
    return Answer(row.key, row.version, answers.get(IncomingState(row.state), row.code), row.note)


def _take(channel: Channel, row: Incoming) -> None:
    came = Came(row.kind, row.key, row.version, json.loads(_opened(row)))
    taken: Taken = channel.takes[row.kind](came)
    row.state = IncomingState.REFUSED if taken.code else IncomingState.TAKEN
    row.code, row.note = taken.code, taken.note[:300]
    row.save(update_fields=["state", "code", "note"])


def _sealed(message: Envelope, channel: str, text: str) -> str:
    place = f"incoming:{channel}:{message.key}:{message.version}"
    return base64.b64encode(cipher.encipher(masterkey.keys().exchange, text.encode(), place)).decode()


def _opened(row: Incoming) -> str:
    place = f"incoming:{row.channel}:{row.key}:{row.version}"
    return cipher.decipher(masterkey.keys().exchange, base64.b64decode(row.sealed), place).decode()
