"""备份与恢复演练: written down where they can be shown, and told to the system administrators.

GB/T 22239-2019 8.1.10.9: backups are made by a plan, and restoring from them is tested at intervals.
"""

from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from yizheng.people.kinds import Role
from yizheng.people.scopes import city
from yizheng.work import inbox
from yizheng.work.models import Recovery, RecoveryKind

BACKUP_EVERY = timedelta(days=1, hours=6)
DRILL_EVERY = timedelta(days=92)
"""Longer ago than this, and the page says that one is due."""


def record(kind: str, *, began: datetime, ok: bool, summary: str, details: dict[str, Any]) -> Recovery:
    """Keep one; system administrators read of every drill, and of a backup that failed."""
    kept = Recovery.objects.create(kind=RecoveryKind(kind), began=began, ok=ok, summary=summary, details=details)
    if not ok or kept.kind == RecoveryKind.DRILL:
        title = f"{kept.get_kind_display()}{'通过' if ok else '未通过'}"
        inbox.send(
            title=title,
            kind="recovery",
            role=Role.SYSTEM_ADMIN,
            scope=city(),
            body=summary[:500],
            link=reverse("work:recovery"),
        )
    return kept


def latest(kind: RecoveryKind) -> Recovery | None:
    """The newest of a kind."""
    return Recovery.objects.filter(kind=kind).first()


def overdue(kind: RecoveryKind) -> bool:
    """Whether none went well for longer than the plan allows."""
    within = BACKUP_EVERY if kind == RecoveryKind.BACKUP else DRILL_EVERY
    return not Recovery.objects.filter(kind=kind, ok=True, ended__gt=timezone.now() - within).exists()
