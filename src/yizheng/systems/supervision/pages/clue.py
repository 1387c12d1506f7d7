"""One clue: what seems wrong, the evidence, what was done, and the verbs of this inspector."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from yizheng.people.kinds import Role
from yizheng.people.permissions import allowed
from yizheng.people.scopes import scope_name
from yizheng.shell.access import for_roles
from yizheng.shell.desk.access import signed_in
from yizheng.systems.supervision import clues
from yizheng.systems.supervision.clues import NotNow
from yizheng.systems.supervision.finding import every_rule
from yizheng.systems.supervision.models import Clue, ClueState, Outcome
from yizheng.systems.supervision.pages.entries import INSPECTORS
from yizheng.systems.supervision.pages.listing import STATES, subject_address
from yizheng.systems.supervision.severities import WORDS

GROUNDS = {
    "D02": "医师法第十八条：规范化培训、进修、对口支援、会诊、急救、义诊、政府任务、医联体内执业，不需办理变更。",
    "D03": "医师法第十四条：中医医师经培训可以采用西医技术，西医医师经培训可以采用中医技术。",
    "D04": "全科、急诊和新的科室对照会误报；级别只到一级科目的只作提示。",
    "N04": "变更执业地点的办理期间（七个工作日）不算。",
    "I07": "补传的旧记录以服务日期为准。",
}
"""Where a rule is known to be wrong, said before anybody decides."""


def _found(request: HttpRequest, pk: int) -> Clue:
    clue = Clue.objects.visible_to(signed_in(request)).select_related("officer", "second").filter(pk=pk).first()
    if clue is None:
        raise Http404("没有这条线索，或者不在您的辖区")
    return clue


@never_cache
@for_roles(INSPECTORS)
@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The clue."""
    return _page(request, _found(request, pk))


def _page(request: HttpRequest, clue: Clue, problem: str = "", status: int = 200) -> HttpResponse:
    account, rule = signed_in(request), every_rule()[clue.rule]
    mine = allowed(account, Role.INSPECTOR, clue.authority_scope)
    context: dict[str, Any] = {
        "clue": clue,
        "rule": rule,
        "problem": problem,
        "state": STATES[ClueState(clue.state)],
        "severity": WORDS[clue.severity],
        "district": scope_name(clue.authority_scope),
        "subject_url": subject_address(clue),
        "ground": GROUNDS.get(clue.rule, ""),
        "events": clue.events.select_related("account"),
        "may_take": mine and clue.state == ClueState.ASSIGNED,
        "may_propose": mine and clue.state == ClueState.VERIFYING and clue.officer_id == account.pk,
        "may_confirm": mine and clue.state == ClueState.PROPOSED and clue.officer_id != account.pk,
        "own_proposal": clue.state == ClueState.PROPOSED and clue.officer_id == account.pk,
        "outcomes": [(each.value, each.label) for each in Outcome if each != Outcome.MENDED],
    }
    return render(request, "supervision/clue.html", context, status=status)


@for_roles(INSPECTORS)
@require_POST
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponseBase:
    """Begin, say what was found, confirm or give back."""
    clue, account, typed = _found(request, pk), signed_in(request), request.POST
    try:
        if verb == "take":
            clues.take(clue, account)
        elif verb == "propose":
            clues.propose(clue, account, typed.get("outcome", ""), typed.get("evidence", ""))
        elif verb == "confirm":
            clues.confirm(clue, account, agree=typed.get("verdict") == "agree", opinion=typed.get("opinion", ""))
        else:
            raise Http404("没有这个操作")
    except NotNow as refused:
        clue.refresh_from_db()
        return _page(request, clue, str(refused), 422)
    messages.success(request, "已记录")
    return redirect("supervision:clue", pk)
