"""办件统计: what the desk received, accepted and decided in a period, how much of it in time; every number opens its rows."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from statistics import median
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from yizheng.kernel.calendar import Calendar
from yizheng.licensing.case_clock.calendars import working_calendar
from yizheng.licensing.catalogue import items
from yizheng.licensing.models import Case, CaseEvent
from yizheng.licensing.states import CaseState
from yizheng.people.kinds import Role
from yizheng.people.tables import Asked, Choice, Column, Day, Kept, Number, State, Table
from yizheng.shell.access import for_roles
from yizheng.shell.desk.worklist_cases import item_word

READERS = frozenset({Role.DECIDER, Role.REVIEWER, Role.ACCEPTOR, Role.INSPECTOR, Role.ANALYST})
RECEIVED = frozenset({"submit", "confirm", "propose"})
ACCEPTED = frozenset({"accept", "deem_accepted"})
DECIDED = frozenset({"grant", "deem_granted", "refuse", "enact", "check_off", "unfile"})
NOT_YET_RECEIVED = ("confirming", "draft")
_KINDS = {"received": RECEIVED, "accepted": ACCEPTED, "decided": DECIDED}
WORDS = {
    "received": "收件",
    "accepted": "受理",
    "decided": "办结",
    "rolled_back": "办结后已回退",
    "overdue": "超期未办结",
}
PERIOD = (
    Day("自", "from", default=lambda: timezone.localdate().replace(day=1)),
    Day("至", "to", default=timezone.localdate),
)
"""Both days included; without them the month so far."""


@dataclass(slots=True)
class Tally:
    """One line of the statistics."""

    title: str
    whose: dict[str, str]
    """What an address says of the rows behind the line: the period, and the item or the person."""
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


def _leads(kind: str) -> Callable[[Tally], str]:
    """The address of the rows behind a number of this kind."""
    return lambda line: f"?{urlencode({**line.whose, 'show': kind})}#rows"


def _events(asked: Asked) -> QuerySet[CaseEvent]:
    happened = CaseEvent.objects.visible_to(asked.account).exclude(authority_scope=None)
    return happened.filter(on__range=(asked["from"], asked["to"]), verb__in=RECEIVED | ACCEPTED | DECIDED)


def _tallies(asked: Asked) -> dict[str, list[Tally]]:
    """The lines by item and by person, in order of what was decided; four queries whatever the period."""
    calendar, period = working_calendar(), {each.name: each.written(asked[each.name]) for each in PERIOD}
    found: dict[str, dict[str, Tally]] = {"item": {}, "person": {}}

    def lines_of(item: str, person: int | None, name: str) -> list[Tally]:
        """The line of the item and that of the person, where a person did it."""
        whose = [("item", item, item_word(item))] + ([("person", str(person), name)] if person else [])
        return [found[by].setdefault(code, Tally(title, {**period, by: code})) for by, code, title in whose]

    events = list(
        _events(asked).values_list(
            "case_id", "verb", "on", "actor_id", "actor_name", "case__item_code", "to_state", "case__state"
        )
    )
    accepted = _accepted_on(asked, {case for case, verb, *_ in events if verb in DECIDED})
    totals = dict(Case.objects.visible_to(asked.account).filter(pk__in=accepted).values_list("pk", "clock_total"))
    for case, verb, on, actor, name, item, state, now in events:
        if verb in RECEIVED and state in NOT_YET_RECEIVED:
            continue
        for line in lines_of(item, None if verb in RECEIVED else actor, name):
            _count(line, verb, on, accepted.get(case), totals.get(case, 0), calendar)
            line.rolled_back += verb in DECIDED and now == CaseState.ROLLED_BACK
    for handler, item, name in _overdue(asked).values_list("handler_id", "item_code", "handler__display_name"):
        for line in lines_of(item, handler, name):
            line.overdue += 1
    return {by: sorted(each.values(), key=lambda line: (-line.decided, line.title)) for by, each in found.items()}


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


def _accepted_on(asked: Asked, cases: Iterable[int]) -> dict[int, date]:
    found = CaseEvent.objects.visible_to(asked.account).filter(case__in=list(cases), verb__in=ACCEPTED)
    days: dict[int, date] = defaultdict(lambda: date.max)
    for case, on in found.values_list("case_id", "on"):
        days[case] = min(days[case], on)
    return dict(days)


def _overdue(asked: Asked) -> QuerySet[Case]:
    return Case.objects.visible_to(asked.account).open().with_authority().filter(due_on__lt=asked.today)


def _behind(asked: Asked) -> QuerySet[Case]:
    """The cases behind one number: of the kind, the item or the person, and the period."""
    shown, person = asked["show"], asked["person"]
    if shown == "overdue":
        cases = _overdue(asked)
        cases = cases.filter(handler=person) if person else cases
    else:
        events = _events(asked).filter(verb__in=_KINDS.get(shown, DECIDED))
        if shown == "received":
            events = events.exclude(to_state__in=NOT_YET_RECEIVED)
        if person:
            events = events.filter(actor=person)
        cases = Case.objects.visible_to(asked.account).filter(pk__in=events.values("case_id"))
        if shown == "rolled_back":
            cases = cases.filter(state=CaseState.ROLLED_BACK)
    return cases.select_related("handler")


BEHIND = Table(
    "desk_statistics_cases",
    "统计所涉办件",
    _behind,
    (
        Column("办件号", "number", 14, css="together", link=lambda case: reverse("desk:case", args=[case.number])),
        Column("申请人", "applicant_name", 12, css="name together"),
        Column("事项", "item.short_title", 20),
        State("环节", "get_state_display", 12),
        Column("到期", "due_on", 12),
        Column("经办", "handler.display_name", 10),
    ),
    guard=for_roles(READERS),
    filters=(
        *PERIOD,
        Choice("所列", "show", tuple(WORDS.items()), always=True, default=lambda: "decided"),
        Choice(
            "事项",
            "item",
            lambda: [(item.code, item.short_title) for item in items(timezone.localdate())],
            by="item_code",
        ),
        Kept("经办人账号", "person"),
    ),
    order=("due_on", "pk"),
    tally="件，先到期的在前",
    empty="没有这样的办件。",
    unfound="没有这样的办件。",
)


def _more(asked: Asked) -> dict[str, Any]:
    """The same by person, and the rows behind the number that was pressed."""
    shown = WORDS.get(asked.request.GET.get("show", ""), "")
    return {
        "first": asked["from"],
        "last": asked["to"],
        "people": TALLIES.part(asked, by="person"),
        "show": shown,
        "behind": BEHIND.part(asked) if shown else None,
    }


TALLIES = Table(
    "desk_statistics",
    "办件统计",
    lambda asked: asked.once(_tallies)[asked["by"]],
    (
        Column("事项或者经办人", "title", 24, css="name"),
        Number("收件", "received", 8, link=_leads("received")),
        Number("受理", "accepted", 8, link=_leads("accepted")),
        Number("办结", "decided", 8, link=_leads("decided")),
        Number("其中已回退", "rolled_back", 10, link=_leads("rolled_back")),
        Number("超期未办结", "overdue", 12, link=_leads("overdue")),
        Number("按期办结率", "rate", 12, nothing="期间没有办结的办件"),
        Number("办理工作日中位数", "median_days", 16, nothing="期间没有受理后办结的办件"),
    ),
    guard=for_roles(READERS),
    filters=(
        *PERIOD,
        Choice("按", "by", (("item", "事项"), ("person", "经办人")), always=True, default=lambda: "item"),
    ),
    says=lambda asked: f"{asked['from']} 至 {asked['to']}，辖区内；期限按工作日",
    tally="行",
    empty="期间没有办件。",
    unfound="期间没有办件。",
    template="desk/statistics.html",
    more=_more,
)
"""By item and by person, over the period the address names; every number opens its rows."""
