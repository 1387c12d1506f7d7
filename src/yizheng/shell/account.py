"""What the frame of a page says about who is signed in: the name, and over what in which role.

Grants are read once a request; a page outside the office asks for none.
"""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from yizheng.people.models import Account, Grant

_KEPT = "_shell_standing"


@dataclass(frozen=True, slots=True)
class Standing:
    """Who looks at the page: the shown name, 辖区 · role, and the roles held."""

    name: str = ""
    where: str = ""
    roles: frozenset[str] = frozenset()
    office: bool = False


def standing(request: HttpRequest) -> Standing:
    """The standing of the request's account, worked out once; empty for a visitor."""
    kept: Standing | None = getattr(request, _KEPT, None)
    if kept is None:
        kept = _standing(getattr(request, "user", None))
        setattr(request, _KEPT, kept)
    return kept


def _standing(account: Any) -> Standing:
    if not isinstance(account, Account):
        return Standing()
    if not account.is_office:
        return Standing(account.display_name, roles=frozenset({str(account.kind)}))
    grants = list(Grant.objects.filter(account=account, revoked_at=None).select_related("scope").order_by("id"))
    first = grants[0] if grants else None
    where = f"{first.scope.name} · {first.get_role_display()}" if first else ""
    return Standing(account.display_name, where, frozenset(str(grant.role) for grant in grants), office=True)
