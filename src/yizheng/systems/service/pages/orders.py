"""工单: the list, a new one, one with its ledger, and writing into it."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from yizheng.people.models import Account
from yizheng.people.tables import Asked as AskedOf
from yizheng.people.tables import Choice, Column, Day, State, Table, Text
from yizheng.people.tables.table import Link
from yizheng.shell.desk.access import signed_in
from yizheng.systems.service.models import Entry, WorkOrder
from yizheng.systems.service.orders import acting
from yizheng.systems.service.orders.knowing import solved_before
from yizheng.systems.service.orders.standing import Standing
from yizheng.systems.service.pages.access import order_for, service_only, surroundings
from yizheng.systems.service.pages.bars import Bar, bars
from yizheng.systems.service.pages.forms import EntryForm, OrderForm
from yizheng.systems.service.words import DEMANDS, Channel, EntryKind, OrderKind, System

_KINDS = (*OrderKind.choices, ("demands", "五类诉求"))
_STATES = (("open", "未办结"), ("late", "超时限"), ("closed", "已办结"), ("asked", "已回访"))


def _orders(asked: AskedOf) -> QuerySet[WorkOrder]:
    rows = WorkOrder.objects.visible_to(asked.account).with_entries()
    if asked["q"]:
        rows = rows.filter(
            Q(number=asked["q"].upper()) | Q(title__contains=asked["q"]) | Q(requester__contains=asked["q"])
        )
    return rows


def _of_kind(rows: QuerySet[WorkOrder], kind: str) -> QuerySet[WorkOrder]:
    return rows.filter(kind__in=DEMANDS if kind == "demands" else [kind])


def _in_state(rows: QuerySet[WorkOrder], state: str) -> QuerySet[WorkOrder]:
    if state == "late":
        still = Q(closed__isnull=True, due__lt=timezone.now())
        return rows.filter(still | Q(closed__gt=F("due")))
    if state == "asked":
        return rows.filter(entries__kind=EntryKind.FOLLOW_UP).distinct()
    return rows.filter(closed__isnull=state == "open")


def _described(orders: list[WorkOrder], asked: AskedOf) -> Iterable[dict[str, Any]]:
    now = timezone.now()
    for order in orders:
        standing = Standing(order, now)
        yield {
            "url": order.get_absolute_url(),
            "number": order.number,
            "title": order.title,
            "kind": order.get_kind_display(),
            "line": f"{System(order.line.system).label}　{order.line.title}",
            "requester": order.requester,
            "channel": order.get_channel_display(),
            "reported": order.reported,
            "due": standing.ledger.restore_due if standing.is_failure else order.due,
            "state": standing.state,
            "detail": "（超时限）" if standing.late else "",
        }


def _links(asked: AskedOf) -> Iterable[Link]:
    yield Link("登记报告", reverse("service:new_order"), "plus", primary=True, role="engineer")
    yield Link("登记报告", reverse("service:new_order"), "plus", primary=True, role="service_manager")


ORDERS = Table(
    "service_orders",
    "运维服务工单",
    _orders,
    (
        Column("工单", "number", 14, css="together", link="url"),
        Column("事由", "title", 30, css="name", beside=("kind",)),
        Column("系统和目录行", "line", 30),
        Column("报告单位", "requester", 20),
        Column("渠道", "channel", 10, css="together"),
        Column("报告时间", "reported", 18),
        Column("时限", "due", 18),
        State("状态", "state", 12, detail="detail"),
    ),
    guard=service_only,
    filters=(
        Text("工单", hint="工单号、事由或者单位"),
        Choice("种类", "kind", _KINDS, by=_of_kind),
        Choice("系统", "system", System.choices, by="line__system"),
        Choice("渠道", "channel", Channel.choices, by="channel"),
        Choice("状态", "state", _STATES, by=_in_state),
        Day("自", "from", by="reported__date__gte"),
        Day("至", "to", by="reported__date__lte"),
    ),
    order=("-reported", "-id"),
    described=_described,
    says="每件工单从报告起有账目，账目只增不改",
    tally="件，按报告时间",
    empty="还没有工单。接到电话、传真或者网页报告以后登记。",
    links=_links,
    template="service/table.html",
)


@never_cache
@service_only
@require_http_methods(["GET", "HEAD", "POST"])
def new_order(request: HttpRequest) -> HttpResponseBase:
    """登记报告: a POST registers an order."""
    contract, account = surroundings().contract, signed_in(request)
    form = OrderForm(contract, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            order = acting.register(account, form.asked())
        except acting.Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"已登记 {order.number}")
            return redirect(order.get_absolute_url())
    return render(request, "service/new_order.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@service_only
@require_http_methods(["GET", "HEAD", "POST"])
def order(request: HttpRequest, number: str) -> HttpResponseBase:
    """One order with its ledger; a POST writes an entry of the kind the address names."""
    account = signed_in(request)
    standing = order_for(account, number)
    may = acting.choices_for(standing, account)
    wanted = request.GET.get("write", "")
    kind = next((each for each in may if each == wanted), None) or _likeliest(may)
    form = EntryForm(kind, request.POST or None) if kind else None
    if request.method == "POST":
        if form is None or kind != wanted:
            fresh = EntryForm(kind, initial={"said": request.POST.get("said", "")}) if kind else None
            return _page(request, standing, account, fresh, f"工单现在是“{standing.state}”，请看最新账目再记录。", 409)
        if form.is_valid():
            try:
                acting.write(standing.order.pk, account, form.written())
            except acting.Refused as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, f"已记录“{form.kind.label}”")
                return redirect(standing.order.get_absolute_url())
    status = 422 if form is not None and form.errors else 200
    return _page(request, standing, account, form, "", status)


def _likeliest(may: list[EntryKind]) -> EntryKind | None:
    """What the form offers unasked: never the automatic reply, which does not stop the clock of the answer."""
    return next((each for each in may if each != EntryKind.AUTO_REPLY), may[0] if may else None)


def _page(
    request: HttpRequest, standing: Standing, account: Account, form: EntryForm | None, problem: str, status: int
) -> HttpResponse:
    found: list[Bar] = bars(standing) if standing.is_failure else []
    context = {
        "standing": standing,
        "order": standing.order,
        "system": System(standing.order.line.system).label,
        "bars": found,
        "form": form,
        "may": acting.choices_for(standing, account),
        "problem": problem,
        "known": solved_before(standing.order),
        "signatures": [each.signature for each in standing.entries if hasattr(each, "signature")],
    }
    return render(request, "service/order.html", context, status=status)


def _visits(asked: AskedOf) -> QuerySet[WorkOrder]:
    return WorkOrder.objects.visible_to(asked.account).filter(kind=OrderKind.VISIT).with_entries()


def _route(orders: list[WorkOrder], asked: AskedOf) -> Iterable[dict[str, Any]]:
    for order in orders:
        known: dict[str, Entry] = {}
        for each in order.entries.all():
            known.setdefault(each.kind, each)
        arrived, left, signed = (known.get(kind) for kind in (EntryKind.ARRIVED, EntryKind.LEFT, EntryKind.SIGNED))
        yield {
            "url": order.get_absolute_url(),
            "number": order.number,
            "title": order.title,
            "requester": order.requester,
            "due": order.due,
            "arrived": arrived.at if arrived else None,
            "place": arrived.place if arrived else "",
            "who": arrived.account.display_name if arrived else "",
            "signed": signed.at if signed else None,
            "left": left.at if left else None,
        }


VISITS = Table(
    "service_visits",
    "上门行程",
    _visits,
    (
        Column("工单", "number", 14, css="together", link="url"),
        Column("事由", "title", 30, css="name"),
        Column("单位", "requester", 20),
        Column("约定时限", "due", 18),
        Column("到达", "arrived", 18),
        Column("位置", "place", 24, beside=("who",)),
        Column("用户签字", "signed", 18),
        Column("离开", "left", 18),
    ),
    guard=service_only,
    filters=(Day("自", "from", by="due__date__gte"), Day("至", "to", by="due__date__lte")),
    order=("-due", "-id"),
    described=_route,
    says="上门服务按约定时限排列：到达、签字、离开各记一笔",
    tally="件，按约定时限",
    empty="没有上门服务。",
    template="service/table.html",
)
