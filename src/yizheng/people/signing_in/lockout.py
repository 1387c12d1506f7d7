"""Lock-out: five failures for one account from one address lock that pair for fifteen minutes (GB/T 22239-2019 8.1.4.1).

Twenty from anywhere lock the account, against guessing spread over addresses. A try is counted before the
password is looked at, so tries made at once are counted too. It counts for the account, whichever of its names was typed, and
for the name in its canonical form, so that thirty spellings of a mobile number are one. Unknown names lock the same
way and cost the same. What was typed is kept only as a keyed digest: people type their passwords into the wrong field.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from yizheng.people.enciphering import cipher, masterkey
from yizheng.people.models import Account, SignInLock
from yizheng.people.signing_in.backends import login_index

WINDOW = timedelta(minutes=15)
LIMIT_OF_PAIR = 5
LIMIT_OF_NAME = 20
LOCKED = "尝试次数过多，请 15 分钟后再试；急需办理的，请联系本单位的安全管理员"


class Step(StrEnum):
    """What is tried. Each has counts of its own."""

    PASSWORD = "password"  # noqa: S105 - the name of a step
    CODE = "code"
    ACT = "act"


@dataclass(frozen=True, slots=True)
class Door:
    """What is tried, and the keyed digests of whom it opens."""

    step: Step
    whom: tuple[bytes, ...]


def password_door(name: str, holders: Sequence[Account]) -> Door:
    """The password of a name that was typed, which is known to be of these accounts."""
    accounts = {_account(each) for each in holders} or {_whom("nobody", login_index(name).hex())}
    return Door(Step.PASSWORD, (_name(login_index(name)), *sorted(accounts)))


def own_password_door(account: Account) -> Door:
    """The password of an account that is signed in."""
    return Door(Step.PASSWORD, (_account(account),))


def code_door(account: Account) -> Door:
    """The second step of an account."""
    return Door(Step.CODE, (_account(account),))


#: Count one more try; a count begun longer ago than the window, or after now by a clock that was wrong, begins anew, and a
#: full count does not move on.
_COUNT = """
INSERT INTO people_signinlock AS lock (key, whom, failures, since)
SELECT key, whom, 1, %(now)s FROM unnest(%(keys)s::bytea[], %(whom)s::bytea[]) AS tried (key, whom) ORDER BY key
ON CONFLICT (key) DO UPDATE SET
    failures = CASE WHEN lock.since NOT BETWEEN %(begin)s AND %(soon)s THEN 1 ELSE least(lock.failures + 1, 1000) END,
    since = CASE WHEN lock.since NOT BETWEEN %(begin)s AND %(soon)s OR lock.failures < %(limit)s THEN %(now)s ELSE lock.since END
RETURNING failures
"""
_CLOCKS_DIFFER = timedelta(minutes=1)


def try_allowed(door: Door, address: str) -> bool:
    """Count a try from ``address``; False when it is locked and must not be looked at."""
    pair = _count(door, address, LIMIT_OF_PAIR)
    everywhere = _count(door, "", LIMIT_OF_NAME)
    return pair and everywhere


def act_allowed(act: str, address: str, limit: int) -> bool:
    """Count an act that needs no account (registering) by its address; False above ``limit`` in the window."""
    return _count(Door(Step.ACT, (_whom("act", act),)), address, limit)


def is_locked(door: Door, address: str) -> bool:
    """Whether a try would be refused now; counts nothing."""
    now = timezone.now()
    recent = SignInLock.objects.filter(since__range=(now - WINDOW, now + _CLOCKS_DIFFER))
    pair = Q(key__in=_keys(door, address), failures__gte=LIMIT_OF_PAIR)
    return recent.filter(pair | Q(key__in=_keys(door, ""), failures__gte=LIMIT_OF_NAME)).exists()


def forget(door: Door, address: str) -> None:
    """The try was right: its count starts again."""
    SignInLock.objects.filter(key__in=[*_keys(door, address), *_keys(door, "")]).delete()


def release(account: Account) -> int:
    """Let an account try every step again at once, from everywhere; how many counts were dropped."""
    whom = [_account(account), _name(login_index(account.username))]
    if account.login_index is not None:
        whom.append(_name(bytes(account.login_index)))
    return SignInLock.objects.filter(whom__in=whom).delete()[0]


def _count(door: Door, address: str, limit: int) -> bool:
    now = timezone.now()
    values: dict[str, Any] = {
        "keys": _keys(door, address), "whom": list(door.whom), "limit": limit,
        "now": now, "begin": now - WINDOW, "soon": now + _CLOCKS_DIFFER,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, values)
        return all(failures <= limit for (failures,) in cursor.fetchall())


def _keys(door: Door, address: str) -> list[bytes]:
    return [_digest(door.step.value, each.hex(), address) for each in door.whom]


def _account(account: Account) -> bytes:
    return _whom("account", str(account.pk))


def _name(index: bytes) -> bytes:
    return _whom("name", index.hex())


def _whom(kind: str, value: str) -> bytes:
    return _digest("whom", kind, value)


def _digest(*parts: str) -> bytes:
    return cipher.digest(masterkey.keys().attempts, json.dumps(parts))
