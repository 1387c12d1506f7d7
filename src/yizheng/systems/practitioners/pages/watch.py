"""关注名单: of whom the institution or the authority is told when the register changes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from yizheng.people.kinds import ScopeKind
from yizheng.people.models import Account, Scope
from yizheng.people.paging import page_of
from yizheng.shell.desk.access import office_only, signed_in
from yizheng.shell.subject_pages import person_address
from yizheng.systems.practitioners.models import Watch
from yizheng.systems.practitioners.pages.institution import watching_scope
from yizheng.systems.practitioners.registered import PeopleRegister, people_register
from yizheng.systems.practitioners.roster import watching


@require_safe
@office_only
def watch_list(request: HttpRequest, register: str) -> HttpResponse:
    """The list, newest first, with what the register said last."""
    return _page(request, people_register(register), {})


@require_POST
@office_only
def add(request: HttpRequest, register: str) -> HttpResponseBase:
    """Put one person on it, or the whole roster."""
    account, scope = _owner(request)
    people = people_register(register)
    if request.POST.get("what") == "roster":
        try:
            count = watching.watch_roster(people, account, scope)
        except watching.NotWatchable as problem:
            return _page(request, people_register(register), {"problem": str(problem)}, status=422)
        messages.success(request, f"加入 {count} 人" if count else f"本机构{people.title}都已在名单上")
        return redirect(f"{people.system}:watch")
    typed = {name: request.POST.get(name, "").strip()[:100] for name in ("name", "number", "note")}
    try:
        watching.watch(people, account, scope, typed["name"], typed["number"], typed["note"])
    except watching.NotWatchable as problem:
        return _page(request, people_register(register), {**typed, "problem": str(problem)}, status=422)
    messages.success(request, f"已关注{typed['name']}")
    return redirect(f"{people.system}:watch")


@require_POST
@office_only
def remove(request: HttpRequest, register: str) -> HttpResponseBase:
    """Take the chosen off it."""
    account, scope = _owner(request)
    people = people_register(register)
    chosen = [int(each) for each in request.POST.getlist("row") if each.isascii() and each.isdecimal()]
    gone = watching.unwatch(people, account, scope, chosen)
    messages.success(request, f"移出 {gone} 人")
    return redirect(f"{people.system}:watch")


def shown(people: PeopleRegister, row: Watch) -> dict[str, Any]:
    """One person of the list as page, paper and spreadsheet show it."""
    return {
        "pk": row.pk,
        "url": person_address(people.code, row.subject_id),
        "name": row.name,
        "note": row.note,
        "told": row.told,
        "added_at": row.added_at,
        "changed_at": row.changed_at,
    }


def owner_of(account: Account) -> Scope:
    """Whose list the account keeps. Raises PermissionDenied for those who keep none."""
    scope = watching_scope(account)
    if scope is None:
        raise PermissionDenied("关注名单由机构经办人和卫生健康机关的工作人员使用")
    return scope


def _owner(request: HttpRequest) -> tuple[Account, Scope]:
    account = signed_in(request)
    return account, owner_of(account)


def _page(
    request: HttpRequest, people: PeopleRegister, typed: dict[str, str], status: int = 200
) -> HttpResponse:
    account, scope = _owner(request)
    page = page_of(watching.watched(people, account, scope), request.GET)
    context = {
        **typed,
        "people": people,
        "typed": typed,
        "owner": scope.name,
        "of_institution": scope.kind == ScopeKind.ORGANISATION,
        "page": page,
        "rows": [shown(people, row) for row in page.rows],
    }
    return render(request, "practitioners/watch.html", context, status=status)
