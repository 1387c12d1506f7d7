"""Choosing whom an institution applies for: its own people, found by name (医师法 第十三条: 集体办理)."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from yizheng.kernel.names import fold_name
from yizheng.licensing import catalogue
from yizheng.licensing.item import Initiator, Item
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case
from yizheng.licensing.verbs.drafting import open_for
from yizheng.people.kinds import Role
from yizheng.people.models import Account, Scope
from yizheng.people.permissions import scopes_of
from yizheng.shell.desk.access import applicants_only, signed_in

MOST_SHOWN = 50


@require_safe
@applicants_only
def people(request: HttpRequest, item_code: str) -> HttpResponse:
    """The people of the institution; a name narrows them down."""
    item, today = _item(item_code), timezone.localdate()
    wanted = request.GET.get("q", "").strip()
    institution = institution_of(signed_in(request))
    found = [each for each in item.staff(institution.pk, today) if fold_name(wanted) in fold_name(each.name)]
    context = {
        "item": item,
        "people": found[:MOST_SHOWN],
        "wanted": wanted,
        "institution": institution.name,
        "more": max(0, len(found) - MOST_SHOWN),
    }
    return render(request, "my/people.html", context)


def open_for_chosen(account: Account, item_code: str, chosen: str) -> Case:
    """Open a draft for one of the institution's people. Raises NotPossibleError for anybody else."""
    institution, today = institution_of(account), timezone.localdate()
    item = catalogue.item(item_code, today)
    if item.about_itself:
        return open_for(account, item_code, institution.subject_id or 0, institution.name, institution.pk, on=today)
    staff = item.staff(institution.pk, today)
    person = next((each for each in staff if str(each.subject_id) == chosen), None)
    if person is None:
        raise NotPossibleError("请从名单中选择人员；不在名单上的人须本人申请")
    return open_for(account, item_code, person.subject_id, person.name, institution.pk, on=today)


def _item(item_code: str) -> Item:
    try:
        item = catalogue.item(item_code, timezone.localdate())
    except catalogue.UnknownItemError as unknown:
        raise Http404("没有这个事项") from unknown
    if Initiator.INSTITUTION not in item.initiators:
        raise Http404("这个事项须由本人申请")
    return item


def institution_of(account: Account) -> Scope:
    """The institution the account operates. Raises PermissionDenied where it operates none."""
    held = scopes_of(account, Role.INSTITUTION_OPERATOR)
    if not held:
        raise PermissionDenied("当前账号没有机构经办授权，请由系统管理员提出、安全管理员批准")
    return held[0]
