"""初筛例外: the phrases that two persons found to be no violation; a reviewer proposes one or its end."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from yizheng.people.kinds import AccountKind
from yizheng.people.models import Account
from yizheng.people.permissions import held_by
from yizheng.people.tables import Asked, Column, State, Table, Text
from yizheng.shell.access import only
from yizheng.shell.desk.access import signed_in
from yizheng.systems.adverts.models import ScreeningException
from yizheng.systems.adverts.review import exceptions
from yizheng.systems.adverts.screening.vocabulary import ban
from yizheng.work.approval import ApprovalRefused

clerks_only = only(lambda account: account.kind == AccountKind.CLERK, "初筛例外由审查机关的工作人员查看和提请")


def _exceptions(asked: Asked) -> QuerySet[ScreeningException]:
    rows = ScreeningException.objects.all()
    return rows.filter(phrase__contains=asked["q"]) if asked["q"] else rows


def _described(rows: list[ScreeningException], asked: Asked) -> Iterable[dict[str, Any]]:
    for each in rows:
        stands = each.valid_to >= asked.today
        yield {
            "phrase": each.phrase,
            "rule": f"{each.rule} {ban(each.rule).title}",
            "reason": each.reason,
            "days": f"{each.valid_from:%Y-%m-%d} 起" if each.valid_to == date.max else f"至 {each.valid_to:%Y-%m-%d}",
            "persons": f"{each.proposed_by.display_name}、{each.approved_by.display_name}",
            "state": "有效" if stands else "已终止",
        }


EXCEPTIONS = Table(
    "advert_exceptions",
    "广告初筛例外",
    _exceptions,
    (
        Column("词句", "phrase", 30, css="name"),
        Column("不再命中的规则", "rule", 30),
        State("状态", "state", 10),
        Column("期间", "days", 18),
        Column("理由", "reason", 40),
        Column("提请人、批准人", "persons", 20),
    ),
    guard=clerks_only,
    template="adverts/exceptions.html",
    more=lambda asked: {
        "may_propose": exceptions.may_propose(held_by(asked.account)),
        "standing": ScreeningException.objects.filter(valid_to=date.max),
        "waiting": exceptions.waiting(),
    },
    filters=(Text("词句"),),
    order=("-valid_from", "-id"),
    described=_described,
    says="审查人员认为初筛误判的词句，经决定人员批准后，在这个词句中不再按该规则命中",
    tally="条",
    empty="还没有初筛例外。",
    unfound=lambda asked: f"没有含“{asked['q']}”的例外。",
)


@require_POST
@clerks_only
def propose(request: HttpRequest) -> HttpResponseBase:
    """Ask for an exception; the answer stands on the page one came from."""
    account = _reviewer(request)
    sent = {name: request.POST.get(name, "").strip() for name in ("rule", "phrase", "reason")}
    try:
        exceptions.propose(account, sent["rule"].upper(), sent["phrase"], sent["reason"])
        messages.success(request, f"已提请把“{sent['phrase']}”列入初筛例外，待决定人员批准")
    except (exceptions.Unfit, ApprovalRefused) as refused:
        messages.error(request, str(refused))
    return _back(request)


@require_POST
@clerks_only
def end(request: HttpRequest) -> HttpResponseBase:
    """Ask for the end of an exception."""
    account, chosen = _reviewer(request), request.POST.get("exception", "")
    standing = ScreeningException.objects.filter(valid_to=date.max)
    found = standing.filter(pk=int(chosen)).first() if chosen.isdecimal() and len(chosen) < 10 else None
    try:
        if found is None:
            raise exceptions.Unfit("这条例外已经停用")
        exceptions.propose_end(account, found, request.POST.get("reason", ""))
        messages.success(request, "已提请停用，待决定人员批准")
    except (exceptions.Unfit, ApprovalRefused) as refused:
        messages.error(request, str(refused))
    return redirect("adverts:exceptions")


def _reviewer(request: HttpRequest) -> Account:
    account = signed_in(request)
    if not exceptions.may_propose(held_by(account)):
        raise PermissionDenied("初筛例外由广告审查机关的审核人员提请")
    return account


def _back(request: HttpRequest) -> HttpResponseBase:
    page = request.POST.get("next", "")
    return redirect(page if url_has_allowed_host_and_scheme(page, allowed_hosts=None) else "adverts:exceptions")
