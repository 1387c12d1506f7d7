"""The page of backups, restore drills and whatever is overdue, for the system administrator and the engineer."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from yizheng.people.kinds import Role
from yizheng.people.permissions import roles_of
from yizheng.work.models import Recovery, RecoveryKind
from yizheng.work.overdue import found
from yizheng.work.pages.frame import account_of, page
from yizheng.work.recovery import latest, overdue

READERS = frozenset({Role.SYSTEM_ADMIN, Role.ENGINEER})
SHOWN = 30


@login_required
@require_safe
def recovery(request: HttpRequest) -> HttpResponse:
    """What is overdue, the last backup and the last drill, and those before."""
    if READERS.isdisjoint(roles_of(account_of(request))):
        raise PermissionDenied
    kinds = [{"title": kind.label, "last": latest(kind), "overdue": overdue(kind)} for kind in RecoveryKind]
    return page(
        request,
        "work/recovery.html",
        {"kinds": kinds, "late": found(), "rows": Recovery.objects.all()[:SHOWN], "shown": SHOWN},
    )
