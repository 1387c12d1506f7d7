"""Certificates and instruments proved: what is sealed digests to what the row says, and an ending is whole or not there."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from yizheng.documents.models import Certificate, Instrument, IssuedDocument, Status
from yizheng.documents.printed import printed_digest
from yizheng.documents.sealing import unseal_many
from yizheng.people import cipher, vault
from yizheng.people.scope import acting_as_system
from yizheng.registry.models import Change
from yizheng.registry.seals.proofs import proof

_CHUNK = 500
_TITLES: dict[type[IssuedDocument], str] = {Certificate: "证照", Instrument: "文书"}


@proof("证照文书")
def differing() -> Iterator[str]:
    """Documents whose row was changed or put in, and those that end or stand against what was done."""
    with acting_as_system("核验证照文书"):
        for kind in (Certificate, Instrument):
            rows = kind.objects.order_by("pk").iterator(chunk_size=_CHUNK)
            while chunk := list(islice(rows, _CHUNK)):
                yield from _of_chunk(chunk)


def _of_chunk(chunk: list[IssuedDocument]) -> Iterator[str]:
    changes = {change for row in chunk for change in (row.change_id, row.ended_by) if change}
    known = set(Change.objects.filter(pk__in=changes).values_list("pk", flat=True))
    gone = vault.erased(row.subject_id for row in chunk)
    for row in chunk:
        name = f"{_TITLES[type(row)]} {row.number}（{row.pk}）"
        if row.subject_id not in gone:
            yield from (f"{name}{what}" for what in _content(row))
        if (row.status == Status.VALID) != (row.ended_on is None and not row.ending):
            yield f"{name}的状态与其终止的记载不符"
        for change in (row.change_id, row.ended_by):
            if change and change not in known:
                yield f"{name}所据的变更 {change} 不存在"


def _content(row: IssuedDocument) -> Iterator[str]:
    try:
        ((fields, check_word),) = unseal_many([row])
    except (cipher.Undecipherable, ValueError, KeyError):
        yield "的印制内容不能解密：密文被改动，或不属于这个主体"
        return
    if printed_digest(fields, check_word) != row.digest:
        yield "的摘要与印制内容不符"
    for name, title in (("number", "编号"), ("issuer", "发文机关")):
        if name in fields and fields[name] != getattr(row, name):
            yield f"的{title}与印制内容不符"
