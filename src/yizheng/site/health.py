"""Two questions a supervisor or load balancer asks: is this process alive, and can it serve."""

import shutil
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from yizheng.work import overdue

WORKER_SILENCE = timedelta(seconds=60)
"""How long the worker may leave its heartbeat out before it counts as missing."""

LEAST_FREE = 64 * 1024 * 1024
"""With less room than this on the disk of the data, nothing can be relied on to be kept."""

_WORKER_ALIVE = """
select exists (select from procrastinate_workers
               where last_heartbeat between now() - %(silence)s * interval '1 second' and now() + %(silence)s * interval '1 second')
"""


@require_safe
@never_cache
@transaction.non_atomic_requests
def healthz(request: HttpRequest) -> HttpResponse:
    """Alive: answers without touching the database."""
    return JsonResponse({"status": "alive"})


@require_safe
@never_cache
@transaction.non_atomic_requests
def readyz(request: HttpRequest) -> HttpResponse:
    """Ready: 200 when database, migrations, worker and room on the disk are all there, otherwise 503; says which is missing.

    What is overdue is named beside it: it calls for somebody, but pages can be served.
    """
    try:
        found = {"database": True, "migrations": _migrated(), "worker": _worker(), "disk": _disk()}
        late = [each.code for each in overdue.found()]
    except DatabaseError:
        found = {"database": False, "migrations": False, "worker": False, "disk": _disk()}
        late = []
    return JsonResponse(found | {"overdue": late}, status=200 if all(found.values()) else 503)


def _disk() -> bool:
    try:
        return shutil.disk_usage(settings.DATA_DIR).free >= LEAST_FREE
    except OSError:
        return False


def _migrated() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _worker() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_WORKER_ALIVE, {"silence": WORKER_SILENCE.total_seconds()})
        row = cursor.fetchone()
    return bool(row and row[0])
