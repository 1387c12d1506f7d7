"""Keyset paging of the worklist: the position after a row in (due day, id) order, cases without a due day last."""

from __future__ import annotations

import base64
import json
from datetime import date

from django.db.models import Q

from yizheng.licensing.models import Case

NO_DUE_DAY = date(9999, 12, 31)


def write(case: Case) -> str:
    """The position after ``case``, for an address."""
    position = [(case.due_on or NO_DUE_DAY).isoformat(), case.pk]
    return base64.urlsafe_b64encode(json.dumps(position).encode()).decode()


def read(text: str) -> tuple[date, int] | None:
    """The position an address names; one that was tampered with begins at the top."""
    try:
        due, pk = json.loads(base64.urlsafe_b64decode(text.encode()))
        return date.fromisoformat(due), int(pk)
    except (ValueError, TypeError):
        return None


def beyond(due: date, pk: int) -> Q:
    """Rows after the position."""
    if due == NO_DUE_DAY:
        return Q(due_on=None, pk__gt=pk)
    return Q(due_on__gt=due) | Q(due_on=due, pk__gt=pk) | Q(due_on=None)
