"""合同履行: the contract, its lines, what happened under it, and writing more down."""

from decimal import Decimal

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from yizheng.people.tables import Asked, Column, Number, Table
from yizheng.shell.desk.access import signed_in
from yizheng.systems.service import deductions
from yizheng.systems.service.clauses import recording
from yizheng.systems.service.clauses.changes import account_of_changes
from yizheng.systems.service.models import Contract, ContractLine
from yizheng.systems.service.models.contract import EventKind
from yizheng.systems.service.orders.acting import Refused
from yizheng.systems.service.pages.access import service_only, surroundings
from yizheng.systems.service.pages.forms import EventForm
from yizheng.systems.service.words import System


@never_cache
@service_only
@require_http_methods(["GET", "HEAD", "POST"])
def contract(request: HttpRequest) -> HttpResponseBase:
    """The contract and its events; a POST adds one."""
    around, account = surroundings(), signed_in(request)
    kinds = recording.choices_for(account)
    form = EventForm(kinds, request.POST or None) if kinds else None
    if request.method == "POST" and form is not None and form.is_valid():
        said = form.cleaned_data
        try:
            made = recording.record(
                account,
                around.contract,
                EventKind(said["kind"]),
                said["on"],
                said["reference"],
                said["said"],
                said["amount"],
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"已登记“{made.get_kind_display()}”")
            return redirect("service:contract")
    context = {
        "contract": around.contract,
        "costs": _costs(around.contract),
        "events": list(around.contract.events.select_related("account").order_by("-on", "-id")),
        "form": form,
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "service/contract.html", context, status=status)


def _costs(contract: Contract) -> list[tuple[str, str, Decimal, Decimal]]:
    """What lateness and poor work cost by which clause: one percent of the base and the most; the base is the contract's amount."""
    second_half = contract.amount / 2
    return [
        (clause, what, deductions.amount(base, Decimal(1)), deductions.amount(base, Decimal(deductions.CAP)))
        for clause, what, base in (
            ("9.1", f"迟延每 {deductions.DELAY_DAYS} 日", contract.amount),
            ("9.2", f"逾期付款每 {deductions.PAYMENT_DAYS} 日", second_half),
            ("10.4", "推诿、敷衍、弄虚作假，影响重大", contract.amount),
        )
    ]


@service_only
@require_safe
def changes(request: HttpRequest) -> HttpResponseBase:
    """小变更: the agreed ones, what is left of the free person-days, what waits for consent."""
    around = surroundings()
    waiting = [each for each in around.changes if not each.ended and each.change != "agreed"]
    context = {"account": account_of_changes(around), "waiting": waiting, "contract": around.contract}
    return render(request, "service/changes.html", context)


def _lines(asked: Asked) -> list[dict[str, object]]:
    around = surroundings()
    minutes: dict[int, int] = {}
    number: dict[int, int] = {}
    for each in around.standings:
        number[each.order.line_id] = number.get(each.order.line_id, 0) + 1
        spent = sum(entry.minutes for entry in each.entries)
        minutes[each.order.line_id] = minutes.get(each.order.line_id, 0) + spent
    return [_line(each, number.get(each.pk, 0), minutes.get(each.pk, 0)) for each in around.contract.lines.all()]


def _line(line: ContractLine, orders: int, minutes: int) -> dict[str, object]:
    return {
        "code": line.code,
        "system": System(line.system).label,
        "section": line.get_section_display(),
        "title": line.title,
        "person_months": line.person_months,
        "amount": f"{line.amount:,.2f}",
        "orders": orders,
        "hours": round(minutes / 60, 1),
    }


LINES = Table(
    "service_lines",
    "服务目录",
    _lines,
    (
        Column("行", "code", 8, css="together"),
        Column("系统", "system", 20),
        Column("类别", "section", 14),
        Column("服务内容", "title", 30, css="name"),
        Number("人月", "person_months", 8),
        Number("金额（元）", "amount", 14),
        Number("工单", "orders", 8),
        Number("已用小时", "hours", 10),
    ),
    guard=service_only,
    size=200,
    template="service/table.html",
    says="合同的目录行和记在上面的工作",
    tally="行",
)
