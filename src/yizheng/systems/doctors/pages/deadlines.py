"""期限: what fires in the next ninety days by clock, for the desk and for the operators of an institution."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from yizheng.people.models import Account
from yizheng.shell.desk.access import office_only, signed_in
from yizheng.systems.doctors.clocks.declaring import clock, clocks
from yizheng.systems.doctors.clocks.words import concerned
from yizheng.systems.doctors.models import Deadline
from yizheng.systems.doctors.models.deadline import DeadlineQuerySet

AHEAD = timedelta(days=90)
SIZE = 50


def coming(account: Account, on: date) -> DeadlineQuerySet:
    """What fires within ninety days, as far as the account may see it."""
    return Deadline.objects.visible_to(account).pending().filter(fires_on__lte=on + AHEAD)


@require_safe
@office_only
def deadlines(request: HttpRequest) -> HttpResponse:
    """The deadlines by clock, the nearest first; a page of them."""
    account, today = signed_in(request), timezone.localdate()
    pending = coming(account, today)
    counts = dict(pending.values_list("clock").annotate(n=Count("pk")).order_by())
    chosen = clock(request.GET.get("clock", ""))
    wanted = pending.filter(clock=chosen.code) if chosen else pending
    rows, after = _page(wanted, request.GET.get("after", ""))
    context = {
        "tabs": [
            {"code": each.code, "title": each.title, "count": counts[each.code], "chosen": each is chosen}
            for each in clocks()
            if each.code in counts
        ],
        "total": sum(counts.values()),
        "chosen": chosen,
        "rows": described(rows),
        "after": after,
        "beyond_first": bool(request.GET.get("after")),
        "until": today + AHEAD,
        "today": today,
    }
    return render(request, "doctors/deadlines.html", context)


def described(rows: list[Deadline]) -> list[dict[str, Any]]:
    """The rows in words, in two queries more."""
    names = concerned(rows)
    said = []
    for row in rows:
        declared = clock(row.clock)
        if declared is None:
            continue
        person = row.subject_id in names.people
        said.append(
            {
                "on": row.fires_on,
                "name": names.person(row),
                "url": reverse("doctors:doctor", args=[row.subject_id]) if person else "",
                "clock": declared.title,
                "says": names.sentence(declared, row),
                "house": names.house(row),
                "then": declared.firing.word,
                "article": declared.cited(row.about),
                "warned_on": row.warned_on,
            }
        )
    return said


def _page(rows: DeadlineQuerySet, after: str) -> tuple[list[Deadline], str]:
    """A page by day and id; and the mark of its last row where there are more."""
    day, _, pk = after.partition("_")
    try:
        since = (date.fromisoformat(day), int(pk)) if after else None
    except ValueError:
        since = None
    if since is not None:
        rows = rows.filter(Q(fires_on__gt=since[0]) | Q(fires_on=since[0], pk__gt=since[1]))
    found = list(rows.order_by("fires_on", "pk")[: SIZE + 1])
    shown = found[:SIZE]
    more = len(found) > SIZE
    return shown, f"{shown[-1].fires_on:%Y-%m-%d}_{shown[-1].pk}" if more else ""
