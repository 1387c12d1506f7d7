"""A verb being performed: what its own work and its instruments need to know."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from yizheng.licensing.item import Item
from yizheng.licensing.lifecycle import Move
from yizheng.licensing.models import Case
from yizheng.people.models import Account


@dataclass(slots=True)
class Act:
    """A verb being performed: everything its own work needs."""

    case: Case
    item: Item
    move: Move
    actor: Account | None
    reason: str
    on: date
    inputs: dict[str, Any] = field(default_factory=dict)
    detail: dict[str, Any] = field(default_factory=dict)
