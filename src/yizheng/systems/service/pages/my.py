"""我的报告和请求: any account reports a failure or a demand, follows it, and asks for what the law gives her over her own data."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from yizheng.people.kinds import AccountKind
from yizheng.people.models import Account
from yizheng.shell.desk.access import signed_in
from yizheng.systems.service.demands import DemandNumbers
from yizheng.systems.service.matters.acting import open_matter
from yizheng.systems.service.matters.kinds import PERSON_REQUEST
from yizheng.systems.service.models import Contract, ContractLine, Matter, WorkOrder
from yizheng.systems.service.models.order import OrderQuerySet
from yizheng.systems.service.orders import acting
from yizheng.systems.service.orders.standing import Standing
from yizheng.systems.service.pages.access import contract_now, typed
from yizheng.systems.service.pages.forms import EntryForm
from yizheng.systems.service.pages.matter_forms import Declared
from yizheng.systems.service.words import Channel, OrderKind, Section, System

_KINDS = (
    OrderKind.FAILURE,
    OrderKind.CONSULT,
    OrderKind.HELP,
    OrderKind.COMPLAINT,
    OrderKind.TIP_OFF,
    OrderKind.SUGGESTION,
)
_NEWEST = 30


class ReportForm(forms.Form):
    """报告问题."""

    kind = forms.ChoiceField(label="种类", choices=[(each.value, each.label) for each in _KINDS])
    system = forms.ChoiceField(label="系统", choices=System.choices)
    title = forms.CharField(label="事由", max_length=100, help_text="一句话，例如：登录后页面空白")
    said = forms.CharField(
        label="情况",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="什么时候、做到哪一步、看到什么；不写证件号码和手机号码",
    )


class RequestForm(Declared):
    """个人信息请求."""

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        self.declare(PERSON_REQUEST.fields)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def my(request: HttpRequest) -> HttpResponseBase:
    """Her reports and requests; a POST makes one of either."""
    account, contract = signed_in(request), contract_now()
    about_herself = account.kind == AccountKind.INDIVIDUAL
    which = typed(request, "which") if request.method == "POST" else ""
    report = ReportForm(request.POST if which == "report" else None)
    ask = RequestForm(request.POST if which == "request" else None)
    form = report if which == "report" else ask
    if which and form.is_valid():
        try:
            made = _report(account, contract, report) if which == "report" else _request(account, ask)
        except acting.Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"已提交，编号 {made.number}")
            return redirect("service:my")
    context = {
        "frame": _frame(account),
        "contract": contract,
        "report": report,
        "ask": ask if about_herself else None,
        "orders": [Standing(each) for each in _own(account)[:_NEWEST]],
        "matters": list(Matter.objects.visible_to(account).filter(about=account)[:_NEWEST]),
    }
    return render(request, "service/my.html", context, status=422 if which else 200)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def my_order(request: HttpRequest, number: str) -> HttpResponseBase:
    """What became of a report of hers; a POST adds what she has to say, or how satisfied she is."""
    account = signed_in(request)
    order = _own(account).filter(number=number).first()
    if order is None:
        raise Http404("没有这件报告，或者不是您提交的")
    standing = Standing(order)
    kind = acting.choice_of_reporter(standing)
    form = EntryForm(kind, request.POST or None, moment=False) if kind else None
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            acting.write(order.pk, account, form.written())
        except acting.Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "已记录")
            return redirect("service:my_order", number)
    context = {"frame": _frame(account), "standing": standing, "order": order, "form": form}
    return render(request, "service/my_order.html", context, status=422 if form is not None and form.errors else 200)


def _own(account: Account) -> OrderQuerySet:
    return WorkOrder.objects.visible_to(account).filter(reporter=account).with_entries()


def _report(account: Account, contract: Contract | None, form: ReportForm) -> WorkOrder:
    if contract is None:
        raise acting.Refused("服务合同还没有载入，请拨打页脚的热线电话。")
    kind, now = OrderKind(form.cleaned_data["kind"]), timezone.now()
    failure = kind == OrderKind.FAILURE
    asked = acting.Asked(
        line=_line(contract, System(form.cleaned_data["system"]), failure=failure),
        kind=kind,
        channel=Channel.WEB,
        requester=account.display_name,
        title=form.cleaned_data["title"],
        said=form.cleaned_data["said"],
        reported=now,
        due=None if failure else DemandNumbers.on(timezone.localdate(now)).due(kind, now),
    )
    return acting.register(account, asked, reporter=account)


def _line(contract: Contract, system: System, *, failure: bool) -> ContractLine:
    """The line that pays for it: running the system for a failure, else its support."""
    section = Section.SYSTEM if failure else Section.SUPPORT
    of_system = contract.lines.filter(system=system)
    found = of_system.filter(section=section).first() or of_system.first()
    if found is None:
        raise acting.Refused("合同里没有这个系统，请拨打热线电话。")
    return found


def _request(account: Account, form: RequestForm) -> Matter:
    if account.kind != AccountKind.INDIVIDUAL:
        raise acting.Refused("个人信息请求由本人用个人账号提出。")
    return open_matter(PERSON_REQUEST, account, form.cleaned_data["asks"], form.content, about=account)


def _frame(account: Account) -> str:
    return "service/inside.html" if account.is_office else "service/outside.html"
