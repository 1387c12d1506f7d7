"""数据交换: packages received and sent, what became of them, and how it stands with each partner."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from yizheng.exchange import answering, receiving, sending
from yizheng.exchange.kinds import RECEIPT, UnknownKind, kind_of, kinds
from yizheng.exchange.models import Direction, Package, PackageState, Partner
from yizheng.exchange.reconciling import reconcile
from yizheng.exchange.sealing import MOST_BYTES, UnfitPackage
from yizheng.exchange.sending import NotPossible
from yizheng.kernel.chinese_dates import parse_date
from yizheng.people import audit
from yizheng.people.models import Account
from yizheng.people.permissions import held_by
from yizheng.people.tables import Asked, Column, Number, Shown, State, Table
from yizheng.shell.access import DESKS, for_roles
from yizheng.shell.desk.access import signed_in
from yizheng.work.approval import ApprovalRefused

STATES = {
    PackageState.PROPOSED: "待批准", PackageState.READY: "待送达", PackageState.STAGED: "待核查",
    PackageState.ANSWERED: "已办结", PackageState.CONFIRMED: "一致", PackageState.DIFFERS: "不一致",
}  # fmt: skip
MOST_OUTCOMES = 500


@for_roles(DESKS)
@require_POST
def receive(request: HttpRequest) -> HttpResponseBase:
    """Take in a package that a partner brought."""
    account, sent = signed_in(request), request.FILES.get("package")
    if sent is None or isinstance(sent, list):
        return PACKAGES.answer(request, 422, problem="没有收到文件，请选择对方的交换包")
    if (sent.size or 0) > MOST_BYTES:
        problem = f"交换包超过 {MOST_BYTES // 1024 // 1024} MB，请对方分批发送"
        return PACKAGES.answer(request, 422, problem=problem)
    try:
        package = receiving.receive(sent.read(), account=account)
    except UnfitPackage as refused:
        audit.record(account, "exchange.refuse", "package", {"code": refused.code})
        return PACKAGES.answer(request, 422, problem=str(refused))
    messages.success(request, f"已收到 {package.partner.name}第 {package.serial} 号交换包")
    return redirect("exchange:package", package.pk)


@for_roles(DESKS)
@require_POST
def propose(request: HttpRequest) -> HttpResponseBase:
    """Make a package for a partner and ask a second person to let it go."""
    account = signed_in(request)
    partner = partners_of(account).filter(code=request.POST.get("partner", "")).first()
    since, until = parse_date(request.POST.get("since", "")), parse_date(request.POST.get("until", ""))
    if partner is None or since is None or until is None:
        return PACKAGES.answer(request, 422, problem="请选择交换对象，并填写起止日期")
    try:
        kind = kind_of(request.POST.get("kind", ""))
        package = sending.propose(kind, partner, since, until, account=account, reason=request.POST.get("reason", ""))
    except (NotPossible, UnknownKind, ApprovalRefused) as refused:
        return PACKAGES.answer(request, 422, problem=str(refused))
    messages.success(request, "已制作，待决定人员批准后可以取走")
    return redirect("exchange:package", package.pk)


@never_cache
@for_roles(DESKS)
@require_safe
def package(request: HttpRequest, pk: int) -> HttpResponse:
    """One package with the rows that were not taken."""
    return _detail(request, _found(request, pk))


@for_roles(DESKS)
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Make the receipt of a package that was dealt with."""
    found = _found(request, pk)
    try:
        receipt = answering.answer(found, signed_in(request))
    except NotPossible as refused:
        return _detail(request, found, str(refused), 422)
    messages.success(request, "回执已制作，可以取走交给对方")
    return redirect("exchange:package", receipt.pk)


@for_roles(DESKS)
@require_POST
def download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take away a package that may leave; each taking is recorded."""
    account, found = signed_in(request), _found(request, pk)
    if found.direction != Direction.OUT or found.state == PackageState.PROPOSED:
        return _detail(request, found, "这个交换包还不能取走：须先经第二人批准", 422)
    audit.record(account, "exchange.take", f"package:{found.pk}", {"digest": found.digest})
    name = f"{found.partner.code}-{found.serial:06d}.yzx"
    answer = FileResponse(iter([found.content]), as_attachment=True, filename=name)
    answer["Content-Type"] = "application/octet-stream"
    return answer


def partners_of(account: Account) -> Any:
    """The partners of the authorities the account works for."""
    scopes = {scope for role, scope in held_by(account).grants if role in DESKS}
    return Partner.objects.filter(authority_scope__in=scopes, active=True)


def _found(request: HttpRequest, pk: int) -> Package:
    found = Package.objects.visible_to(signed_in(request)).select_related("partner", "reply_to").filter(pk=pk).first()
    if found is None:
        raise Http404("没有这个交换包，或者不在您的辖区")
    return found


def _title(package: Package) -> str:
    if package.kind == RECEIPT:
        return f"第 {package.reply_to.serial} 号的回执" if package.reply_to else "回执"
    try:
        return kind_of(package.kind).title
    except UnknownKind:
        return package.kind


def _state(package: Package) -> str:
    return STATES[PackageState(package.state)]


def _address(package: Package) -> str:
    return reverse("exchange:package", args=[package.pk])


def _packages(asked: Asked) -> QuerySet[Package]:
    return Package.objects.visible_to(asked.account).select_related("partner", "reply_to")


def _beside(asked: Asked) -> dict[str, Any]:
    """What stands with each partner, and the forms to receive and to send."""
    typed, last_month = asked.request.POST, asked.today.replace(day=1) - timedelta(days=1)
    return {
        "balances": reconcile(asked.account),
        "partners": partners_of(asked.account),
        "kinds": kinds(),
        "since": typed.get("since", last_month.replace(day=1).isoformat()),
        "until": typed.get("until", last_month.isoformat()),
        "reason": typed.get("reason", ""),
    }


PACKAGES = Table(
    "exchange_packages",
    "交换包台账",
    _packages,
    (
        Column("方向", "get_direction_display", 8),
        Column("交换对象", "partner.name", 24, css="name", link=_address, beside=(lambda row: f"第 {row.serial} 号",)),
        Column("序号", "serial", 8, shown=Shown.ON_PAPER),
        Column("内容", _title, 30),
        State("状态", _state, 12),
        Column("登记时间", "entered_at", 18),
        Number("行数", "rows", 8),
        Number("采纳", "accepted", 8, shown=Shown.ON_PAPER),
        Number("退回", "rejected", 8),
    ),
    guard=for_roles(DESKS),
    heading="数据交换",
    says="交换包双向签名、加密；收到的逐行核对后由两人确认入库，发出的由第二人批准",
    tally="个，新的在前",
    empty="还没有交换包。系统管理员登记交换对象的公钥后，可以在下面收包、发包。",
    template="exchange/packages.html",
    more=_beside,
)
"""The ledger, newest first."""


def _detail(request: HttpRequest, found: Package, problem: str = "", status: int = 200) -> HttpResponse:
    context = {
        "package": found,
        "title": _title(found),
        "state": _state(found),
        "problem": problem,
        "incoming": found.direction == Direction.IN,
        "may_answer": found.direction == Direction.IN and found.state == PackageState.STAGED,
        "may_take": found.direction == Direction.OUT and found.state != PackageState.PROPOSED,
        "batch": found.reference.removeprefix("batch:") if found.reference.startswith("batch:") else "",
        "outcomes": list(found.outcomes.all()[:MOST_OUTCOMES]),
        "replies": list(found.replies.all()),
    }
    return render(request, "exchange/package.html", context, status=status)
