"""Two questions a supervisor or load balancer asks: is this process alive, and can it serve."""

from datetime import timedelta

from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

WORKER_SILENCE = timedelta(seconds=60)
"""How long the worker may leave its heartbeat out before it counts as missing."""

_WORKER_ALIVE = "select exists (select from procrastinate_workers where last_heartbeat > now() - %s * interval '1 second')"


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
    """Ready: 200 when database, migrations and worker are all there, otherwise 503; says which is missing."""
    try:
        found = {"database": _database(), "migrations": _migrated(), "worker": _worker()}
    except DatabaseError:
        found = {"database": False, "migrations": False, "worker": False}
    return JsonResponse(found, status=200 if all(found.values()) else 503)


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select 1")
        return bool(cursor.fetchone())


def _migrated() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _worker() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_WORKER_ALIVE, [WORKER_SILENCE.total_seconds()])
        row = cursor.fetchone()
    return bool(row and row[0])
