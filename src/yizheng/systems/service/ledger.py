"""The ledger of a failure: what its clocks say from the events written down, and which of its limits were kept.

Nothing is stored but the events; every figure follows from them, so that another calendar or a corrected cause never
rewrites what happened. The contract prints no pause (8.2): the gross figure is never paused, the net one leaves out what was
waited for the client or a third party.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cached_property

from yizheng.kernel.calendar.hours import Hours, Stretch


class Kind(StrEnum):
    """What may be written down of a failure."""

    REPORT = "report"
    AUTO_REPLY = "auto_reply"
    ANSWER = "answer"
    PAUSE = "pause"
    RESUME = "resume"
    WORKAROUND = "workaround"
    WORKAROUND_AGREED = "workaround_agreed"
    RESTORE = "restore"
    REOPEN = "reopen"
    CAUSE = "cause"


class Kept(StrEnum):
    """Whether a limit was kept."""

    YES = "yes"
    NO = "no"
    PENDING = "pending"


CONTRACTOR = "contractor"
"""The cause that makes the limits of 8.2 binding."""
_RESTORING = frozenset({Kind.RESTORE, Kind.WORKAROUND_AGREED})


@dataclass(frozen=True, slots=True)
class Event:
    """What happened when; for a pause or a cause also who is waited for or whose fault it is."""

    kind: Kind
    at: datetime
    who: str = ""


@dataclass(frozen=True)
class Limits:
    """By when a failure must be answered and restored, in running time (8.2: 1 hour and 4 hours)."""

    response: timedelta
    restore: timedelta


@dataclass(frozen=True)
class Ledger:
    """What is known of one failure at a moment. Events may come in any order; only what followed the report counts."""

    events: Sequence[Event]
    limits: Limits
    hours: Hours
    now: datetime

    @cached_property
    def reported(self) -> datetime | None:
        """When the failure was reported first."""
        return next(self._when(self._known, Kind.REPORT), None)

    @cached_property
    def answered(self) -> datetime | None:
        """When somebody who can act answered first; an automatic reply is no answer."""
        return next(self._when(self._since, Kind.ANSWER), None)

    @cached_property
    def restored(self) -> datetime | None:
        """When the service was usable again, or a way round was agreed to, after it last broke again."""
        broken = [place for place, each in enumerate(self._since) if each.kind is Kind.REOPEN]
        after = self._since[broken[-1] :] if broken else self._since
        return next(self._when(after, *_RESTORING), None)

    @property
    def response(self) -> timedelta | None:
        """From the report to the answer; never paused."""
        return self._elapsed(self.answered)

    @property
    def restore_gross(self) -> timedelta | None:
        """From the report to the restored service, nothing left out."""
        return self._elapsed(self.restored)

    @property
    def restore_net(self) -> timedelta | None:
        """From the report to the restored service without the pauses."""
        return None if self.restored is None else self._net(self.restored)

    def gross_at(self, moment: datetime) -> timedelta | None:
        """What had run since the report at a moment."""
        return self._elapsed(moment)

    def net_at(self, moment: datetime) -> timedelta | None:
        """The same without the pauses."""
        return self._net(moment)

    @property
    def waiting(self) -> bool:
        """Whether a pause is open and the service not restored."""
        return bool(self._pauses) and self.restored is None and self._pauses[-1][1] is None

    @property
    def response_due(self) -> datetime | None:
        """The last moment for the answer."""
        return self.reported and self.hours.after(self.reported, self.limits.response)

    @property
    def restore_due(self) -> datetime | None:
        """The last moment for the restored service, nothing left out."""
        return self.reported and self.hours.after(self.reported, self.limits.restore)

    @cached_property
    def restore_due_net(self) -> datetime | None:
        """The same moved on by the pauses; nothing while an open pause holds it."""
        due = self.restore_due
        for start, end in self._pauses:
            if due is None or start >= due:
                break
            due = None if end is None else self.hours.after(due, self.hours.running(start, end))
        return due

    @property
    def response_kept(self) -> Kept | None:
        """Whether the answer was in time."""
        return self._kept(self.response, self._elapsed(self.now), self.limits.response)

    @property
    def restore_kept_gross(self) -> Kept | None:
        """Whether the service was restored in time, nothing left out."""
        return self._kept(self.restore_gross, self._elapsed(self.now), self.limits.restore)

    @property
    def restore_kept_net(self) -> Kept | None:
        """Whether the service was restored in time without the pauses."""
        return self._kept(self.restore_net, self._net(self.now), self.limits.restore)

    @property
    def binding(self) -> bool | None:
        """Whether the limits bind the contractor: by the cause found last, nothing while none is found."""
        causes = [each.who for each in self._since if each.kind is Kind.CAUSE]
        return causes[-1] == CONTRACTOR if causes else None

    @cached_property
    def _known(self) -> list[Event]:
        return sorted((each for each in self.events if each.at <= self.now), key=lambda each: each.at)

    @cached_property
    def _since(self) -> list[Event]:
        return [each for each in self._known if self.reported is not None and each.at >= self.reported]

    @cached_property
    def _pauses(self) -> list[tuple[datetime, datetime | None]]:
        """Pauses before the service was restored, apart from one another; the last may still be open."""
        pauses: list[tuple[datetime, datetime | None]] = []
        start: datetime | None = None
        for each in self._since:
            if each.kind is Kind.PAUSE and start is None and (self.restored is None or each.at < self.restored):
                start = each.at
            elif each.kind is Kind.RESUME and start is not None:
                pauses.append((start, each.at))
                start = None
        return pauses if start is None else [*pauses, (start, self.restored)]

    @staticmethod
    def _when(events: Iterable[Event], *kinds: Kind) -> Iterator[datetime]:
        return (each.at for each in events if each.kind in kinds)

    def _elapsed(self, end: datetime | None) -> timedelta | None:
        return None if self.reported is None or end is None else self.hours.running(self.reported, end)

    def _net(self, end: datetime) -> timedelta | None:
        gross = self._elapsed(end)
        if gross is None:
            return None
        waited: list[Stretch] = [(start, min(stop or end, end)) for start, stop in self._pauses]
        return gross - sum((self.hours.running(*each) for each in waited), timedelta())

    def _kept(self, taken: timedelta | None, so_far: timedelta | None, limit: timedelta) -> Kept | None:
        if so_far is None:
            return None
        if taken is not None:
            return Kept.YES if taken <= limit else Kept.NO
        return Kept.PENDING if so_far <= limit else Kept.NO
