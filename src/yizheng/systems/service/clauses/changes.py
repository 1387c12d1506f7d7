"""The free person-days of small changes (8.3): agreed estimates in their order, what is left, what is to be paid."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from yizheng.systems.service.clauses.surroundings import Surroundings
from yizheng.systems.service.models import WorkOrder
from yizheng.systems.service.obligations import FREE_DAYS, ChangeAccount
from yizheng.systems.service.words import EntryKind


@dataclass(frozen=True, slots=True)
class Booked:
    """One agreed change: its days, of them free ones, and all used so far."""

    order: WorkOrder
    on: date
    days: float
    free: float
    charged: float


@dataclass(frozen=True, slots=True)
class Account:
    """All agreed changes of a term."""

    booked: list[Booked]
    total: float

    @property
    def left(self) -> float:
        """Free days that are left."""
        return max(FREE_DAYS - self.total, 0.0)

    @property
    def share(self) -> float:
        """The used share of the free days, at most 1."""
        return min(self.total / FREE_DAYS, 1.0)


def account_of_changes(around: Surroundings) -> Account:
    """Book the agreed changes of the contract in the order of the consents."""
    agreed = []
    for each in around.changes:
        consents = [entry.at for entry in each.entries if entry.kind == EntryKind.AGREED]
        estimates = [entry.days for entry in each.entries if entry.kind == EntryKind.ESTIMATE and entry.days]
        if consents and estimates and each.change == EntryKind.AGREED:
            agreed.append((consents[-1], float(estimates[-1]), each.order))
    book = ChangeAccount(around.contract.starts, around.contract.ends)
    booked = []
    for at, days, order in sorted(agreed, key=lambda one: one[0]):
        on = timezone.localdate(at)
        charged = book.book(days, on, approved=True)
        booked.append(Booked(order, on, days, charged.free, charged.charged))
    return Account(booked, book.total)
