"""Who may open a page: a guard from a question about the account and the words of a refusal."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account
from yizheng.people.permissions import roles_of

P = ParamSpec("P")
Page = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

ADMINS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN})
DESKS = frozenset({Role.ACCEPTOR, Role.REVIEWER, Role.DECIDER})


def only(allows: Callable[[Account], bool], refusal: str, *, elsewhere: str = "") -> Callable[[Page[P]], Page[P]]:
    """A guard of pages; an individual who only reads is led to the page named `elsewhere`, where one is."""

    def decorated(page: Page[P]) -> Page[P]:
        @wraps(page)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not isinstance(request.user, Account):
                return redirect_to_login(request.get_full_path())
            if elsewhere and request.user.kind == AccountKind.INDIVIDUAL and request.method in ("GET", "HEAD"):
                return redirect(elsewhere)
            if not allows(request.user):
                raise PermissionDenied(refusal)
            return page(request, *args, **kwargs)

        return guarded

    return decorated


def for_roles(roles: frozenset[Role]) -> Callable[[Page[P]], Page[P]]:
    """Only accounts with one of the roles open the page; the refusal says who they are."""
    holders = "、".join(role.label for role in Role if role in roles)
    return only(lambda account: not roles.isdisjoint(roles_of(account)), f"这一页由{holders}使用")


def proposes(account: Account) -> bool:
    """Whether the account may propose a change (系统管理员)."""
    return Role.SYSTEM_ADMIN in roles_of(account)
