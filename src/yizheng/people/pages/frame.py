"""Which frame an account's own pages have, and who may open the pages of administration."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache

from yizheng.people.kinds import AccountKind
from yizheng.people.models import Account
from yizheng.people.permissions import may
from yizheng.people.rights.roles import RULES, Power

P = ParamSpec("P")
Page = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def account_of(request: HttpRequest) -> Account:
    """The signed-in account; only behind a decorator that asked for one."""
    if not isinstance(request.user, Account):
        raise PermissionDenied("请先登录")
    return request.user


def frame_of(account: Account) -> str:
    """The base template: the applicant's for a person, the desk's for everyone else."""
    return "shell/applicant.html" if account.kind == AccountKind.INDIVIDUAL else "shell/office.html"


def requires(*powers: Power) -> Callable[[Page[P]], Page[P]]:
    """Only accounts with one of the powers open the page, and no cache keeps it; the refusal says who has them."""

    def decorated(page: Page[P]) -> Page[P]:
        @never_cache
        @wraps(page)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not isinstance(request.user, Account):
                return redirect_to_login(request.get_full_path())
            if not any(may(request.user, power) for power in powers):
                holders = "、".join(role.label for role, rule in RULES.items() if set(rule.powers) & set(powers))
                raise PermissionDenied(f"这一页由{holders}使用；需要使用的，请系统管理员提出授权、安全管理员批准")
            return page(request, *args, **kwargs)

        return guarded

    return decorated
