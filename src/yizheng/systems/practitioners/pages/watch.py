"""关注名单: of whom the institution or the authority is told when the register changes."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from yizheng.people.kinds import ScopeKind
from yizheng.people.models import Account, Scope
from yizheng.people.tables import Asked, Column, Table, table_of
from yizheng.shell.desk.access import office_only, signed_in
from yizheng.systems.practitioners.pages.institution import watching_scope
from yizheng.systems.practitioners.registered import PeopleRegister, people_register
from yizheng.systems.practitioners.roster import watching


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
            return table_of(f"{people.lists}watch").answer(request, 422, problem=str(problem))
        messages.success(request, f"加入 {count} 人" if count else f"本机构{people.title}都已在名单上")
        return redirect(f"{people.system}:watch")
    typed = {name: request.POST.get(name, "").strip()[:100] for name in ("name", "number", "note")}
    try:
        watching.watch(people, account, scope, typed["name"], typed["number"], typed["note"])
    except watching.NotWatchable as problem:
        return table_of(f"{people.lists}watch").answer(request, 422, problem=str(problem), typed=typed)
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


def owner_of(account: Account) -> Scope:
    """Whose list the account keeps. Raises PermissionDenied for those who keep none."""
    scope = watching_scope(account)
    if scope is None:
        raise PermissionDenied("关注名单由机构经办人和卫生健康机关的工作人员使用")
    return scope


def _owner(request: HttpRequest) -> tuple[Account, Scope]:
    account = signed_in(request)
    return account, owner_of(account)


def watch_table(people: PeopleRegister) -> Table:
    """The watch list of a register, newest first, with what the register said last."""

    def more(asked: Asked) -> dict[str, Any]:
        of_institution = asked.once(_scope).kind == ScopeKind.ORGANISATION
        return {"people": people, "of_institution": of_institution}

    return Table(
        f"{people.lists}watch",
        "关注名单",
        lambda asked: watching.watched(people, asked.account, asked.once(_scope)),
        (
            Column("姓名", "name", 12, css="name together"),
            Column("登记状态", "told", 50),
            Column("备注", "note", 24, css="dense"),
            Column("加入", "added_at", 18, css="dense"),
            Column("最近变化", "changed_at", 18, css="dense"),
        ),
        guard=office_only,
        says=lambda asked: (
            f"{asked.once(_scope).name}　名单上的{people.title}登记状态、机构或者范围变化后，一刻钟内有消息"
        ),
        tally="人，新加入的在前",
        empty=f"名单是空的。输入姓名和{people.number_title}即可关注一名{people.title}；机构也可以一次关注本机构全部{people.title}。",
        boxes="unwatch",
        search=f"{people.system}:search",
        template="practitioners/watch.html",
        more=more,
    )


def _scope(asked: Asked) -> Scope:
    return owner_of(asked.account)
