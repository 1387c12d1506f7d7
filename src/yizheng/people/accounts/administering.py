"""What administrators do to accounts: open them, stop them, let them go on, release their lock, renew what signs in.

A new account can sign in with its one-time password and see nothing until its first role, which the system administrator asks
for, is approved by the security administrator (三员分立).
"""

import re

from django.db import IntegrityError, transaction

from yizheng.people import audit
from yizheng.people.canonical import holds_identifier
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account, Scope
from yizheng.people.permissions import may
from yizheng.people.rights import grants
from yizheng.people.rights.grants import Refused, checked_reason
from yizheng.people.rights.roles import RULES, Power
from yizheng.people.signing_in import lockout, onetime, passkeys, totp

#: Individuals register themselves; administrators are made with the installation.
OPENED = (AccountKind.CLERK, AccountKind.INSPECTOR, AccountKind.ANALYST, AccountKind.ENGINEER, AccountKind.INSTITUTION)
_USERNAME = re.compile(r"[a-z][a-z0-9._-]{2,31}")


def fitting_roles(kind: AccountKind | str) -> list[Role]:
    """The roles an account of this kind may hold."""
    return [role for role in Role if RULES[role].kind == kind]


def open_account(
    actor: Account, *, kind: AccountKind, username: str, display_name: str, role: Role, scope: Scope, reason: str
) -> tuple[Account, str]:
    """Make the account, ask for its first role, and give out its one-time password. Raises Refused."""
    if not may(actor, Power.OPEN_ACCOUNT):
        raise Refused("只有系统管理员可以开通账号")
    if kind not in OPENED:
        raise Refused("个人自行实名注册；管理员账号随系统安装设立")
    if (problem := problem_of_username(username)) is not None:
        raise Refused(problem)
    subject_id = scope.subject_id if kind == AccountKind.INSTITUTION else None
    with transaction.atomic():
        try:
            with transaction.atomic():
                account = Account.objects.create_account(username, kind, display_name, subject_id=subject_id)
        except IntegrityError:
            raise Refused(f"用户名“{username}”已被使用") from None
        audit.record(actor, "account.open", f"account:{account.pk}", {"kind": kind})
        grants.propose(account, role, scope, actor, reason)
        return account, onetime.issue(account, onetime.Purpose.FIRST, actor, reason)


def problem_of_username(text: str) -> str | None:
    """What is wrong with a user name; None when nothing is."""
    if not _USERNAME.fullmatch(text):
        return "用户名以小写字母开头，只用小写字母、数字和 . _ -，3 至 32 个字符"
    return "用户名不能是证件号码或手机号码" if holds_identifier(text) else None


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
