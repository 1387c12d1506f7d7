"""How often one address may ask: a token bucket in PostgreSQL, so that all web processes and machines count together.

The address is kept as a keyed digest only. A refused request takes nothing, so waiting always helps.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from ipaddress import IPv6Address, ip_address
from math import ceil
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone

from yizheng.disclosure.models import Allowance

TAKE = """
insert into disclosure_allowance as kept (key, tokens, filled, granted)
values (%(key)s, %(burst)s - 1, clock_timestamp(), true)
on conflict (key) do update set
    granted = least(%(burst)s, kept.tokens + %(rate)s * extract(epoch from clock_timestamp() - kept.filled)) >= 1,
    tokens = least(%(burst)s, kept.tokens + %(rate)s * extract(epoch from clock_timestamp() - kept.filled))
        - case when least(%(burst)s, kept.tokens + %(rate)s * extract(epoch from clock_timestamp() - kept.filled)) >= 1
          then 1 else 0 end,
    filled = clock_timestamp()
returning granted, tokens
"""

FORGET_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `burst` at once, `per_minute` in the long run."""

    name: str
    burst: int
    per_minute: int


LOOKUPS = Limit("lookup", burst=2 * settings.LOOKUPS_PER_MINUTE, per_minute=settings.LOOKUPS_PER_MINUTE)
"""Looking up and checking certificates: ample for a person, even several behind one address; useless for copying."""

NUMBERS = Limit("number", burst=6, per_minute=6)
"""Asking by a number that contains an identity number: a machine that tries numbers gets nowhere."""

DOWNLOADS = Limit("download", burst=20, per_minute=20)
"""Fetching the signed lists, the keys and the page that checks without a network: a handful a day is plenty."""


class TooMany(Exception):
    """The address has used its allowance; `retry_after` says in how many seconds it has one again."""

    def __init__(self, retry_after: int, limit: Limit) -> None:
        super().__init__(f"retry after {retry_after} s")
        self.retry_after = retry_after
        self.limit = limit


def take(request: HttpRequest, limit: Limit) -> None:
    """Take one from the allowance of the asking address, in one statement; `TooMany` when there is none."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE, taking(limit, request.META.get("REMOTE_ADDR", "")))
        granted, tokens = cursor.fetchone()
    if not granted:
        raise refusal(limit, tokens)


def taking(limit: Limit, written: str) -> dict[str, Any]:
    """The values of `TAKE` for an address as the web server wrote it."""
    return {"key": _key(limit, household(written)), "burst": limit.burst, "rate": limit.per_minute / 60}


def refusal(limit: Limit, tokens: float) -> TooMany:
    """How long to wait with so much left."""
    return TooMany(max(1, ceil((1 - tokens) / (limit.per_minute / 60))), limit)


def policy(limit: Limit) -> tuple[str, str]:
    """The header that tells a program how often it may ask (draft-ietf-httpapi-ratelimit-headers)."""
    return "RateLimit-Policy", f'"{limit.name}";q={limit.per_minute};w=60'


def headers_of(refused: TooMany) -> list[tuple[str, str]]:
    """The headers of a refusal: the policy, and when to come back."""
    wait = refused.retry_after
    return [policy(refused.limit), ("RateLimit", f'"{refused.limit.name}";r=0;t={wait}'), ("Retry-After", str(wait))]


def forget_full() -> int:
    """Delete the buckets nobody has used for a day; returns how many."""
    deleted, _ = Allowance.objects.filter(filled__lt=timezone.now() - FORGET_AFTER).delete()
    return deleted


def household(written: str) -> str:
    """The address; an IPv6 one by its /64, which belongs to one household. Behind a proxy the proxy sets it."""
    try:
        address = ip_address(written)
    except ValueError:
        return written
    if isinstance(address, IPv6Address):
        return str(IPv6Address(int(address) >> 64 << 64))
    return str(address)


@lru_cache(maxsize=4096)
def _key(limit: Limit, address: str) -> bytes:
    return hmac.digest(settings.SECRET_KEY.encode(), f"{limit.name}:{address}".encode(), hashlib.sha256)[:16]
