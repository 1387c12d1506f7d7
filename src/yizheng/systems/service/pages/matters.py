"""台账: the list by kind, a new matter, one with what was done, and the next move."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from yizheng.people.kinds import OUTSIDE
from yizheng.people.models import Account
from yizheng.people.permissions import roles_of
from yizheng.people.tables import Asked, Choice, Column, State, Table, Text
from yizheng.people.tables.table import Link
from yizheng.shell.access import for_roles
from yizheng.shell.desk.access import signed_in
from yizheng.systems.service.matters import acting
from yizheng.systems.service.matters.kinds import KINDS, READ_BY
from yizheng.systems.service.models import Matter
from yizheng.systems.service.orders.acting import Refused
from yizheng.systems.service.pages.matter_forms import MatterForm, MoveForm

_PLACES = {code: place for place, code in enumerate(KINDS)}
_STANDS = (("open", "未结束"), ("late", "已过期限"), ("ended", "已结束"))


def _matters(asked: Asked) -> QuerySet[Matter]:
    rows = Matter.objects.visible_to(asked.account).select_related("about")
    if asked["q"]:
        rows = rows.filter(Q(number=asked["q"].upper()) | Q(title__contains=asked["q"]))
    return rows


def _standing(rows: QuerySet[Matter], stands: str) -> QuerySet[Matter]:
    if stands == "late":
        return rows.filter(ended__isnull=True, due__lt=timezone.localdate())
    return rows.filter(ended__isnull=stands == "open")


def _described(matters: list[Matter], asked: Asked) -> Iterable[dict[str, Any]]:
    today = timezone.localdate()
    for each in matters:
        yield {
            "url": each.get_absolute_url(),
            "number": each.number,
            "kind": each.declared.title,
            "title": each.title,
            "about": each.about.display_name if each.about else "",
            "opened": each.opened,
            "due": each.due,
            "state": each.state,
            "detail": "（已过期限）" if each.due and not each.ended and each.due < today else "",
        }


def _links(asked: Asked) -> Iterable[Link]:
    yield from (
        Link(f"登记{kind.title}", reverse("service:new_matter", args=[code]), "plus")
        for code, kind in KINDS.items()
        if code == asked["kind"] and not kind.opens.isdisjoint(roles_of(asked.account))
    )


def _says(asked: Asked) -> str:
    kind = KINDS.get(asked["kind"] or "")
    return f"{kind.clause}　{kind.says}" if kind else "选一种台账，看它的规则，登记新的一项"


MATTERS = Table(
    "service_matters",
    "安全和改进台账",
    _matters,
    (
        Column("编号", "number", 14, css="together", link="url"),
        Column("台账", "kind", 14, css="together"),
        Column("事由", "title", 40, css="name", beside=("about",)),
        Column("登记", "opened", 12),
        Column("期限", "due", 12),
        State("状态", "state", 12, detail="detail"),
    ),
    guard=for_roles(READ_BY),
    filters=(
        Text("事项", hint="编号或者事由"),
        Choice("台账", "kind", tuple((code, kind.title) for code, kind in KINDS.items()), by="kind"),
        Choice("状态", "state", _STANDS, by=_standing),
    ),
    order=("-id",),
    described=_described,
    says=_says,
    tally="项，新的在前",
    empty="还没有事项。先选一种台账，再点“登记”。",
    links=_links,
    template="service/table.html",
)


@never_cache
@for_roles(READ_BY)
@require_http_methods(["GET", "HEAD", "POST"])
def new_matter(request: HttpRequest, code: str) -> HttpResponseBase:
    """登记一项; a POST opens it."""
    account, kind = signed_in(request), KINDS.get(code)
    if kind is None:
        raise Http404("没有这种台账")
    if kind.opens.isdisjoint(roles_of(account)):
        raise PermissionDenied(f"“{kind.title}”不由您登记")
    office = Account.objects.filter(is_active=True).exclude(kind__in=OUTSIDE).order_by("display_name", "pk")
    form = MatterForm(kind, request.POST or None, accounts=office if kind.names_account else ())
    if request.method == "POST" and form.is_valid():
        about = office.filter(pk=form.about).first() if form.about else None
        try:
            made = acting.open_matter(kind, account, form.cleaned_data["title"], form.content, about=about)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"已登记 {made.number}")
            return redirect(made.get_absolute_url())
    return render(request, "service/new_matter.html", {"form": form, "kind": kind}, status=422 if form.errors else 200)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def matter(request: HttpRequest, number: str) -> HttpResponseBase:
    """One matter; a POST takes the move the address names."""
    account = signed_in(request)
    found = Matter.objects.visible_to(account).select_related("about").filter(number=number).first()
    if found is None:
        raise Http404("没有这一事项，或者不归您看")
    may = acting.moves_for(found, account)
    wanted = request.GET.get("move", "")
    chosen = next((each for each in may if each.code == wanted), may[0] if may else None)
    if request.method == "POST" and (chosen is None or chosen.code != wanted):
        return _page(request, found, account, None, f"这一事项现在是“{found.state}”，请看最新情况再办。", 409)
    form = MoveForm(chosen, request.POST if request.method == "POST" else None) if chosen else None
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            acting.move(account, found.pk, form.move.code, form.cleaned_data.get("said", ""), form.content)
        except Refused as refused:
            return _page(request, found, account, form, str(refused), 409)
        messages.success(request, f"已办理“{form.move.title}”")
        return redirect(found.get_absolute_url())
    return _page(request, found, account, form, "", 422 if form is not None and form.errors else 200)


def _page(
    request: HttpRequest, found: Matter, account: Account, form: MoveForm | None, problem: str, status: int
) -> HttpResponse:
    context = {
        "frame": "service/inside.html" if account.is_office else "service/outside.html",
        "matter": found,
        "acts": list(found.acts.select_related("account", "matter")),
        "may": acting.moves_for(found, account),
        "form": form,
        "problem": problem,
        "listed": found.kind in KINDS and not KINDS[found.kind].readers.isdisjoint(roles_of(account)),
    }
    return render(request, "service/matter.html", context, status=status)
