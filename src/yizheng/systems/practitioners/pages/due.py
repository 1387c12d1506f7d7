"""到期分布: how many terms end in each month and district of the coming year, for the work that is to come."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.utils import timezone

from yizheng.kernel.calendar import add_months
from yizheng.people.models import Scope
from yizheng.people.tables import Asked, Column, Number, Table
from yizheng.shell.access import DESKS, for_roles
from yizheng.systems.practitioners.registered import PeopleRegister

MONTHS = 12


def due_table(people: PeopleRegister) -> Table:
    """The months of the coming year by authority, of a register whose terms end."""

    def rows(asked: Asked) -> list[dict[str, Any]]:
        seen = people.registration.objects.visible_to(asked.account).as_of(asked.today)
        ends = add_months(asked.today.replace(day=1), MONTHS)
        standing = seen.filter(people.relations[0].condition)
        coming = standing.filter(**{f"{people.term}__gte": asked.today, f"{people.term}__lt": ends})
        counted = coming.annotate(month=TruncMonth(people.term)).values_list("month", "authority_scope")
        found = list(counted.annotate(n=Count("pk")).order_by("month", "authority_scope"))
        names = dict(Scope.objects.filter(pk__in={scope for _, scope, _ in found}).values_list("pk", "name"))
        totals = _totals((month, n) for month, _, n in found)
        return [
            {"month": f"{month:%Y-%m}", "office": names.get(scope, ""), "n": n, "total": totals[month]}
            for month, scope, n in found
        ]

    def place(row: dict[str, Any]) -> tuple[int, str]:
        return int(row["month"].replace("-", "")), f"{row['month']}　全部 {row['total']} 人"

    return Table(
        f"{people.lists}due",
        f"{people.title}注册到期分布",
        rows,
        (Column("登记机关", "office", 30, css="name"), Column("月份", "month", 12), Number("到期", "n", 10)),
        guard=for_roles(DESKS),
        group=place,
        says=lambda asked: f"{timezone.localdate():%Y-%m} 起十二个月内有效期届满、还没有延续的，按月、按登记机关",
        tally="行，按月",
        empty="十二个月内没有到期的注册。",
        search=f"{people.system}:search",
    )


def _totals(counted: Iterable[tuple[date, int]]) -> dict[date, int]:
    found: dict[date, int] = {}
    for month, n in counted:
        found[month] = found.get(month, 0) + n
    return found
