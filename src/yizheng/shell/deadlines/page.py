"""期限: what fires in the next ninety days by clock, for the desk and for the operators of an institution."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from yizheng.licensing.deadlines.clocks import clock, clocks
from yizheng.licensing.deadlines.wording import names_for
from yizheng.licensing.models import Deadline
from yizheng.licensing.models.deadline import DeadlineQuerySet
from yizheng.people.models import Account
from yizheng.registry.registers import Register
from yizheng.shell import subject_pages
from yizheng.shell.desk.access import office_only, signed_in

AHEAD = timedelta(days=90)
SIZE = 50


def coming(account: Account, on: date, register: Register | None = None) -> DeadlineQuerySet:
    """What fires within ninety days, as far as the account may see it; of one register or of all."""
    pending = Deadline.objects.visible_to(account).pending().filter(fires_on__lte=on + AHEAD)
    if register is not None:
        pending = pending.filter(clock__in=[each.code for each in clocks(register)])
    return pending.order_by("fires_on", "pk")


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
        "rows": described(rows, today),
        "after": after,
        "beyond_first": bool(request.GET.get("after")),
        "until": today + AHEAD,
        "today": today,
    }
    return render(request, "deadlines/deadlines.html", context)


def described(rows: Iterable[Deadline], today: date) -> list[dict[str, Any]]:
    """The rows in words, in two queries more."""
    kept = list(rows)
    names = names_for(kept)
    return [
        {
            "on": row.fires_on,
            "days": (row.fires_on - today).days,
            "name": names.subject(row),
            "url": subject_pages.person_address(declared.of.register.code, row.subject_id)
            if row.subject_id in names.people
            else "",
            "clock": declared.title,
            "says": names.sentence(declared, row),
            "institution": names.institution(row),
            "then": declared.firing.word,
            "article": declared.cited(row.about),
            "warned_on": row.warned_on,
        }
        for row in kept
        if (declared := clock(row.clock)) is not None
    ]


def _page(rows: DeadlineQuerySet, after: str) -> tuple[list[Deadline], str]:
    """A page by day and id; and the mark of its last row where there are more."""
    day, _, pk = after.partition("_")
    try:
        since = (date.fromisoformat(day), int(pk)) if after else None
    except ValueError:
        since = None
    if since is not None:
        rows = rows.filter(Q(fires_on__gt=since[0]) | Q(fires_on=since[0], pk__gt=since[1]))
    found = list(rows[: SIZE + 1])
    shown = found[:SIZE]
    more = len(found) > SIZE
    return shown, f"{shown[-1].fires_on:%Y-%m-%d}_{shown[-1].pk}" if more else ""
