"""Setting a dated value: the system administrator proposes, the security administrator approves (三员分立); both are told."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.people.permissions import roles_of
from yizheng.people.scopes import city
from yizheng.work import approval, inbox
from yizheng.work.models import Approval


class Refused(Exception):
    """The value cannot be set; the message says why and what to do, ``field`` where (empty: the whole)."""

    def __init__(self, message: str, field: str = "") -> None:
        self.field = field
        super().__init__(message)


def require_system_admin(account: Account) -> None:
    """Raise :class:`Refused` unless the account administers the system."""
    if Role.SYSTEM_ADMIN not in roles_of(account):
        raise Refused("只有系统管理员可以提请，由安全管理员批准")


def propose(kind: str, reference: str, account: Account, payload: dict[str, Any], reason: str) -> Approval:
    """Ask for the value, and put the proposal into the inbox of those who may approve it. Raises ``ApprovalRefused``."""
    made = approval.propose(kind, reference, account, payload, reason)
    inbox.send(
        role=Role.SECURITY_ADMIN,
        scope=city(),
        title=f"待批准：{approval.kind_of(made).describe(made)}",
        body=made.reason,
        link=reverse("rule_settings:proposal", args=[made.pk]),
        kind="approval",
    )
    return made


def declare(
    kind: str, title: str, *, describe: Callable[[Approval], str], carry_out: Callable[[Approval], str]
) -> None:
    """Declare a kind of value; ``carry_out`` sets it and answers with the address where it stands, or raises ``Refused``."""

    def approved(made: Approval) -> None:
        try:
            link = carry_out(made)
        except Refused as refusal:
            raise approval.ApprovalRefused(f"不能批准：{refusal}。请驳回，由提请人重新提出。") from refusal
        inbox.send(to=made.proposer, title=f"已批准：{describe(made)}", link=link, kind="approval")

    approval.ApprovalKind(
        kind,
        title=title,
        may_decide=lambda held, made: held.has(Role.SECURITY_ADMIN),
        carry_out=approved,
        describe=describe,
    )
