"""Lock-out: five failures for one account from one address lock that pair for fifteen minutes (GB/T 22239-2019 8.1.4.1).

Twenty from anywhere lock the account, against guessing spread over addresses. A try is counted before the
password is looked at, in one statement, so tries made at once are counted too. Unknown names lock the same
way. What was typed is kept only as a keyed digest: people type their passwords into the wrong field.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from yizheng.people import cipher, masterkey
from yizheng.people.models import SignInLock

WINDOW = timedelta(minutes=15)
LIMIT_OF_PAIR = 5
LIMIT_OF_NAME = 20

#: Count one more try; a count begun longer ago than the window begins anew, and a full count does not move on.
_COUNT = """
INSERT INTO people_signinlock AS lock (key, failures, since) VALUES (%(key)s, 1, %(now)s)
ON CONFLICT (key) DO UPDATE SET
    failures = CASE WHEN lock.since < %(begin)s THEN 1 ELSE least(lock.failures + 1, 1000) END,
    since = CASE WHEN lock.since < %(begin)s OR lock.failures < %(limit)s THEN %(now)s ELSE lock.since END
RETURNING failures
"""


def try_allowed(name: str, address: str) -> bool:
    """Count a try by ``name`` from ``address``; False when it is locked and must not be looked at."""
    pair = _count(_key(name, address), LIMIT_OF_PAIR)
    everywhere = _count(_key(name, ""), LIMIT_OF_NAME)
    return pair and everywhere


def act_allowed(act: str, address: str, limit: int) -> bool:
    """Count an act that needs no account (registering) by its address; False above ``limit`` in the window."""
    return _count(_key(f"act:{act}", address), limit)


def is_locked(name: str, address: str) -> bool:
    """Whether a try would be refused now; counts nothing."""
    recent = SignInLock.objects.filter(since__gte=timezone.now() - WINDOW)
    pair = recent.filter(key=_key(name, address), failures__gte=LIMIT_OF_PAIR)
    return pair.exists() or recent.filter(key=_key(name, ""), failures__gte=LIMIT_OF_NAME).exists()


def forget(name: str, address: str) -> None:
    """The try was right: its count starts again."""
    SignInLock.objects.filter(key__in=[_key(name, address), _key(name, "")]).delete()


def release(name: str) -> int:
    """Let an account try again from anywhere at once; how many counts were dropped (the pairs end by themselves)."""
    return SignInLock.objects.filter(key=_key(name, "")).delete()[0]


def _count(key: bytes, limit: int) -> bool:
    now = timezone.now()
    values: dict[str, Any] = {"key": key, "now": now, "begin": now - WINDOW, "limit": limit}
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, values)
        row = cursor.fetchone()
    return bool(row) and row[0] <= limit


def _key(name: str, address: str) -> bytes:
    return cipher.digest(masterkey.keys().attempts, f"{name.strip().casefold()}\n{address}")
