"""What the questions about obligations rest upon, read once for all of them."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from django.utils import timezone

from yizheng.systems.service.models import Contract, ContractEvent, Inspection, Matter, MonthSheet, Report, WorkOrder
from yizheng.systems.service.orders.standing import Standing
from yizheng.systems.service.words import DEMANDS, OrderKind


@dataclass
class Surroundings:
    """A contract at a moment: its events by kind, its orders as they stand, its reports."""

    contract: Contract
    now: datetime = field(default_factory=timezone.now)

    @property
    def today(self) -> date:
        """The day in Beijing."""
        return timezone.localdate(self.now)

    @cached_property
    def events(self) -> dict[str, list[ContractEvent]]:
        """What happened, by kind, oldest first."""
        found: dict[str, list[ContractEvent]] = defaultdict(list)
        for each in self.contract.events.filter(on__lte=self.today):
            found[each.kind].append(each)
        return found

    def day_of(self, kind: str) -> date | None:
        """When something happened last."""
        known = self.events.get(kind)
        return known[-1].on if known else None

    @cached_property
    def standings(self) -> list[Standing]:
        """The orders of the contract as they stand."""
        orders = WorkOrder.objects.filter(contract=self.contract, reported__lte=self.now).with_entries()
        return [Standing(each, self.now) for each in orders]

    @property
    def failures(self) -> list[Standing]:
        """Those whose clocks are of clause 8.2."""
        return [each for each in self.standings if each.is_failure]

    @property
    def demands(self) -> list[Standing]:
        """The five kinds of demands."""
        return [each for each in self.standings if each.order.kind in DEMANDS]

    @property
    def changes(self) -> list[Standing]:
        """Small changes, oldest first."""
        return [each for each in reversed(self.standings) if each.order.kind == OrderKind.CHANGE]

    @cached_property
    def reports(self) -> list[Report]:
        """The newest version of the report of each quarter."""
        newest = {each.quarter: each for each in Report.objects.filter(contract=self.contract, sent__lte=self.now)}
        return [newest[quarter] for quarter in sorted(newest)]

    @cached_property
    def matters(self) -> list[Matter]:
        """The matters of the ledgers of the term, oldest first."""
        return list(Matter.objects.filter(opened__range=(self.contract.starts, self.today)).order_by("id"))

    @cached_property
    def month_sheets(self) -> list[MonthSheet]:
        """The sheets of indicators, oldest first."""
        return list(self.contract.month_sheets.order_by("month"))

    @cached_property
    def inspections(self) -> list[Inspection]:
        """Those of the term, newest first."""
        return list(Inspection.objects.filter(at__date__gte=self.contract.starts, at__lte=self.now)[:400])
