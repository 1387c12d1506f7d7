"""The worklist (待办): what is due next, by saved view and filter, fifty rows at a time."""

from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from yizheng.kernel.calendar import Calendar
from yizheng.kernel.chinese_dates import day_range
from yizheng.licensing.case_clock.calendars import working_calendar
from yizheng.licensing.models import SavedView
from yizheng.people.tables import Choice
from yizheng.people.tables.keyset import page_of
from yizheng.shell.desk import batching, saved_views
from yizheng.shell.desk.access import office_only, signed_in
from yizheng.shell.desk.lists import WORKLIST, grouped, numbers_of
from yizheng.shell.desk.worklist_cases import (
    FILTERS,
    VIEWS,
    Desk,
    desk_of,
    dossiers_among,
    filtered,
    item_word,
    on_desk,
    view_of,
)
from yizheng.shell.navigation import set_about

PAGE = 50


@require_safe
@office_only
def worklist(request: HttpRequest) -> HttpResponseBase:
    """The open cases of this person's authority or institution; view and filters stand in the address."""
    account = signed_in(request)
    if not request.GET and (opening := saved_views.opening_query(account)):
        return redirect(f"{reverse('desk:worklist')}?{opening}")
    today = timezone.localdate()
    calendar = working_calendar()
    desk = desk_of(account)
    view = view_of(request.GET, desk)
    fitting = filtered(request.GET, on_desk(account)).filter(view.keeps(desk, today))
    inside = bool(request.GET.get("dossier"))
    cases = fitting if inside else fitting.filter(dossier=None)
    page = page_of(cases.select_related("handler"), WORKLIST.order, request.GET, PAGE, WORKLIST.code)
    dossiers = [] if inside or page.before else dossiers_among(account, fitting)
    set_about(request, {each.item.system for each in (*page.rows, *(dossier for dossier, _, _ in dossiers))})
    counts = _counted(desk, today)
    verbs = batching.verbs_of(desk.roles)
    narrowed = any(request.GET.get(name) for name in (*FILTERS, "dossier"))
    total = fitting.count() if narrowed else counts[view.code]
    context: dict[str, Any] = {
        "about": _about(today, calendar),
        "current": view,
        "views": [(each, counts[each.code]) for each in VIEWS],
        "saved": SavedView.objects.visible_to(account),
        "query": request.GET.urlencode() or f"view={view.code}",
        "may_save": any(request.GET.get(name) for name in FILTERS),
        "filters": [
            (each, request.GET.get(each.name, ""))
            for each in WORKLIST.filters
            if isinstance(each, Choice) and each.name != "view"
        ],
        "total": total,
        "dossiers": [(each, item_word(each.item_code), number, due) for each, number, due in dossiers],
        "groups": grouped(
            page.rows, today, calendar, lambda case: batching.verbs_for(verbs, case), numbers_of(page.rows, today)
        ),
        "page": page,
        "batch_verbs": verbs,
        "key_verbs": [verb for verb in verbs if verb.first][:1],
        "most": batching.MOST,
        "empty": None if page.rows or dossiers else _empty(request.GET),
    }
    return render(request, "shell/worklist.html", context)


def _counted(desk: Desk, today: date) -> dict[str, int]:
    """Every view's number of cases, in one query."""
    counts = {
        view.code: Count("pk", filter=view.keeps(desk, today) | Q(pk=None)) for view in VIEWS if view.code != "all"
    }
    return on_desk(desk.account).aggregate(all=Count("pk"), **counts)


def _empty(query: QueryDict) -> dict[str, str]:
    if any(query.get(name) for name in FILTERS):
        return {"sentence": "没有符合筛选条件的办件", "action": "清除筛选", "url": "?view=all"}
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
