"""The worklist (待办): what is due next, by saved view and filter, fifty rows at a time."""

from __future__ import annotations

import base64
import json
from datetime import date
from typing import Any

from django.db.models import Count, F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from yizheng.licensing.calendars import working_calendar
from yizheng.licensing.catalogue import items
from yizheng.licensing.models import Case
from yizheng.licensing.states import CaseState
from yizheng.people.models import Account
from yizheng.shell.desk.access import office_only, signed_in
from yizheng.shell.desk.grouping import grouped
from yizheng.shell.desk.views_of_work import BY_CODE, VIEWS, WorkView

PAGE = 50
NO_DUE_DAY = date(9999, 12, 31)


@office_only
def worklist(request: HttpRequest) -> HttpResponse:
    """The list of open cases this person's authority has; filters are in the address, so a view can be kept."""
    account = signed_in(request)
    today = timezone.localdate()
    view = BY_CODE.get(request.GET.get("view", ""), BY_CODE["all"])
    cases = _filtered(request, _open(account)).filter(view.keeps(account, today))
    after = _cursor(request.GET.get("after", ""))
    if after:
        cases = cases.filter(_beyond(*after))
    page = list(cases.select_related("handler").order_by(F("due_on").asc(nulls_last=True), "id")[: PAGE + 1])
    shown, more = page[:PAGE], len(page) > PAGE
    context: dict[str, Any] = {
        "view": view,
        "views": _counted(account, today),
        "groups": grouped(shown, today, working_calendar()),
        "shown": len(shown),
        "next": _next(shown[-1]) if more else "",
        "items": list(items(today)),
        "states": [state for state in CaseState if state in ON_DESK],
        "filters": {name: request.GET.get(name, "") for name in ("item", "state", "q", "findings")},
    }
    return render(request, "desk/worklist.html", context)


ON_DESK = (
    CaseState.RECEIVED, CaseState.CORRECTED, CaseState.CORRECTING, CaseState.REVIEWING, CaseState.IN_PROCEDURE,
    CaseState.DECIDING, CaseState.CHECKING, CaseState.PROPOSED, CaseState.NOTICED, CaseState.HEARING,
)  # fmt: skip


def open_count(account: Account) -> int:
    """How many open cases ask something of this account's desk; the number at the side."""
    return _open(account).count()


def _open(account: Account) -> Any:
    return Case.objects.visible_to(account).filter(state__in=ON_DESK)


def _counted(account: Account, today: date) -> list[tuple[WorkView, int]]:
    """Every view with its number of cases, in one query."""
    counts = _open(account).aggregate(**{view.code: Count("pk", filter=_keeps(view, account, today)) for view in VIEWS})
    return [(view, counts[view.code]) for view in VIEWS]


def _keeps(view: WorkView, account: Account, today: date) -> Q:
    return view.keeps(account, today) or Q(pk__gt=0)


def _filtered(request: HttpRequest, cases: Any) -> Any:
    if code := request.GET.get("item"):
        cases = cases.filter(item_code=code)
    if state := request.GET.get("state"):
        cases = cases.filter(state=state)
    if request.GET.get("findings") == "clear":
        cases = cases.filter(blocks=0, advice=0)
    elif request.GET.get("findings") == "open":
        cases = cases.exclude(blocks=0, advice=0)
    if text := request.GET.get("q", "").strip():
        cases = cases.filter(Q(applicant_name=text) | Q(number=text) | Q(institution_name__startswith=text))
    return cases


def _beyond(due: date, pk: int) -> Q:
    """Rows after the cursor in (due day, id) order, cases without a due day last."""
    if due == NO_DUE_DAY:
        return Q(due_on=None, pk__gt=pk)
    return Q(due_on__gt=due) | Q(due_on=due, pk__gt=pk) | Q(due_on=None)


def _next(case: Case) -> str:
    position = [(case.due_on or NO_DUE_DAY).isoformat(), case.pk]
    return base64.urlsafe_b64encode(json.dumps(position).encode()).decode()


def _cursor(text: str) -> tuple[date, int] | None:
    """The position a next-page link names; a link that was tampered with begins at the top."""
    try:
        due, pk = json.loads(base64.urlsafe_b64decode(text.encode()))
        return date.fromisoformat(due), int(pk)
    except (ValueError, TypeError):
        return None
