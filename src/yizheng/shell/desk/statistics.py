"""办件统计: what the desk received, accepted and decided in a period, how much of it in time; every number opens its rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from statistics import median
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from yizheng.kernel.calendar import Calendar
from yizheng.kernel.chinese_dates import parse_date
from yizheng.licensing.case_clock.calendars import working_calendar
from yizheng.licensing.models import Case, CaseEvent
from yizheng.licensing.states import CaseState
from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.people.tables import Asked, Column, Day, Table
from yizheng.shell.access import for_roles
from yizheng.shell.desk.access import signed_in
from yizheng.shell.desk.worklist_cases import item_word

READERS = frozenset({Role.DECIDER, Role.REVIEWER, Role.ACCEPTOR, Role.INSPECTOR, Role.ANALYST})
RECEIVED = frozenset({"submit", "confirm", "propose"})
ACCEPTED = frozenset({"accept", "deem_accepted"})
DECIDED = frozenset({"grant", "refuse", "enact", "check_off", "unfile"})
_KINDS = {"received": RECEIVED, "accepted": ACCEPTED, "decided": DECIDED}
WORDS = {
    "received": "收件",
    "accepted": "受理",
    "decided": "办结",
    "rolled_back": "办结后已回退",
    "overdue": "超期未办结",
}
MOST_ROWS = 200


@dataclass(slots=True)
class Tally:
    """One line of the statistics."""

    code: str
    title: str
    received: int = 0
    accepted: int = 0
    decided: int = 0
    rolled_back: int = 0
    """Of what was decided, how much was rolled back later."""
    overdue: int = 0
    in_time: int = 0
    days: list[int] = field(default_factory=list)

    @property
    def rate(self) -> str:
        """The share decided in time; a dash where nothing was decided."""
        return f"{self.in_time / self.decided:.1%}" if self.decided else ""

    @property
    def median_days(self) -> str:
        """Working days from acceptance to decision, the middle one."""
        return f"{median(self.days):g}" if self.days else ""


@require_safe
@for_roles(READERS)
def statistics(request: HttpRequest) -> HttpResponse:
    """By item and by person, over the period the address names; with ``show`` the rows behind a number."""
    account, (first, last) = signed_in(request), period(request)
    shown = request.GET.get("show", "")
    context: dict[str, Any] = {
        "first": first,
        "last": last,
        "items": tallies(account, first, last, by_person=False),
        "people": tallies(account, first, last, by_person=True),
        "show": WORDS.get(shown, ""),
        "rows": list(rows_behind(account, request)[:MOST_ROWS]) if shown in WORDS else [],
        "most": MOST_ROWS,
    }
    return render(request, "desk/statistics.html", context)


def period(request: HttpRequest) -> tuple[date, date]:
    """The days the address names, both included; without them the month so far."""
    today = timezone.localdate()
    first, last = parse_date(request.GET.get("from", "")), parse_date(request.GET.get("to", ""))
    return first or today.replace(day=1), last or today


def _events(account: Account, first: date, last: date) -> QuerySet[CaseEvent]:
    happened = CaseEvent.objects.visible_to(account).exclude(authority_scope=None)
    return happened.filter(on__gte=first, on__lte=last, verb__in=RECEIVED | ACCEPTED | DECIDED)


def tallies(account: Account, first: date, last: date, *, by_person: bool) -> list[Tally]:
    """The lines in order of what was decided; four queries whatever the period."""
    calendar = working_calendar()
    lines: dict[str, Tally] = {}
    events = list(
        _events(account, first, last).values_list(
            "case_id", "verb", "on", "actor_id", "actor_name", "case__item_code", "to_state", "case__state"
        )
    )
    accepted = _accepted_on(account, {case for case, verb, *_ in events if verb in DECIDED})
    totals = dict(Case.objects.visible_to(account).filter(pk__in=accepted).values_list("pk", "clock_total"))
    for case, verb, on, actor, name, item, state, now in events:
        if by_person and (not actor or verb in RECEIVED):
            continue
        if verb in RECEIVED and state in ("confirming", "draft"):
            continue
        whose = str(actor) if by_person else item
        line = lines.setdefault(whose, Tally(whose, name if by_person else item_word(item)))
        _count(line, verb, on, accepted.get(case), totals.get(case, 0), calendar)
        line.rolled_back += verb in DECIDED and now == CaseState.ROLLED_BACK
    late = _overdue(account).values_list("handler_id", "item_code", "handler__display_name")
    for handler, item, name in late:
        if by_person and not handler:
            continue
        key = str(handler) if by_person else item
        lines.setdefault(key, Tally(key, name if by_person else item_word(item))).overdue += 1
    return sorted(lines.values(), key=lambda line: (-line.decided, line.title))


def _count(line: Tally, verb: str, on: date, accepted: date | None, total: int, calendar: Calendar) -> None:
    if verb in RECEIVED:
        line.received += 1
    elif verb in ACCEPTED:
        line.accepted += 1
    else:
        line.decided += 1
        if accepted is None:
            line.in_time += 1
            return
        days = calendar.working_days_between(accepted, on)
        line.days.append(days)
        line.in_time += days <= (total or days)


def _accepted_on(account: Account, cases: Iterable[int]) -> dict[int, date]:
    found = CaseEvent.objects.visible_to(account).filter(case__in=list(cases), verb__in=ACCEPTED)
    days: dict[int, date] = defaultdict(lambda: date.max)
    for case, on in found.values_list("case_id", "on"):
        days[case] = min(days[case], on)
    return dict(days)


def _overdue(account: Account) -> QuerySet[Case]:
    return Case.objects.visible_to(account).open().with_authority().filter(due_on__lt=timezone.localdate())


def rows_behind(account: Account, request: HttpRequest) -> QuerySet[Case]:
    """The cases behind one number: of the kind, the item or the person, and the period the address names."""
    shown, (first, last) = request.GET.get("show", ""), period(request)
    if shown == "overdue":
        cases = _overdue(account)
    else:
        events = _events(account, first, last).filter(verb__in=_KINDS.get(shown, DECIDED))
        if shown == "received":
            events = events.exclude(to_state__in=["confirming", "draft"])
        if (person := request.GET.get("person", "")).isdecimal():
            events = events.filter(actor=int(person))
        cases = Case.objects.visible_to(account).filter(pk__in=events.values("case_id"))
        if shown == "rolled_back":
            cases = cases.filter(state=CaseState.ROLLED_BACK)
    if item := request.GET.get("item", ""):
        cases = cases.filter(item_code=item)
    if shown == "overdue" and (person := request.GET.get("person", "")).isdecimal():
        cases = cases.filter(handler=int(person))
    return cases.select_related("handler").order_by("due_on", "pk")


def _lines(asked: Asked) -> list[Tally]:
    by_person = asked.request.GET.get("by") == "person"
    return tallies(asked.account, asked["from"], asked["to"], by_person=by_person)


TALLIES = Table(
    "desk_statistics",
    "办件统计",
    _lines,
    (
        Column("事项", "title", 24),
        Column("收件", "received", 8),
        Column("受理", "accepted", 8),
        Column("办结", "decided", 8),
        Column("其中已回退", "rolled_back", 10),
        Column("超期未办结", "overdue", 12),
        Column("按期办结率", "rate", 12),
        Column("办理工作日中位数", "median_days", 16),
    ),
    guard=for_roles(READERS),
    filters=(
        Day("自", "from", default=lambda: timezone.localdate().replace(day=1)),
        Day("至", "to", default=timezone.localdate),
    ),
)
