"""Why a dated value cannot be set as asked, and at which field of the form; and who is told of a proposal."""

from django.urls import reverse

from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.people.permissions import Held, roles_of
from yizheng.people.scopes import city
from yizheng.work import inbox
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


def decided_by_security_admin(held: Held, approval: Approval) -> bool:
    """Whether the account may be the second person: the security administrator (三员分立)."""
    return held.has(Role.SECURITY_ADMIN)


def tell_security_admins(approval: Approval, title: str) -> None:
    """Put the proposal into the inbox of those who may approve it."""
    inbox.send(
        role=Role.SECURITY_ADMIN,
        scope=city(),
        title=f"待批准：{title}",
        body=approval.reason,
        link=reverse("rule_settings:proposal", args=[approval.pk]),
        kind="approval",
    )


def tell_proposer(approval: Approval, title: str, link: str) -> None:
    """Tell who proposed that it now holds."""
    inbox.send(to=approval.proposer, title=f"已批准：{title}", link=link, kind="approval")
