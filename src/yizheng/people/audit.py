"""The audit trail: who did what to which object. Entries hold ids, never personal data, and only ever grow."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from yizheng.people.canonical import holds_identifier
from yizheng.people.models import Account, AuditEntry
from yizheng.people.reach import Actor


def record(
    actor: Actor, verb: str, object_ref: str = "", detail: Mapping[str, Any] | None = None
) -> AuditEntry:
    """Write one entry in the running transaction, so that an act and its trace stand or fall together.

    ``verb`` is a dotted word of the program (``vault.reveal``), ``object_ref`` a kind and an id (``subject:7``).
    Raises ValueError when the detail holds an identity or mobile number: the trail is read by auditors who may not see it.
    """
    detail = dict(detail or {})
    if holds_identifier(object_ref) or holds_identifier(json.dumps(detail, ensure_ascii=False, default=str)):
        raise ValueError(f"the detail of {verb} holds a personal identifier")
    who = actor if isinstance(actor, Account) else None
    return AuditEntry.objects.create(actor=who, verb=verb, object_ref=object_ref, detail=detail)
