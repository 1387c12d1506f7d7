"""What administrators do to an account: stop it, let it go on, release its lock, give it a new password or authenticator."""

from django.db import transaction

from yizheng.people import audit
from yizheng.people.kinds import AccountKind
from yizheng.people.models import Account
from yizheng.people.permissions import may
from yizheng.people.rights.grants import Refused, checked_reason
from yizheng.people.rights.roles import Power
from yizheng.people.signing_in import lockout, onetime, passkeys, totp


def suspend(account: Account, actor: Account, reason: str) -> None:
    """Stop the account: it cannot sign in and its sessions end with their next request. Raises Refused."""
    _switch(account, actor, reason, active=False)


def resume(account: Account, actor: Account, reason: str) -> None:
    """Let a stopped account sign in again. Raises Refused."""
    _switch(account, actor, reason, active=True)


def release_lock(account: Account, actor: Account, reason: str) -> None:
    """Let a locked account try every step again before the time is over. Raises Refused."""
    _check(account, actor, Power.RELEASE_LOCK, reason)
    lockout.release(account)
    audit.record(actor, "account.release_lock", f"account:{account.pk}", {"reason": reason})


def reset_second_factor(account: Account, actor: Account, reason: str) -> None:
    """The devices are lost: passkeys end, the next sign-in sets up a new authenticator. Raises Refused."""
    _check(account, actor, Power.RESET_SECOND_FACTOR, reason)
    with transaction.atomic():
        passkeys.revoke_all(account, actor, reason)
        totp.remove(account, actor, reason)


def reset_password(account: Account, actor: Account, reason: str) -> str:
    """A one-time password, for a day, in place of the forgotten one. Raises Refused.

    An individual gets hers at the counter, where her document is seen.
    """
    _check(account, actor, Power.ISSUE_PASSWORD, reason)
    if account.kind == AccountKind.INDIVIDUAL:
        raise Refused("个人的密码由办理窗口核对证件后重置")
    return onetime.issue(account, onetime.Purpose.RESET, actor, reason)


def _switch(account: Account, actor: Account, reason: str, *, active: bool) -> None:
    _check(account, actor, Power.SUSPEND_ACCOUNT, reason)
    with transaction.atomic():
        if Account.objects.filter(pk=account.pk, is_active=not active).update(is_active=active) != 1:
            raise Refused("账号已经是这个状态")
        verb = "account.resume" if active else "account.suspend"
        audit.record(actor, verb, f"account:{account.pk}", {"reason": reason})


def _check(account: Account, actor: Account, power: Power, reason: str) -> None:
    if not may(actor, power):
        raise Refused(f"您没有“{power.value}”的权限")
    if account.pk == actor.pk:
        raise Refused("不能对自己的账号这样做")
    checked_reason(reason)
