"""Plain questions about roles: may this account act so over that scope?"""

from __future__ import annotations

from yizheng.people.kinds import Role, ScopeKind
from yizheng.people.models import Account, Grant, Scope
from yizheng.people.reach import Actor
from yizheng.people.roles import RULES, Power


def allowed(actor: Actor, role: Role | str, scope: Scope | int) -> bool:
    """Whether the account holds ``role`` over ``scope`` now.

    Roles that decide hold exactly where they were given: a city clerk does not decide a district's case.
    Roles that watch reach from the city down to its districts.
    """
    if not isinstance(actor, Account) or not actor.is_active:
        return False
    role = Role(role)
    scope_id = scope.pk if isinstance(scope, Scope) else scope
    held = Grant.objects.filter(account=actor, role=role, revoked_at=None)
    if held.filter(scope_id=scope_id).exists():
        return True
    return (
        RULES[role].reaches_down
        and held.filter(scope__kind=ScopeKind.CITY).exists()
        and Scope.objects.filter(pk=scope_id, kind=ScopeKind.DISTRICT).exists()
    )


def roles_of(actor: Actor) -> frozenset[Role]:
    """The roles the account holds anywhere; one query."""
    if not isinstance(actor, Account) or not actor.is_active:
        return frozenset()
    held = Grant.objects.filter(account=actor, revoked_at=None).values_list("role", flat=True).distinct()
    return frozenset(Role(role) for role in held)


def scopes_of(actor: Actor, role: Role | str) -> list[Scope]:
    """The scopes over which the account was given ``role``, in order of code."""
    if not isinstance(actor, Account) or not actor.is_active:
        return []
    held = Scope.objects.filter(grants__account=actor, grants__role=role, grants__revoked_at=None)
    return list(held.order_by("code"))


def may(actor: Actor, power: Power) -> bool:
    """Whether one of the account's roles has ``power`` (see ``roles.RULES``)."""
    return any(power in RULES[role].powers for role in roles_of(actor))
