"""The second factor: time-based one-time codes (RFC 6238: 6 digits, 30 s), and recovery codes on paper.

A code works once: using it moves ``last_step`` by compare-and-set, so the same or an older code is refused even
when it arrives twice at once. Secrets lie enciphered under the master key.
"""

import base64
import secrets
import time

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from yizheng.kernel.qr_codes import drawn
from yizheng.people import audit
from yizheng.people.enciphering import cipher, masterkey
from yizheng.people.models import Account, RecoveryCode, TotpDevice

STEP = 30
CODES = 10
_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
_ISSUER = "医政"
_QUIET = 4
"""Modules that stay light around a code."""


def new_secret() -> str:
    """A fresh 160-bit secret as authenticator programs take it (base32)."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def enrolled(account: Account) -> bool:
    """Whether the account has an authenticator."""
    return TotpDevice.objects.filter(account=account).exists()


def enrol(account: Account, secret: str) -> list[str]:
    """Give the account this authenticator in place of a former one; fresh recovery codes, shown once. Recorded."""
    kept = cipher.encipher(masterkey.keys().credentials, secret.encode(), _place(account))
    with transaction.atomic():
        TotpDevice.objects.update_or_create(
            account=account, defaults={"sealed_secret": kept, "last_step": 0, "enrolled_at": timezone.now()}
        )
        audit.record(account, "totp.enrol", f"account:{account.pk}")
        return new_recovery_codes(account)


def sealed(account: Account, secret: str) -> str:
    """A secret that is only offered yet, in a form that may lie in a session."""
    kept = cipher.encipher(masterkey.keys().credentials, secret.encode(), f"offered:{account.pk}")
    return base64.b64encode(kept).decode()


def opened(account: Account, kept: str) -> str:
    """What ``sealed`` was given."""
    return cipher.decipher(masterkey.keys().credentials, base64.b64decode(kept), f"offered:{account.pk}").decode()


def remove(account: Account, actor: Account, reason: str) -> None:
    """Take the authenticator away, so that the next sign-in enrols a new one. Recorded."""
    with transaction.atomic():
        TotpDevice.objects.filter(account=account).delete()
        RecoveryCode.objects.filter(account=account).delete()
        audit.record(actor, "totp.remove", f"account:{account.pk}", {"reason": reason})


def verify(account: Account, code: str) -> bool:
    """Use up a code of now, the step before or the one after. False for a wrong or used one.

    A newest step further ahead than any code could be comes from a clock that was wrong, and holds nobody up.
    """
    text = "".join(code.split())
    device = TotpDevice.objects.filter(account=account).first()
    if device is None:
        return False
    step = matching_step(_secret(device), text)
    if step is None:
        return False
    unused = Q(last_step__lt=step) | Q(last_step__gt=_step_now() + 1)
    return TotpDevice.objects.filter(unused, account=account).update(last_step=step) == 1


def matching_step(secret: str, code: str) -> int | None:
    """The time step whose code this is, among now and its two neighbours."""
    if len(code) != 6 or not code.isdecimal() or not code.isascii():
        return None
    now = _step_now()
    return next((step for step in (now, now - 1, now + 1) if secrets.compare_digest(_code(secret, step), code)), None)


def code_now(account: Account) -> str:
    """The code of this moment, for demonstration accounts and tests. Raises TotpDevice.DoesNotExist."""
    return _code(_secret(TotpDevice.objects.get(account=account)), _step_now())


def new_recovery_codes(account: Account) -> list[str]:
    """Ten fresh codes in place of the former; only here are they readable."""
    codes = ["-".join("".join(secrets.choice(_ALPHABET) for _ in range(5)) for _ in range(2)) for _ in range(CODES)]
    RecoveryCode.objects.filter(account=account).delete()
    RecoveryCode.objects.bulk_create(RecoveryCode(account=account, digest=_digest(account, code)) for code in codes)
    return codes


def use_recovery_code(account: Account, code: str) -> bool:
    """Use up a recovery code; one of two tries at once wins. Recorded."""
    unused = RecoveryCode.objects.filter(account=account, digest=_digest(account, code), used_at=None)
    if unused.update(used_at=timezone.now()) != 1:
        return False
    audit.record(account, "totp.recovery_code", f"account:{account.pk}")
    return True


def recovery_codes_left(account: Account) -> int:
    """How many recovery codes still work."""
    return RecoveryCode.objects.filter(account=account, used_at=None).count()


def address(account: Account, secret: str) -> str:
    """The otpauth address an authenticator program reads from the picture."""
    return _totp(secret).get_provisioning_uri(account.username, _ISSUER)


def picture(account: Account, secret: str) -> str:
    """The address as an SVG element with a title for those who cannot see it."""
    code = drawn(address(account, secret))
    edge = code.side + 2 * _QUIET
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{-_QUIET} {-_QUIET} {edge} {edge}" class="totp-picture">'
        f'<title>动态口令二维码</title><path stroke="#000" d="{code.path}"/></svg>'
    )


def _step_now() -> int:
    return int(time.time()) // STEP


def _totp(secret: str) -> TOTP:
    return TOTP(base64.b32decode(secret), 6, SHA1(), STEP)  # noqa: S303 - RFC 6238 codes are HMAC-SHA1 everywhere


def _code(secret: str, step: int) -> str:
    return _totp(secret).generate(step * STEP).decode()


def _secret(device: TotpDevice) -> str:
    sealed = bytes(device.sealed_secret)
    return cipher.decipher(masterkey.keys().credentials, sealed, _place(device.account_id)).decode()


def _place(account: Account | int) -> str:
    return f"totp:{account if isinstance(account, int) else account.pk}"


def _digest(account: Account, code: str) -> bytes:
    text = "".join(code.upper().split()).replace("-", "")
    return cipher.digest(masterkey.keys().credentials, f"recovery:{account.pk}:{text}", 32)
