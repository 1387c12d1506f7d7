"""依职权办理: a reviewing person begins an act of the authority about somebody of the register, with facts and evidence.

行政处罚法 第五十四条 and the same order for acts that take a registration away: nothing is begun without facts and evidence.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from yizheng.licensing import answers as form_answers
from yizheng.licensing.catalogue import items
from yizheng.licensing.item import Initiator, Item, Shape
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.verbs.enacting import propose
from yizheng.licensing.verbs.permits import NotPermittedError
from yizheng.people.kinds import Role
from yizheng.people.models import Account, Scope
from yizheng.people.permissions import scopes_of
from yizheng.people.search import Found, find_people
from yizheng.shell.desk.access import office_only, signed_in
from yizheng.shell.ruling.access import for_roles

MOST_EVIDENCE = 2000


@office_only
@for_roles(frozenset({Role.REVIEWER}))
@require_http_methods(["GET", "HEAD", "POST"])
def initiate(request: HttpRequest) -> HttpResponseBase:
    """Find the person, choose the item, fill in its form and the evidence; a POST begins the case."""
    account = signed_in(request)
    given = request.POST if request.method == "POST" else request.GET
    person = _person(account, given.get("subject", ""), given.get("name", ""))
    item = next((each for each in _items() if each.code == given.get("item")), None)
    if request.method == "POST" and person is not None and item is not None:
        return _begun(request, account, person, item)
    return _page(request, account, person, item)


def _begun(request: HttpRequest, account: Account, person: Found, item: Item) -> HttpResponseBase:
    office = next((each for each in _offices(account) if str(each.pk) == request.POST.get("office")), None)
    if office is None:
        return _page(request, account, person, item, "请选择由哪个机关办理", 422)
    try:
        case = propose(
            account,
            item.code,
            subject_id=person.subject_id,
            subject_name=person.name,
            authority_scope=office.pk,
            evidence=request.POST.get("evidence", "")[:MOST_EVIDENCE],
            answers=form_answers.typed(item, request.POST),
        )
    except (NotPossibleError, NotPermittedError) as problem:
        return _page(request, account, person, item, str(problem), 422)
    messages.success(request, f"已启动 {case.number}，接着告知当事人")
    return redirect("desk:case", number=case.number)


def _page(
    request: HttpRequest,
    account: Account,
    person: Found | None,
    item: Item | None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    text = request.GET.get("q", "").strip()[:60]
    context: dict[str, Any] = {
        "text": text,
        "found": find_people(text, account) if text and person is None else [],
        "person": person,
        "items": _items(),
        "item": item,
        "offices": _offices(account),
        "steps": _steps(request, item),
        "evidence": request.POST.get("evidence", ""),
        "problem": problem,
    }
    return render(request, "desk/initiate.html", context, status=status)


def _steps(request: HttpRequest, item: Item | None) -> list[Any]:
    if item is None:
        return []
    data = request.POST if request.method == "POST" else None
    return [step(data, prefix=step.code) for step in item.steps]


def _items() -> list[Item]:
    return [
        each
        for each in items(timezone.localdate())
        if each.shape is Shape.AUTHORITY_ACT and Initiator.AUTHORITY in each.initiators
    ]


def _offices(account: Account) -> list[Scope]:
    return scopes_of(account, Role.REVIEWER)


def _person(account: Account, subject: str, name: str) -> Found | None:
    """Whom the address names, if the account finds her by that name."""
    if not subject.isdecimal() or not name:
        return None
    found = find_people(name, account, 50)
    return next((each for each in found if str(each.subject_id) == subject), None)
