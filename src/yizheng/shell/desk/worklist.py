"""The worklist (待办): what is due next, by saved view and filter, fifty rows at a time."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from yizheng.kernel.calendar import Calendar
from yizheng.kernel.chinese_dates import day_range
from yizheng.licensing.calendars import working_calendar
from yizheng.licensing.catalogue import items
from yizheng.licensing.models import Case
from yizheng.licensing.states import CaseState
from yizheng.people.models import Account
from yizheng.shell.desk import batching, cursor
from yizheng.shell.desk.access import office_only, signed_in
from yizheng.shell.desk.grouping import grouped
from yizheng.shell.desk.views_of_work import BY_CODE, VIEWS, Desk, WorkView, desk_of

PAGE = 50
ON_DESK = (
    CaseState.RECEIVED, CaseState.CORRECTED, CaseState.CORRECTING, CaseState.REVIEWING, CaseState.IN_PROCEDURE,
    CaseState.DECIDING, CaseState.CHECKING, CaseState.PROPOSED, CaseState.NOTICED, CaseState.HEARING,
    CaseState.CONFIRMING,
)  # fmt: skip

FINDINGS = (("clear", "全部通过"), ("open", "有发现"))


@require_safe
@office_only
def worklist(request: HttpRequest) -> HttpResponse:
    """The open cases of this person's authority or institution; view and filters stand in the address."""
    account = signed_in(request)
    today = timezone.localdate()
    calendar = working_calendar()
    desk = desk_of(account)
    view = _view(request.GET, desk)
    cases = _filtered(request.GET, on_desk(account)).filter(view.keeps(desk, today))
    position = cursor.read(request.GET.get("after", ""))
    if position:
        cases = cases.filter(cursor.beyond(*position))
    page = list(cases.select_related("handler").order_by(F("due_on").asc(nulls_last=True), "id")[: PAGE + 1])
    shown = page[:PAGE]
    counts = _counted(desk, today)
    context: dict[str, Any] = {
        "heading": "待办",
        "context": _about(today, calendar),
        "list_code": "worklist",
        "current_view": view.code,
        "views": [_tab(each, counts[each.code], view) for each in VIEWS],
        "filters": _filters(request.GET, today),
        "kept": [("view", view.code)],
        "tally": f"{counts[view.code]} 件，按到期先后",
        "groups": grouped(shown, today, calendar),
        "page": _page(counts[view.code], position is not None, shown, len(page) > PAGE),
        "batch_url": reverse("desk:batch"),
        "batch_verbs": batching.verbs_of(account),
        "empty": None if shown else _empty(request.GET),
    }
    return render(request, "shell/worklist.html", context)


def chosen_cases(account: Account, query: QueryDict, today: date) -> QuerySet[Case]:
    """The cases an address asks for, what is due first in front."""
    desk = desk_of(account)
    cases = _filtered(query, on_desk(account)).filter(_view(query, desk).keeps(desk, today))
    return cases.select_related("handler").order_by(F("due_on").asc(nulls_last=True), "id")


def on_desk(account: Account) -> QuerySet[Case]:
    """The open cases the account's authority or institution has; what waits for the institution is hers alone."""
    cases = Case.objects.visible_to(account).filter(state__in=ON_DESK)
    if account.is_office:
        return cases.exclude(state=CaseState.CONFIRMING)
    return cases


def open_count(account: Account) -> int:
    """How many open cases wait for this person; the number at the side."""
    desk = desk_of(account)
    return on_desk(account).filter(BY_CODE["mine"].keeps(desk, timezone.localdate())).count()


def _view(query: QueryDict, desk: Desk) -> WorkView:
    """The view the address names; without one, what waits for this person, or everything for who only looks on."""
    return BY_CODE.get(query.get("view", ""), BY_CODE["mine" if desk.states else "all"])


def _counted(desk: Desk, today: date) -> dict[str, int]:
    """Every view's number of cases, in one query."""
    counts = {
        view.code: Count("pk", filter=view.keeps(desk, today) | Q(pk=None))
        for view in VIEWS
        if view.code != "all"
    }
    return on_desk(desk.account).aggregate(all=Count("pk"), **counts)


def _filtered(query: QueryDict, cases: QuerySet[Case]) -> QuerySet[Case]:
    if code := query.get("item"):
        cases = cases.filter(item_code=code)
    if (state := query.get("stage")) in CaseState.values:
        cases = cases.filter(state=state)
    if query.get("findings") == "clear":
        cases = cases.filter(blocks=0, advice=0)
    elif query.get("findings") == "open":
        cases = cases.exclude(blocks=0, advice=0)
    if text := query.get("q", "").strip():
        cases = cases.filter(Q(applicant_name=text) | Q(number=text) | Q(institution_name__startswith=text))
    return cases


def item_word(code: str) -> str:
    """The short name of an item in force today, by its code."""
    return next((item.short_title for item in items(timezone.localdate()) if item.code == code), code)


def _filters(query: QueryDict, today: date) -> list[dict[str, Any]]:
    options = {
        "item": ("事项", [(item.code, item.short_title) for item in items(today)]),
        "stage": ("环节", [(state.value, state.label) for state in ON_DESK]),
        "findings": ("发现", list(FINDINGS)),
    }
    return [
        {"name": name, "label": label, "value": query.get(name, ""), "options": choices, "icon": ""}
        for name, (label, choices) in options.items()
    ]


def _tab(view: WorkView, count: int, current: WorkView) -> dict[str, Any]:
    return {
        "title": view.title,
        "url": f"?view={view.code}",
        "count": count,
        "urgent": view.alarming,
        "current": view is current,
    }


def _page(total: int, after_first: bool, shown: list[Case], more: bool) -> dict[str, Any] | None:
    if not more and not after_first:
        return None
    return {"total": total, "first": 0, "before": "", "after": cursor.write(shown[-1]) if more else ""}


def _empty(query: QueryDict) -> dict[str, str]:
    if any(query.get(name) for name in ("item", "stage", "findings", "q")):
        return {"sentence": "没有符合筛选条件的办件", "action": "清除筛选", "url": "?"}
    if query.get("view") != "all":
        return {"sentence": "这个视图里现在没有办件", "action": "看全部在办", "url": "?view=all"}
    return {"sentence": "现在没有在办的办件；申请人提交、机构确认后会出现在这里", "action": "", "url": ""}


def _about(today: date, calendar: Calendar) -> str:
    """Whether today counts, and the next days that do not."""
    word = "今天是工作日" if calendar.is_working_day(today) else "今天不是工作日，时限不计"
    ahead = list(calendar.days_off(today, date.fromordinal(today.toordinal() + 30)))
    if not ahead:
        return f"法定期限按工作日计；{word}"
    first = min(ahead)
    last = first
    while date.fromordinal(last.toordinal() + 1) in ahead:
        last = date.fromordinal(last.toordinal() + 1)
    return f"法定期限按工作日计；{word}，{day_range(first, last)}{calendar.why_off(first)}不计"
