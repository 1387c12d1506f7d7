"""Certificates and instruments proved: what is sealed digests to what the row says, and an ending is whole or not there."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from yizheng.documents.models import Certificate, Instrument, IssuedDocument, Status
from yizheng.documents.sealing import printed_digest, unseal_many
from yizheng.people import vault
from yizheng.people.enciphering import cipher
from yizheng.people.scope import acting_as_system
from yizheng.registry.models import Change
from yizheng.registry.seals.verification import proof

_CHUNK = 500

_Content = tuple[dict[str, Any], str]


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
    contents = _contents([row for row in chunk if row.subject_id not in gone])
    for row in chunk:
        name = f"{row._meta.verbose_name} {row.number}（{row.pk}）"  # noqa: SLF001
        if row.subject_id not in gone:
            yield from (f"{name}{what}" for what in _faults(row, contents.get(row.pk)))
        if (row.status == Status.VALID) != (row.ended_on is None and not row.ending):
            yield f"{name}的状态与其终止的记载不符"
        for change in (row.change_id, row.ended_by):
            if change and change not in known:
                yield f"{name}所据的变更 {change} 不存在"


def _contents(rows: list[IssuedDocument]) -> dict[int, _Content]:
    """What is sealed in each that can be opened: all at once, one by one where one of them cannot."""
    try:
        return dict(zip((row.pk for row in rows), unseal_many(rows), strict=True))
    except (cipher.Undecipherable, ValueError, KeyError):
        if len(rows) == 1:
            return {}
        middle = len(rows) // 2
        return _contents(rows[:middle]) | _contents(rows[middle:])


def _faults(row: IssuedDocument, content: _Content | None) -> Iterator[str]:
    if content is None:
        yield "的印制内容不能解密：密文被改动，或不属于这个主体"
        return
    fields, check_word = content
    if printed_digest(fields, check_word) != row.digest:
        yield "的摘要与印制内容不符"
    for name, title in (("number", "编号"), ("issuer", "发文机关")):
        if name in fields and fields[name] != getattr(row, name):
            yield f"的{title}与印制内容不符"
