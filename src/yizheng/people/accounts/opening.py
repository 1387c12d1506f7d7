"""Opening accounts for staff and for institutions' operators: the system administrator makes, the security one approves.

A new account can sign in with its one-time password and see nothing until its first role is approved (三员分立).
"""

import re

from django.db import IntegrityError, transaction

from yizheng.people import audit
from yizheng.people.canonical import holds_identifier
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account, Scope
from yizheng.people.permissions import may
from yizheng.people.rights import grants
from yizheng.people.rights.grants import Refused
from yizheng.people.rights.roles import RULES, Power
from yizheng.people.signing_in import onetime

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
