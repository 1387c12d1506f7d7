"""Who serves and who watches the service: engineers, their manager, the client's manager."""

from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.people.permissions import roles_of

CONTRACTOR = frozenset({Role.ENGINEER, Role.SERVICE_MANAGER})
"""Those who carry the contract out."""
READERS = CONTRACTOR | {Role.CLIENT_MANAGER}
"""Those who see all of it."""


def sees_all(account: Account) -> bool:
    """Whether the account sees every work order."""
    return not READERS.isdisjoint(roles_of(account))
