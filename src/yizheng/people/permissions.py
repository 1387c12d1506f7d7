"""Plain questions about roles: may this account act so over that scope?"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from yizheng.people.kinds import Role, ScopeKind
from yizheng.people.models import Account, Grant, Scope
from yizheng.people.rights.reach import Actor
from yizheng.people.rights.roles import RULES, Power


def _grants(actor: Actor) -> QuerySet[Grant]:
    """What the account was given and holds; nothing for nobody and for a stopped one."""
    if not isinstance(actor, Account) or not actor.is_active:
        return Grant.objects.none()
    return Grant.objects.filter(account=actor, revoked_at=None)


def allowed(actor: Actor, role: Role | str, scope: Scope | int) -> bool:
    """Whether the account holds ``role`` over ``scope`` now.

    Roles that decide hold exactly where they were given: a city clerk does not decide a district's case.
    Roles that watch reach from the city down to its districts.
    """
    scope_id = scope.pk if isinstance(scope, Scope) else scope
    held = _grants(actor).filter(role=role)
    if held.filter(scope_id=scope_id).exists():
        return True
    return (
        RULES[Role(role)].reaches_down
        and held.filter(scope__kind=ScopeKind.CITY).exists()
        and Scope.objects.filter(pk=scope_id, kind=ScopeKind.DISTRICT).exists()
    )


@dataclass(frozen=True, slots=True)
class Held:
    """The roles an account holds and where each was given, read once for a page that asks about many rows."""

    account: Account
    grants: frozenset[tuple[Role, int]]

    def has(self, role: Role) -> bool:
        """Whether the role is held anywhere."""
        return any(role == held for held, _ in self.grants)

    def has_over(self, role: Role, scopes: Iterable[int]) -> bool:
        """Whether the role was given over every one of these scopes, of which there is at least one."""
        wanted = set(scopes)
        return bool(wanted) and wanted <= {scope for held, scope in self.grants if held == role}


def held_by(account: Account) -> Held:
    """What the account holds now; nothing while it is stopped. One query."""
    held = _grants(account).values_list("role", "scope_id")
    return Held(account, frozenset((Role(role), scope) for role, scope in held))


def roles_of(actor: Actor) -> frozenset[Role]:
    """The roles the account holds anywhere; one query."""
    return frozenset(Role(role) for role in _grants(actor).values_list("role", flat=True).distinct())


def scopes_of(actor: Actor, role: Role | str) -> list[Scope]:
    """The scopes over which the account was given ``role``, in order of code."""
    held = _grants(actor).filter(role=role).select_related("scope")
    return [grant.scope for grant in held.order_by("scope__code")]


def may(actor: Actor, power: Power) -> bool:
    """Whether one of the account's roles has ``power`` (see ``roles.RULES``)."""
    return any(power in RULES[role].powers for role in roles_of(actor))
