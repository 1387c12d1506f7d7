"""Who may open the pages of dated data."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.people.permissions import roles_of

P = ParamSpec("P")
Page = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

ADMINS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN})
DESKS = frozenset({Role.ACCEPTOR, Role.REVIEWER, Role.DECIDER})


def for_roles(roles: frozenset[Role]) -> Callable[[Page[P]], Page[P]]:
    """Only accounts with one of the roles open the page; the refusal says who they are."""

    def decorated(page: Page[P]) -> Page[P]:
        @wraps(page)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not isinstance(request.user, Account):
                return redirect_to_login(request.get_full_path())
            if roles.isdisjoint(roles_of(request.user)):
                holders = "、".join(role.label for role in Role if role in roles)
                raise PermissionDenied(f"这一页由{holders}使用")
            return page(request, *args, **kwargs)

        return guarded

    return decorated


def proposes(account: Account) -> bool:
    """Whether the account may propose a change (系统管理员)."""
    return Role.SYSTEM_ADMIN in roles_of(account)
