"""One-time passwords (一次性密码): how an account gets its first password, or a new one when the old is forgotten.

Issuing takes the former password and its sessions away. What is handed over is shown once and kept as a keyed
digest; with it the person chooses her own and does nothing else. An authenticator that is set up stays, and its code
is asked first, so whoever issues a password cannot sign in with it (GB/T 22239-2019 8.1.4.1).
"""

import secrets
from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from yizheng.people import audit
from yizheng.people.enciphering import cipher, masterkey
from yizheng.people.models import Account, OneTimePassword
from yizheng.people.rights.grants import Refused, checked_reason

Purpose = OneTimePassword.Purpose

LASTS = {Purpose.FIRST: timedelta(days=7), Purpose.RESET: timedelta(hours=24)}
_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


def issue(account: Account, purpose: OneTimePassword.Purpose, actor: Account, reason: str) -> str:
    """A fresh one in place of the password and of a former one; the only time it is readable. Recorded.

    Who may issue is asked by the caller. Raises Refused.
    """
    reason = checked_reason(reason)
    if account.pk == actor.pk:
        raise Refused("不能为自己的账号开具一次性密码")
    text = "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))
    now = timezone.now()
    values = {
        "purpose": purpose,
        "digest": _digest(account, text),
        "issued_by": actor,
        "issued_at": now,
        "expires_at": now + LASTS[purpose],
    }
    with transaction.atomic():
        OneTimePassword.objects.update_or_create(account=account, defaults=values)
        account.set_unusable_password()
        account.save(update_fields=["password"])
        detail = {"purpose": purpose.value, "reason": reason}
        audit.record(actor, "password.issue", f"account:{account.pk}", detail)
    return text


def waiting(account: Account) -> OneTimePassword | None:
    """The one that can still be used."""
    return OneTimePassword.objects.filter(account=account, expires_at__gt=timezone.now()).first()


def mark(account: Account, text: str) -> str:
    """By what a session remembers that this one was typed; empty when it is wrong, used or too old."""
    return opened_by([account], text)[1]


def opened_by(found: Sequence[Account], text: str) -> tuple[Account | None, str]:
    """Which of the accounts the one-time password is of, and its mark; one statement, however many they are."""
    held = OneTimePassword.objects.filter(account__in=found or [-1], expires_at__gt=timezone.now())
    for each in held.select_related("account"):
        typed = _digest(each.account, text)
        if secrets.compare_digest(bytes(each.digest), typed):
            return each.account, typed.hex()
    return None, ""


def use(account: Account, typed: str, password: str) -> bool:
    """Make ``password`` the account's own; False when what ``mark`` gave is used, replaced or too old. Recorded."""
    standing = OneTimePassword.objects.filter(
        account=account, digest=bytes.fromhex(typed), expires_at__gt=timezone.now()
    )
    with transaction.atomic():
        if standing.delete()[0] != 1:
            return False
        account.set_password(password)
        account.save(update_fields=["password"])
        audit.record(account, "password.choose", f"account:{account.pk}")
    return True


def _digest(account: Account, text: str) -> bytes:
    plain = "".join(text.upper().split()).replace("-", "")
    return cipher.digest(masterkey.keys().credentials, f"one-time:{account.pk}:{plain}", 32)
