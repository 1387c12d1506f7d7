"""How a work order stands: its ledger, its state, and what may be written next, all from its entries."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.utils import timezone

from yizheng.kernel.calendar.hours import ROUND_THE_CLOCK
from yizheng.systems.service import ledger
from yizheng.systems.service.models import Entry, WorkOrder
from yizheng.systems.service.words import DEMANDS, EntryKind, OrderKind

LIMITS = ledger.Limits(timedelta(hours=1), timedelta(hours=4))
"""8.2: an answer within one hour, the service restored within four, round the clock."""
_CLOCKS = frozenset(ledger.Kind)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the ledger on the page: the entry, and what had run by then."""

    entry: Entry
    gross: timedelta | None
    net: timedelta | None


class Standing:
    """One order at a moment."""

    def __init__(self, order: WorkOrder, now: datetime | None = None) -> None:
        self.order = order
        self.now = now or timezone.now()
        self.entries = list(order.entries.all())

    @cached_property
    def ledger(self) -> ledger.Ledger:
        """The clocks of clause 8.2, which run for failures."""
        return ledger.Ledger(
            events=[
                ledger.Event(ledger.Kind(each.kind), timezone.make_naive(each.at), each.party)
                for each in self.entries
                if each.kind in _CLOCKS
            ],
            limits=LIMITS,
            hours=ROUND_THE_CLOCK,
            now=timezone.make_naive(self.now),
        )

    @property
    def lines(self) -> list[Line]:
        """The ledger with both figures at each entry."""
        moments = [(each, timezone.make_naive(each.at)) for each in self.entries]
        return [Line(each, self.ledger.gross_at(at), self.ledger.net_at(at)) for each, at in moments]

    @property
    def is_failure(self) -> bool:
        """Whether the clocks of 8.2 run."""
        return self.order.kind == OrderKind.FAILURE

    @property
    def answered(self) -> bool:
        """Whether somebody who can act answered."""
        return self.ledger.answered is not None

    @property
    def restored(self) -> bool:
        """Whether the service is usable again."""
        return self.ledger.restored is not None

    @cached_property
    def ended(self) -> bool:
        """Whether the order is closed and did not break again; whoever received it first stays responsible after handing it on."""
        return self._last(EntryKind.CLOSE, EntryKind.REOPEN) == EntryKind.CLOSE

    @property
    def cause_waits(self) -> bool:
        """Whether a cause was proposed that the client has not confirmed."""
        return self._last(EntryKind.CAUSE, EntryKind.CAUSE_PROPOSED) == EntryKind.CAUSE_PROPOSED

    @property
    def change(self) -> str:
        """The last word on a change: estimated, agreed, declined; empty while it is not estimated."""
        return self._last(EntryKind.ESTIMATE, EntryKind.AGREED, EntryKind.DECLINED)

    @property
    def handed_on(self) -> bool:
        """Whether the unit in charge has it, and whoever received it first waits for the result."""
        return self._last(EntryKind.HANDED_ON, EntryKind.REOPEN) == EntryKind.HANDED_ON

    @property
    def on_site(self) -> bool:
        """Whether the engineer is with the user."""
        return self._last(EntryKind.ARRIVED, EntryKind.LEFT) == EntryKind.ARRIVED

    @property
    def asked_again(self) -> bool:
        """Whether the requester was asked after the end."""
        return self._last(EntryKind.FOLLOW_UP, EntryKind.REOPEN) == EntryKind.FOLLOW_UP

    @property
    def handlers(self) -> frozenset[int]:
        """The accounts that handled it; none of them asks how satisfied the requester is."""
        handling = {
            EntryKind.ANSWER,
            EntryKind.STEP,
            EntryKind.RESTORE,
            EntryKind.WORKAROUND,
            EntryKind.CLOSE,
            EntryKind.HANDED_ON,
        }
        return frozenset(each.account_id for each in self.entries if each.kind in handling)

    @property
    def state(self) -> str:
        """The state word."""
        if self.ended:
            return "已办结"
        if self.handed_on:
            return "已转办"
        if not self.answered:
            return "待答复"
        if self.is_failure and not self.restored:
            return "停计" if self.ledger.waiting else "恢复中"
        if self.is_failure and self.cause_waits:
            return "待确认归因"
        if self.change == EntryKind.ESTIMATE:
            return "待批准"
        return "处理中"

    @property
    def late(self) -> bool:
        """Whether a limit is past: one of 8.2 for a failure, the term of the order for others."""
        if self.is_failure:
            return ledger.Kept.NO in (self.ledger.response_kept, self.ledger.restore_kept_gross)
        return self.order.due is not None and (self.order.closed or self.now) > self.order.due

    def allowed(self) -> frozenset[EntryKind]:
        """What may be written next by the state of the order; who may write it is another question."""
        if self.ended:
            again = frozenset({EntryKind.REOPEN})
            return again if self.asked_again else again | {EntryKind.FOLLOW_UP}
        return frozenset(kind for kind, may in self._rules() if may)

    def _rules(self) -> Iterator[tuple[EntryKind, bool]]:
        broken = self.is_failure and not self.restored
        yield EntryKind.AUTO_REPLY, not self.answered
        yield EntryKind.ANSWER, not self.answered
        yield EntryKind.STEP, self.answered
        yield EntryKind.NOTE, True
        yield EntryKind.PAUSE, broken and not self.ledger.waiting
        yield EntryKind.RESUME, broken and self.ledger.waiting
        yield EntryKind.WORKAROUND, broken and self.answered
        yield EntryKind.WORKAROUND_AGREED, broken and self._last(EntryKind.WORKAROUND) != ""
        yield EntryKind.RESTORE, broken and self.answered
        yield EntryKind.REOPEN, self.is_failure and self.restored
        yield EntryKind.CAUSE_PROPOSED, self.is_failure and self.answered
        yield EntryKind.CAUSE, self.is_failure and self.cause_waits
        yield EntryKind.ESTIMATE, self.order.kind == OrderKind.CHANGE and self.answered and self.change != "agreed"
        yield EntryKind.AGREED, self.change == EntryKind.ESTIMATE
        yield EntryKind.DECLINED, self.change == EntryKind.ESTIMATE
        visit = self.order.kind == OrderKind.VISIT and self.answered
        yield EntryKind.ARRIVED, visit and not self.on_site
        yield EntryKind.SIGNED, visit and self.on_site
        yield EntryKind.LEFT, visit and self.on_site
        yield EntryKind.CLOSE, self._may_close()
        yield EntryKind.HANDED_ON, self.order.kind in DEMANDS and self.answered and not self.handed_on

    def _may_close(self) -> bool:
        if not self.answered or self.change == EntryKind.ESTIMATE:
            return False
        if self.order.kind == OrderKind.VISIT and (self.on_site or not self._last(EntryKind.SIGNED)):
            return False
        return not self.is_failure or (self.restored and self.ledger.binding is not None and not self.cause_waits)

    def _last(self, *kinds: EntryKind) -> str:
        return next((each.kind for each in reversed(self.entries) if each.kind in kinds), "")


STATES: Mapping[str, str] = {word: word for word in (
    "待答复", "恢复中", "停计", "待确认归因", "待批准", "处理中", "已办结", "已转办",
)}  # fmt: skip
"""The words :attr:`Standing.state` uses."""
