"""Who may open the pages of the desk and of the applicant."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from yizheng.licensing.lifecycle import Actor
from yizheng.licensing.models import Case
from yizheng.licensing.verbs import permits
from yizheng.people.kinds import AccountKind
from yizheng.people.models import Account

P = ParamSpec("P")
Page = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

DESKS = frozenset({AccountKind.CLERK, AccountKind.INSTITUTION, AccountKind.INSPECTOR})
AUTHORITY = frozenset({AccountKind.CLERK, AccountKind.INSPECTOR})
"""Accounts of an authority: they see changes, reasons and who acted."""


def signed_in(request: HttpRequest) -> Account:
    """The account of the request; only for pages behind a decorator of this module."""
    if not isinstance(request.user, Account):
        raise PermissionDenied("请先登录")
    return request.user


def office_only(page: Page[P]) -> Page[P]:
    """For clerks, inspectors and the operators of institutions; an individual is led to her own pages."""

    @wraps(page)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not isinstance(request.user, Account):
            return redirect_to_login(request.get_full_path())
        if request.user.kind == AccountKind.INDIVIDUAL and request.method == "GET":
            return redirect("my:cases")
        if request.user.kind not in DESKS:
            raise PermissionDenied("当前账号没有办件权限；需要办件的，请系统管理员提出授权、安全管理员批准")
        return page(request, *args, **kwargs)

    return guarded


def staff_only(page: Page[P]) -> Page[P]:
    """For everybody who works for an authority or an institution; an individual is led to her own pages."""

    @wraps(page)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not isinstance(request.user, Account):
            return redirect_to_login(request.get_full_path())
        if request.user.kind == AccountKind.INDIVIDUAL:
            return redirect("my:cases")
        return page(request, *args, **kwargs)

    return guarded


def individual_only(page: Page[P]) -> Page[P]:
    """For a person's own account."""

    @wraps(page)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not isinstance(request.user, Account):
            return redirect_to_login(request.get_full_path())
        if request.user.kind != AccountKind.INDIVIDUAL:
            raise PermissionDenied("这是个人办事页面，请用本人的个人账号登录")
        return page(request, *args, **kwargs)

    return guarded


APPLICANTS = frozenset({AccountKind.INDIVIDUAL, AccountKind.INSTITUTION})


def applicants_only(page: Page[P]) -> Page[P]:
    """For a person's own account and for the operators of institutions, who apply for their people."""

    @wraps(page)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not isinstance(request.user, Account):
            return redirect_to_login(request.get_full_path())
        if request.user.kind not in APPLICANTS:
            raise PermissionDenied("这是申请人的办事页面，请用本人的个人账号或者机构经办人的账号登录")
        return page(request, *args, **kwargs)

    return guarded


def own_case(account: Account, number: str, *, to_edit: bool = False) -> Case:
    """A case on the applicant's side: for whoever applied, and, unless it is to be edited, for the person it is about."""
    case = case_for(account, number)
    concerned = account.subject_id is not None and account.subject_id == case.subject_id
    if Actor.APPLICANT in permits.parts(account, case) or (concerned and not to_edit):
        return case
    raise Http404("没有这件办件，或者不是您申请的")


def case_for(account: Account, number: str) -> Case:
    """The case of this number if the account may see it; a stranger and a missing number get the same answer."""
    case = Case.objects.visible_to(account).select_related("handler", "applicant").filter(number=number).first()
    if case is None:
        raise Http404("没有这件办件，或者不在您的辖区")
    return case
