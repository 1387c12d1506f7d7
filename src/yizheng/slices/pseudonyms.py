"""化名: what analysts see in place of a subject's id. The key lies apart from data and backups; tracing one back is a recorded act."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from yizheng.kernel.private_files import write_once
from yizheng.people import audit
from yizheng.people.models import Account
from yizheng.people.rights.grants import checked_reason

_LENGTH = 12


@lru_cache(maxsize=4)
def _key(folder: Path) -> bytes:
    made = base64.b64encode(secrets.token_bytes(32)).decode() + "\n"
    return base64.b64decode(write_once(folder / "pseudonyms.key", made))


def pseudonym(subject: int) -> str:
    """The pseudonym of a subject: the same in every slice of this installation."""
    made = hmac.new(_key(Path(settings.SECRETS_DIR)), str(subject).encode(), hashlib.sha256).digest()
    return base64.b32encode(made).decode()[:_LENGTH]


def traced(wanted: str, subjects: Iterable[int], account: Account, reason: str) -> int | None:
    """Whose pseudonym it is, among these subjects; looking is recorded with the reason. Raises Refused without one."""
    checked = checked_reason(reason)
    found = next((subject for subject in subjects if pseudonym(subject) == wanted.strip().upper()), None)
    audit.record(account, "slice.trace", f"subject:{found or 0}", {"reason": checked})
    return found
