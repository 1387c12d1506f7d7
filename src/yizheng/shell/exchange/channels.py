"""接口通道: how every channel stands, and of one why it lags, what was refused, how its codes map, and whether both sides agree."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from yizheng.exchange.channels import circuit, figures
from yizheng.exchange.channels.contract import contract_test
from yizheng.exchange.channels.declaring import Channel, UnknownChannel, channel_of, channels
from yizheng.exchange.channels.figures import Figures
from yizheng.exchange.channels.mapping import mapping
from yizheng.exchange.channels.outbox import hurry
from yizheng.exchange.channels.protocol import TransportFault
from yizheng.exchange.channels.reconciling import mend, reconcile
from yizheng.exchange.channels.running import NotConnected, other_side
from yizheng.exchange.channels.sending_again import NothingToDo, give_up, replay, send_again, tell_anew
from yizheng.exchange.models import Attempt, Message, Reconciliation
from yizheng.kernel.chinese_dates import parse_date
from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.people.permissions import held_by
from yizheng.people.tables import Column, Number, State, Table
from yizheng.shell.access import DESKS, for_roles
from yizheng.shell.desk.access import signed_in

ENGINEERS = frozenset({Role.ENGINEER})
READERS = DESKS | ENGINEERS | {Role.SYSTEM_ADMIN}
MENDERS = DESKS | ENGINEERS
MOST = 100
"""Refused messages shown at once, and differences of a reconciliation."""


def _address(row: Figures) -> str:
    return reverse("exchange:channel", args=[row.channel.code])


CHANNELS = Table(
    "exchange_channels",
    "接口通道",
    lambda asked: figures.figures(channels()),
    (
        Column("通道", "channel.title", 24, css="name", link=_address),
        State("状态", "word", 10),
        Column("原因", "why", 44),
        Number("待发送", "waiting", 10),
        Number("待回执", "unheard", 10),
        Number("今日产生", "today", 10),
        Number("今日对方已收", "acked_today", 12),
        Number("待更正", "to_mend", 10),
    ),
    guard=for_roles(READERS),
    says="与外部系统的报文：在作出决定的同一事务里入发件箱，按主键依次发送，对方收到为止",
    tally="条",
    empty="还没有登记通道。",
)
"""How every channel stands."""


@never_cache
@for_roles(READERS)
@require_safe
def channel(request: HttpRequest, code: str) -> HttpResponse:
    """One channel."""
    return _page(request, _found(code))


@for_roles(ENGINEERS)
@require_POST
def act(request: HttpRequest, code: str) -> HttpResponseBase:
    """What an engineer does to a channel as a whole."""
    found = _found(code)
    verb = _ACTS.get(request.POST.get("act", ""))
    if verb is None:
        return _page(request, found, "没有这个操作")
    try:
        return verb(request, found)
    except (NotConnected, NothingToDo) as refused:
        return _page(request, found, str(refused))
    except TransportFault as fault:
        return _page(request, found, f"对方没有正常答复：{fault}")


@for_roles(MENDERS)
@require_POST
def message(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """What becomes of a refused message."""
    found, account = _found(code), signed_in(request)
    chosen = _to_mend(account, found).filter(pk=pk).first()
    if chosen is None:
        return _page(request, found, "这条报文已经不在待处理之列，或者不属于本机关")
    try:
        told = _mended(request, found, chosen, account)
    except NothingToDo as refused:
        return _page(request, found, str(refused))
    hurry(found.code)
    messages.success(request, told)
    return redirect("exchange:channel", found.code)


@for_roles(MENDERS)
@require_POST
def given_up(request: HttpRequest, code: str) -> HttpResponseBase:
    """A refused message that is chosen from the list is sent no more."""
    pk = request.POST.get("message", "")
    return message(request, code, int(pk) if pk.isdecimal() and len(pk) < 18 else 0)


def _mended(request: HttpRequest, found: Channel, chosen: Message, account: Account) -> str:
    asked = request.POST.get("act", "")
    if asked == "anew":
        tell_anew(found, chosen, account)
        return f"已按登记重新上报 {chosen.key}"
    if asked == "give_up":
        give_up(chosen, account, request.POST.get("reason", ""))
        return f"{chosen.key} 不再发送"
    send_again(chosen, account)
    return f"已重发 {chosen.key}"


def _send_now(request: HttpRequest, found: Channel) -> HttpResponseBase:
    circuit.close(found.code)
    hurry(found.code)
    messages.success(request, "已通知后台立即发送")
    return redirect("exchange:channel", found.code)


def _reconcile(request: HttpRequest, found: Channel) -> HttpResponseBase:
    with other_side(found) as other:
        made = reconcile(found, other)
    said = "两侧一致" if made.agrees else f"两侧不一致，差异 {made.differences.count()} 条"
    messages.success(request, f"对账完成：我方 {made.ours} 条，对方 {made.theirs} 条，{said}")
    return redirect("exchange:channel", found.code)


def _mend(request: HttpRequest, found: Channel) -> HttpResponseBase:
    last = Reconciliation.objects.filter(channel=found.code).first()
    told = mend(last) if last else 0
    hurry(found.code)
    messages.success(request, f"已重发 {told} 条")
    return redirect("exchange:channel", found.code)


def _contract(request: HttpRequest, found: Channel) -> HttpResponseBase:
    with other_side(found) as other:
        told = contract_test(found, other)
    return _page(request, found, status=200, contract=told)


def _replay(request: HttpRequest, found: Channel) -> HttpResponseBase:
    since, until = parse_date(request.POST.get("since", "")), parse_date(request.POST.get("until", ""))
    if since is None or until is None or until < since:
        raise NothingToDo("请填写起止日期，结束日期不早于开始日期")
    zone = timezone.get_current_timezone()
    first, behind = (datetime.combine(day, time.min, zone) for day in (since, until + timedelta(days=1)))
    told = replay(found, first, behind, signed_in(request))
    hurry(found.code)
    messages.success(request, f"{told} 条将再次发送；对方按主键和版本识别，不会重复生效")
    return redirect("exchange:channel", found.code)


_ACTS: dict[str, Callable[[HttpRequest, Channel], HttpResponseBase]] = {
    "send": _send_now, "reconcile": _reconcile, "mend": _mend, "contract": _contract, "replay": _replay,
}  # fmt: skip


def _found(code: str) -> Channel:
    try:
        return channel_of(code)
    except UnknownChannel as unknown:
        raise Http404(str(unknown)) from None


def _to_mend(account: Account, found: Channel) -> QuerySet[Message]:
    """What was refused: all of it for an engineer, of others that of their authorities."""
    held, rows = held_by(account), figures.to_mend(found.code)
    if held.has(Role.ENGINEER) or held.has(Role.SYSTEM_ADMIN):
        return rows
    return rows.filter(authority_scope__in={scope for role, scope in held.grants if role in DESKS})


def _page(request: HttpRequest, found: Channel, problem: str = "", status: int = 422, **more: Any) -> HttpResponse:
    now, account = timezone.now(), signed_in(request)
    (stands,) = figures.figures([found], now)
    hours = figures.flow(found.code, now)
    most = max([carried for _, carried, _ in hours] + [1])
    reconciled = stands.reconciled
    today = timezone.localdate()
    context = {
        "channel": found, "stands": stands, "problem": problem,
        "hours": [_bar(at, most, *each) for at, each in enumerate(hours)],
        "most": most,
        "refused": list(_to_mend(account, found)[:MOST]),
        "faults": figures.faults(found.code, now - timedelta(days=7)),
        "attempts": list(Attempt.objects.filter(channel=found.code).order_by("-at")[:10]),
        "mappings": [mapping(name) for name in found.mappings],
        "differences": list(reconciled.differences.all()[:MOST]) if reconciled else [],
        "is_engineer": held_by(account).has(Role.ENGINEER),
        "since": today.replace(day=1), "until": today, **more,
    }  # fmt: skip
    return render(request, "exchange/channel.html", context, status=status if problem else 200)


def _bar(at: int, most: int, hour: datetime, carried: int, faults: int) -> dict[str, Any]:
    """An hour as it is drawn, in a box of 240 by 48."""
    height = 40 * carried / most
    return {"hour": hour, "carried": carried, "faults": faults, "height": height, "top": 44 - height, "x": at * 10}
