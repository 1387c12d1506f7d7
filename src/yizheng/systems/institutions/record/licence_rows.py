"""正本、副本 as rows: what the papers of an institution print, for the screen; the same fields as the certificates.

A clinic that filed has one paper, the certificate of its filing, and no duplicate.

The rows of changes come from the duplicate in force, which alone has them in the words they were entered with.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from yizheng.documents import sealing
from yizheng.documents.declarations import CertificateKind
from yizheng.documents.models import Certificate
from yizheng.people.models import Scope
from yizheng.people.scope import acting_as_system
from yizheng.systems.institutions.record.held import Held
from yizheng.systems.institutions.record.printing import (
    DUPLICATE,
    FILED,
    ORIGINAL,
    in_force,
    printed_duplicate,
    printed_filing,
)

CHANGES = ("变更事项", "日期", "登记机关")
Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Ledger:
    """One part of the duplicate: its title, the heads, the rows."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class LicenceRows:
    """The licence on the screen; of a filing ``duplicate`` is empty."""

    title: str
    number_label: str
    number: str
    issuer: str
    original: Pairs
    duplicate: Pairs
    ledgers: list[Ledger]
    certificates: list[Certificate] = field(default_factory=list)


def licence_rows(subject_id: int, on: date) -> LicenceRows | None:
    """What original and duplicate say on a day, whoever looks; nothing where there is no licence."""
    held = Held(subject_id, on)
    if held.licence is None:
        return None
    filed = FILED.get(held.licence.kind)
    behind = filed or DUPLICATE
    with acting_as_system("显示正本、副本"):
        papers = in_force(subject_id)
        changes = sealing.unseal(papers[behind.code])[0].get("changes", []) if behind.code in papers else []
        office = Scope.objects.get(pk=held.licence.authority_scope)
        if filed is not None:
            said = printed_filing(held, office)
            shown = [papers[filed.code]] if filed.code in papers else []
            number = (filed.title, filed.number_label, str(said["number"]), str(said["issuer"]))
            return LicenceRows(*number, _pairs(filed, said), [], [_changes(changes)], shown)
        said = printed_duplicate(held, office, changes)
    return LicenceRows(
        "正本",
        ORIGINAL.number_label,
        str(said["number"]),
        str(said["issuer"]),
        _pairs(ORIGINAL, said),
        [row for row in _pairs(DUPLICATE, said) if row not in _pairs(ORIGINAL, said)],
        list(_ledgers(said)),
        [papers[code] for code in (ORIGINAL.code, DUPLICATE.code) if code in papers],
    )


def _pairs(kind: CertificateKind, said: dict[str, Any]) -> Pairs:
    fields = (*kind.holder, *kind.practice)
    return [(each.label, str(said[each.key])) for each in fields if said.get(each.key)]


def _changes(rows: Iterable[Iterable[Any]]) -> Ledger:
    return Ledger("变更记录", CHANGES, tuple(tuple(map(str, row)) for row in rows))


def _ledgers(said: dict[str, Any]) -> Iterable[Ledger]:
    """Subjects, places, verifications, changes, remarks, each where the duplicate has a page for it."""
    for table in said["tables"]:
        yield Ledger(table["title"], tuple(table["head"]), tuple(map(tuple, table["rows"])))
    yield _changes(said["changes"])
    remarks = str(said.get("remarks", ""))
    yield Ledger("备注", ("内容",), tuple((each,) for each in remarks.split("；") if each))
