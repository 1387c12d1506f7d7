"""Who may open the pages of the desk and of the applicant."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from yizheng.licensing.lifecycle import Actor
from yizheng.licensing.models import Case
from yizheng.licensing.verbs import permits
from yizheng.people.kinds import AccountKind
from yizheng.people.models import Account
from yizheng.shell.access import only

DESKS = frozenset({AccountKind.CLERK, AccountKind.INSTITUTION, AccountKind.INSPECTOR})
APPLICANTS = frozenset({AccountKind.INDIVIDUAL, AccountKind.INSTITUTION})
AUTHORITY = frozenset({AccountKind.CLERK, AccountKind.INSPECTOR})
"""Accounts of an authority: they see changes, reasons and who acted."""


def signed_in(request: HttpRequest) -> Account:
    """The account of the request; only for pages behind a decorator of this module."""
    if not isinstance(request.user, Account):
        raise PermissionDenied("请先登录")
    return request.user


office_only = only(
    lambda account: account.kind in DESKS,
    "当前账号没有办件权限；需要办件的，请系统管理员提出授权、安全管理员批准",
    elsewhere="my:cases",
)
"""For clerks, inspectors and the operators of institutions; an individual is led to her own pages."""

staff_only = only(lambda account: account.kind != AccountKind.INDIVIDUAL, "这一页由工作人员使用", elsewhere="my:cases")
"""For everybody who works for an authority or an institution; an individual is led to her own pages."""

individual_only = only(
    lambda account: account.kind == AccountKind.INDIVIDUAL, "这是个人办事页面，请用本人的个人账号登录"
)
"""For a person's own account."""

applicants_only = only(
    lambda account: account.kind in APPLICANTS, "这是申请人的办事页面，请用本人的个人账号或者机构经办人的账号登录"
)
"""For a person's own account and for the operators of institutions, who apply for their people."""


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
