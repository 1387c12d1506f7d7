"""承诺时限: what each authority promised for each item; its decider promises another period from a day on."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from yizheng.licensing.item import Item
from yizheng.licensing.models import Promise
from yizheng.licensing.rule_settings import Refused, promise
from yizheng.people.kinds import Role, ScopeKind
from yizheng.people.models import Account, Scope
from yizheng.people.permissions import scopes_of
from yizheng.people.signing_in.recent import requires_recent_sign_in
from yizheng.shell.access import ADMINS, DESKS, for_roles
from yizheng.shell.desk.access import signed_in
from yizheng.shell.rule_settings.forms import PromiseForm


@never_cache
@for_roles(ADMINS | DESKS)
@require_http_methods(["GET", "HEAD", "POST"])
def promise_page(request: HttpRequest) -> HttpResponseBase:
    """Every promise with the statutory period beside it; a POST makes one."""
    if request.method == "POST":
        return _make(request)
    return _page(request, signed_in(request), None)


@requires_recent_sign_in
def _make(request: HttpRequest) -> HttpResponseBase:
    account = signed_in(request)
    form = _form(account, request.POST)
    if form is None:
        return _page(request, account, None, status=403)
    if form.is_valid():
        asked = form.cleaned_data
        try:
            made = promise.make(account, asked["item"], asked["authority"], asked["days"], asked["valid_from"])
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"已承诺：{made.valid_from:%Y-%m-%d} 起 {made.days} 个工作日")
            return redirect("rule_settings:promises")
    return _page(request, account, form, status=422)


def _form(account: Account, data: Any = None) -> PromiseForm | None:
    """The form of a decider; nobody else has one."""
    mine = [(scope.pk, _authority(scope.name)) for scope in scopes_of(account, Role.DECIDER)]
    if not mine:
        return None
    items = [
        (item.code, f"{item.title}（法定 {item.statutory.days} 个工作日）")
        for item in promise.promisable(timezone.localdate())
    ]
    return PromiseForm(mine, items, data)


def _authority(name: str) -> str:
    return f"{name}卫生健康委员会"


def _page(request: HttpRequest, account: Account, form: PromiseForm | None, status: int = 200) -> HttpResponse:
    today = timezone.localdate()
    items = {item.code: item for item in promise.promisable(today)}
    context = {
        "rows": _rows(items, today),
        "items": list(items.values()),
        "form": form or _form(account),
        "today": today,
    }
    return render(request, "rule_settings/promises.html", context, status=status)


def _rows(items: dict[str, Item], today: date) -> list[dict[str, Any]]:
    """Promises by authority and item, newest first, with the word for whether each holds today."""
    names = dict(Scope.objects.exclude(kind=ScopeKind.ORGANISATION).values_list("pk", "name"))
    rows = list(Promise.objects.order_by("authority_scope", "item_code", "-valid_from"))
    holding: set[tuple[int, str]] = set()
    made = []
    for row in rows:
        key = (row.authority_scope, row.item_code)
        holds = row.valid_from <= today and key not in holding
        if holds:
            holding.add(key)
        item = items.get(row.item_code)
        made.append(
            {
                "authority": _authority(names.get(row.authority_scope, "")),
                "title": item.title if item else row.item_code,
                "statutory": item.statutory if item else None,
                "row": row,
                "standing": "现行" if holds else "将来" if row.valid_from > today else "已被替换",
            }
        )
    return made
