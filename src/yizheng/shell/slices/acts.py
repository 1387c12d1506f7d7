"""What is done with a slice: reconcile, polish, order corrections, verify, compare the sample, sign, trace a pseudonym."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from yizheng.people.models import Account
from yizheng.shell.access import for_roles
from yizheng.shell.desk.access import signed_in
from yizheng.shell.slices.detail import found, show
from yizheng.shell.slices.listing import KEEPERS
from yizheng.slices.models import Slice
from yizheng.slices.polishing import NotToPolish, order_corrections, polish
from yizheng.slices.reconciling import NotComparable, earlier_of, reconcile
from yizheng.slices.releasing import sign
from yizheng.slices.remaking import NotTheSame
from yizheng.slices.verifying import NotReady, compare, verify
from yizheng.work.approval import ApprovalRefused

Act = Callable[[HttpRequest, Slice, Account], tuple[Slice, str]]


def _reconcile(request: HttpRequest, made: Slice, account: Account) -> tuple[Slice, str]:
    earlier = earlier_of(made)
    if earlier is None:
        raise NotComparable("没有更早的切片可以对账")
    return made, "对账一致" if reconcile(earlier, made).agrees else "对账不符，说不清的行已列出"


def _polish(request: HttpRequest, made: Slice, account: Account) -> tuple[Slice, str]:
    derived = polish(made, account)
    return derived, f"已打磨，{derived.polish_lines.count():,} 处记入打磨记录"


def _order(request: HttpRequest, made: Slice, account: Account) -> tuple[Slice, str]:
    return made, f"已把 {order_corrections(made, account):,} 处通知登记机关更正"


def _verify(request: HttpRequest, made: Slice, account: Account) -> tuple[Slice, str]:
    verify(made, account)
    return made, "已验证，请核对抽样"


def _compare(request: HttpRequest, made: Slice, account: Account) -> tuple[Slice, str]:
    said = {
        int(name.removeprefix("verdict-")): (value, request.POST.get(name.replace("verdict", "note"), ""))
        for name, value in request.POST.items()
        if name.startswith("verdict-") and name.removeprefix("verdict-").isdecimal() and isinstance(value, str)
    }
    return made, f"已保存 {compare(made, said, account)} 个核对结果"


def _sign(request: HttpRequest, made: Slice, account: Account) -> tuple[Slice, str]:
    sign(made, account, request.POST.get("note", ""))
    return made, "已签字，待第二人在“待批准”中签字后发布"


ACTS: dict[str, Act] = {
    "reconcile": _reconcile, "polish": _polish, "order": _order, "verify": _verify, "compare": _compare, "sign": _sign,
}  # fmt: skip


@for_roles(KEEPERS)
@require_POST
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponseBase:
    """Do one of the acts; a refusal is answered on the page of the slice."""
    if verb not in ACTS:
        raise Http404("没有这个操作")
    made = found(request, pk)
    try:
        shown, said = ACTS[verb](request, made, signed_in(request))
    except (NotComparable, NotToPolish, NotReady, NotTheSame, ApprovalRefused) as refused:
        made.refresh_from_db()
        return show(request, made, str(refused), 422)
    messages.success(request, said)
    return redirect("slices:slice", shown.pk)
