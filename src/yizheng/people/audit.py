"""The audit trail: who did what to which object. Entries hold ids, never personal data, and only ever grow."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from yizheng.people.canonical import holds_identifier
from yizheng.people.models import Account, AuditEntry
from yizheng.people.rights.reach import Actor
from yizheng.registry.writer.rows import insert_many


def record(actor: Actor, verb: str, object_ref: str = "", detail: Mapping[str, Any] | None = None) -> AuditEntry:
    """Write one entry in the running transaction, so that an act and its trace stand or fall together.

    ``verb`` is a dotted word of the program (``vault.reveal``), ``object_ref`` a kind and an id (``subject:7``).
    Raises ValueError when the detail holds an identity or mobile number: the trail is read by auditors who may not see it.
    """
    entry = _entry(actor, verb, object_ref, detail or {})
    entry.save(force_insert=True)
    return entry


def record_many(actor: Actor, verb: str, rows: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
    """One entry for each (object, detail) of an act done to many, in one statement. Raises as ``record``."""
    insert_many([_entry(actor, verb, object_ref, detail) for object_ref, detail in rows])


def _entry(actor: Actor, verb: str, object_ref: str, detail: Mapping[str, Any]) -> AuditEntry:
    kept = dict(detail)
    if holds_identifier(object_ref) or holds_identifier(json.dumps(kept, ensure_ascii=False, default=str)):
        raise ValueError(f"the detail of {verb} holds a personal identifier")
    who = actor if isinstance(actor, Account) else None
    return AuditEntry(actor=who, verb=verb, object_ref=object_ref, detail=kept)
