"""期限: what fires in the next ninety days by clock, for the desk and for the operators of an institution."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Count
from django.urls import reverse

from yizheng.kernel.chinese_dates import weekday
from yizheng.licensing.deadlines.clocks import clock, clocks
from yizheng.licensing.deadlines.warning import names_for
from yizheng.licensing.models import Deadline
from yizheng.licensing.models.deadline import DeadlineQuerySet
from yizheng.people.models import Account
from yizheng.people.tables import Asked, Choice, Column, Link, Shown, Table
from yizheng.registry.registers import Register
from yizheng.shell.desk.access import office_only
from yizheng.shell.record.pages import person_address

AHEAD = timedelta(days=90)


def coming(account: Account, on: date, register: Register | None = None) -> DeadlineQuerySet:
    """What fires within ninety days, as far as the account may see it; of one register or of all."""
    pending = Deadline.objects.visible_to(account).pending().filter(fires_on__lte=on + AHEAD)
    if register is not None:
        pending = pending.filter(clock__in=[each.code for each in clocks(register)])
    return pending.order_by("fires_on", "pk")


def described(rows: Iterable[Deadline], today: date) -> list[dict[str, Any]]:
    """The rows in words, in two queries more."""
    kept = list(rows)
    names = names_for(kept)
    return [
        {
            "on": (last := declared.told_day(row.fires_on)),
            "days": (last - today).days,
            "name": names.subject(row),
            "url": person_address(declared.of.register.code, row.subject_id) if row.subject_id in names.people else "",
            "clock": declared.title,
            "says": names.sentence(declared, row),
            "institution": names.institution(row),
            "then": declared.firing.label,
            "article": declared.cited(row.about),
            "warned_on": row.warned_on,
        }
        for row in kept
        if (declared := clock(row.clock)) is not None
    ]


def _counted(asked: Asked) -> dict[str, Any]:
    """How many fire by each clock, in one query."""
    pending, chosen = coming(asked.account, asked.today), clock(asked["clock"])
    counts = dict(pending.values_list("clock").annotate(n=Count("pk")).order_by())
    return {
        "tabs": [
            {"code": each.code, "title": each.title, "count": counts[each.code], "chosen": each is chosen}
            for each in clocks()
            if each.code in counts
        ],
        "total": sum(counts.values()),
        "chosen": chosen,
        "until": asked.today + AHEAD,
    }


DEADLINES = Table(
    "deadlines",
    "期限",
    lambda asked: coming(asked.account, asked.today),
    (
        Column("到期", "on", 12, css="together", beside=(lambda row: weekday(row["on"]),)),
        Column("人员", "name", 12, css="name together", link="url"),
        Column("期限", "clock", 20, shown=Shown.ON_PAPER),
        Column("事由", "says", 50, css="dense"),
        Column("机构", "institution", 36, css="cut dense"),
        Column("到期后", "then", 12, css="together dense"),
        Column("已提醒", "warned_on", 12, css="together dense ink-2"),
    ),
    guard=office_only,
    filters=(Choice("期限", "clock", lambda: [(each.code, each.title) for each in clocks()], by="clock"),),
    order=("fires_on", "pk"),
    described=lambda rows, asked: described(rows, asked.today),
    tally="项，先到期的在前",
    empty="90 天之内没有到期的期限。离岗备案、定期考核、多机构备案、短期行医等到期前会出现在这里。",
    empty_link=lambda asked: Link("回待办", reverse("desk:worklist")),
    template="deadlines/deadlines.html",
    more=_counted,
)
"""The deadlines by clock, the nearest first."""
