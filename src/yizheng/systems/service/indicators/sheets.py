"""Handing the sheet of a month in, the gaps it makes tasks of, and the months of two quarters side by side."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import IntegrityError, transaction

from yizheng.kernel.calendar.periods import add_months
from yizheng.people import audit
from yizheng.people.canonical import holds_identifier
from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.people.permissions import roles_of
from yizheng.systems.service.clauses.surroundings import Surroundings
from yizheng.systems.service.indicators.measuring import Told, measure
from yizheng.systems.service.matters.acting import open_matter
from yizheng.systems.service.matters.kinds import IMPROVEMENT
from yizheng.systems.service.models import Matter, MonthSheet
from yizheng.systems.service.orders.acting import Refused

DAYS_TO_CLOSE_A_GAP = 30


def months(around: Surroundings) -> list[date]:
    """The first days of the months of the term that have begun."""
    first = around.contract.starts.replace(day=1)
    found = []
    while first <= min(around.today, around.contract.ends):
        found.append(first)
        first = add_months(first, 1)
    return found


@transaction.atomic
def hand_in(account: Account, around: Surroundings, first: date, said: str) -> MonthSheet:
    """Freeze the indicators of a month that is over; each that misses its target becomes a task."""
    if Role.SERVICE_MANAGER not in roles_of(account):
        raise Refused("指标月报由运维管理人员填报。")
    if first not in months(around) or add_months(first, 1) > around.today:
        raise Refused("这个月还没有结束，结束以后填报。")
    if holds_identifier(said):
        raise Refused("说明里不写证件号码和手机号码。")
    told = measure(around, first)
    rows = [each.kept for each in told]
    digest = hashlib.sha256(json.dumps([str(first), rows, said], ensure_ascii=False).encode()).hexdigest()
    try:
        with transaction.atomic():
            made = MonthSheet.objects.create(
                contract=around.contract, month=first, rows=rows, said=said[:500], digest=digest, account=account
            )
    except IntegrityError:
        raise Refused("这个月的指标已经填报。") from None
    audit.record(account, "service.month", f"month_sheet:{made.pk}", {"month": f"{first:%Y-%m}"})
    for each in told:
        if each.state == "待改正":
            _task(account, around, first, each)
    return made


def _task(account: Account, around: Surroundings, first: date, told: Told) -> None:
    source = f"{around.contract.code}:{first:%Y-%m}:{told.indicator.code}"
    if Matter.objects.filter(kind=IMPROVEMENT.code, source=source).exists():
        return
    planned = around.today + timedelta(days=DAYS_TO_CLOSE_A_GAP)
    content = {
        "why": f"{first:%Y-%m} {told.measured.words}，目标 {told.indicator.target_words}",
        "line": told.indicator.title,
        "planned": f"{planned:%Y-%m-%d}",
    }
    open_matter(IMPROVEMENT, account, f"{told.indicator.title}没有达到目标", content, source=source)


@dataclass(frozen=True, slots=True)
class Compared:
    """An indicator over the months of a quarter, with the mean of the quarter before."""

    title: str
    target: str
    cells: list[dict[str, object] | None]
    mean: float | None
    before: float | None

    @property
    def change(self) -> float | None:
        """How much the mean moved."""
        return None if self.mean is None or self.before is None else round(self.mean - self.before, 2)


def quarter_of(first: date) -> list[date]:
    """The months of the quarter of the calendar a month lies in."""
    begin = first.replace(month=(first.month - 1) // 3 * 3 + 1, day=1)
    return [add_months(begin, number) for number in range(3)]


def compared(around: Surroundings, first: date) -> list[Compared]:
    """The quarter of a month beside the one before, from the sheets that were handed in."""
    now = quarter_of(first)
    before = quarter_of(add_months(now[0], -3))
    sheets = {each.month: _by_code(each) for each in MonthSheet.objects.filter(contract=around.contract)}
    heads: dict[str, dict[str, object]] = {}
    for month in (*before, *now):
        heads.update(sheets.get(month, {}))
    return [
        Compared(
            str(head["title"]), str(head["target"]), [sheets.get(month, {}).get(code) for month in now],
            _mean([sheets.get(month, {}).get(code) for month in now]),
            _mean([sheets.get(month, {}).get(code) for month in before]),
        )
        for code, head in heads.items()
    ]  # fmt: skip


def _by_code(sheet: MonthSheet) -> dict[str, dict[str, object]]:
    return {row["code"]: row for row in sheet.rows}


def _mean(cells: Sequence[dict[str, object] | None]) -> float | None:
    values = [float(str(each["value"])) for each in cells if each and each["value"] is not None]
    return round(sum(values) / len(values), 2) if values else None
