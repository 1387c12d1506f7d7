"""变更订阅: an institution has changes among its staff told to an address of its own; a second person agrees before it begins."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yizheng.exchange.channels import figures
from yizheng.exchange.channels.declaring import channel_of
from yizheng.exchange.channels.outbox import hurry
from yizheng.exchange.channels.sending_again import replay
from yizheng.exchange.keys import own_keys
from yizheng.exchange.models import Subscription
from yizheng.exchange.partners import fingerprint
from yizheng.exchange.sending import NotPossible
from yizheng.exchange.subscribers import subscribing
from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.shell.access import for_roles
from yizheng.shell.desk.access import signed_in
from yizheng.work.approval import ApprovalRefused

OPERATORS = frozenset({Role.INSTITUTION_OPERATOR})


@never_cache
@for_roles(OPERATORS)
@require_http_methods(["GET", "HEAD", "POST"])
def subscriptions(request: HttpRequest) -> HttpResponseBase:
    """The addresses of the institution and how each stands; a POST asks for one."""
    if request.method != "POST":
        return _page(request)
    typed = {name: request.POST.get(name, "").strip() for name in ("address", "reason")}
    try:
        subscribing.ask(signed_in(request), **typed)
    except (NotPossible, ApprovalRefused) as refused:
        return _page(request, str(refused), typed)
    messages.success(request, "已提请，安全管理员批准后开通，并先推送本机构全部在册人员")
    return redirect("exchange:subscriptions")


@for_roles(OPERATORS)
@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Test an address, have everything told once more, or end it."""
    account = signed_in(request)
    chosen = get_object_or_404(Subscription, pk=pk, institution_id=account.subject_id, ended=None)
    try:
        subscribing.organisation(account)
        messages.success(request, _done(request.POST.get("act", ""), chosen, account))
    except NotPossible as refused:
        return _page(request, str(refused))
    return redirect("exchange:subscriptions")


def _done(asked: str, chosen: Subscription, account: Account) -> str:
    if asked == "test":
        return f"{chosen.address}：{subscribing.test(chosen, account)}"
    if asked == "again":
        channel = channel_of(chosen.channel)
        told = replay(channel, chosen.since, timezone.now(), account)
        hurry(channel.code)
        return f"{told} 条将再次推送；按主键和版本识别，不要重复处理"
    if asked == "end":
        subscribing.end(chosen, account)
        return f"{chosen.address} 已停用"
    raise NotPossible("没有这个操作")


@require_safe
def key(request: HttpRequest) -> HttpResponse:
    """The public key that signatures of this platform's calls are checked with."""
    return HttpResponse(own_keys().public[0], content_type="application/x-pem-file")


def _page(request: HttpRequest, problem: str = "", typed: dict[str, str] | None = None) -> HttpResponse:
    account = signed_in(request)
    own = Subscription.objects.filter(institution_id=account.subject_id, ended=None)
    rows: list[dict[str, Any]] = [
        {"subscription": each, "stands": figures.figures([channel_of(each.channel)])[0]} for each in own
    ]
    context = {
        "problem": problem, "typed": typed or {}, "rows": rows, "asked": subscribing.asked(account.subject_id or 0),
        "fingerprint": fingerprint(own_keys().public[0]), "most": subscribing.MOST,
    }  # fmt: skip
    return render(request, "exchange/subscriptions.html", context, status=422 if problem else 200)
