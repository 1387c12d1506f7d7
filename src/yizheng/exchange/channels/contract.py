"""契约测试: the samples of a channel are shown to the partner without effect; what it says otherwise than agreed is told."""

from collections.abc import Iterator
from dataclasses import replace

from yizheng.exchange.channels.declaring import Channel
from yizheng.exchange.channels.outbox import canonical, hash_of
from yizheng.exchange.channels.protocol import ACCEPTED, Counterparty, Envelope, TransportFault


def contract_test(channel: Channel, other: Counterparty) -> list[tuple[str, bool, str]]:
    """Each question put to the partner, whether it answered as agreed, and what it said."""
    return list(_asked(channel, other))


def _asked(channel: Channel, other: Counterparty) -> Iterator[tuple[str, bool, str]]:
    for kind in channel.messages:
        digest = hash_of(canonical(kind.sample))
        sample = Envelope(kind.code, "I", f"contract:{kind.code}", 1, digest, kind.sample)
        yield _answered(f"{kind.title}：合格样例被接受", other, sample, lambda code: code == ACCEPTED)
        spoilt = replace(sample, payload={})
        yield _answered(f"{kind.title}：空的内容被退回", other, spoilt, lambda code: code != ACCEPTED)
    unknown = Envelope("unheard-of", "I", "contract:unknown", 1, hash_of(canonical({})), {})
    yield _answered("没有约定的报文被退回", other, unknown, lambda code: code != ACCEPTED)


def _answered(title: str, other: Counterparty, sample: Envelope, agreed: object) -> tuple[str, bool, str]:
    try:
        answer = other.check(sample)
    except TransportFault as fault:
        return title, False, str(fault)
    return title, bool(callable(agreed) and agreed(answer.code)), f"{answer.code}　{answer.note}".strip()
