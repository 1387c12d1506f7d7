"""The clocks of all failures of a time, told anew by one statement from their entries: what a report of many rests upon.

It says the same as :mod:`..ledger` says of one failure round the clock; a test holds the two together.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from yizheng.systems.service.ledger import CONTRACTOR, Kept, Limits
from yizheng.systems.service.models import Contract

_CLOCKS = """
-- each failure reported in a time: answer, restored service and waiting, from the entries written up to a moment.
-- A failure that broke again counts as restored after the last time it broke; a pause ends with the first word that it ended.
-- Windows alone, for a planner that cannot foresee how many rows a join of such parts has would try each with each.
with told as (
    select entry.order_id, entry.kind, entry.at, entry.party,
           row_number() over (partition by entry.order_id order by entry.at, entry.id) as place,
           min(entry.at) filter (where entry.kind = 'report') over (partition by entry.order_id) as reported
    from service_entry entry join service_workorder on service_workorder.id = entry.order_id
    where contract_id = %(contract)s and service_workorder.kind = 'failure'
      and service_workorder.reported >= %(since)s and service_workorder.reported < %(until)s and entry.at <= %(now)s
      and entry.kind in ('report', 'answer', 'pause', 'resume', 'restore', 'workaround_agreed', 'reopen', 'cause')
), since as (
    select *, max(place) filter (where kind = 'reopen') over (partition by order_id) as broken
    from told where at >= reported
), marked as (
    select *, min(at) filter (where kind in ('restore', 'workaround_agreed') and place > coalesce(broken, 0))
              over (partition by order_id) as restored
    from since
), turns as (
    select *, kind = 'resume' or (kind = 'pause' and (restored is null or at < restored)) as turn from marked
), begun as (
    select *, turn and (lag(kind) over (partition by order_id, turn order by place) is distinct from kind) as begins
    from turns
), pauses as (
    select *, lead(at) over (partition by order_id, begins order by place) as ended from begun
), clocks as (
    select order_id, min(reported) as reported, min(at) filter (where kind = 'answer') as answered,
           min(restored) as restored,
           (array_agg(party order by place desc) filter (where kind = 'cause'))[1] as cause,
           coalesce(
               sum(least(coalesce(ended, %(now)s), coalesce(restored, %(now)s)) - at)
               filter (where begins and kind = 'pause'), '0'
           ) as waited
    from pauses group by order_id
)
select order_id, answered - reported, restored - reported, restored - reported - waited, cause,
       %(now)s - reported, %(now)s - reported - waited
from clocks order by order_id
"""


@dataclass(frozen=True, slots=True)
class Clocked:
    """What the clocks of one failure say."""

    order: int
    response: timedelta | None
    gross: timedelta | None
    net: timedelta | None
    cause: str | None
    so_far: timedelta
    net_so_far: timedelta

    @property
    def binding(self) -> bool | None:
        """Whether the limits bind the contractor; nothing while no cause is found."""
        return None if self.cause is None else self.cause == CONTRACTOR

    def answered(self, limits: Limits) -> Kept:
        """Whether the answer was in time."""
        return _kept(self.response, self.so_far, limits.response)

    def restored(self, limits: Limits) -> Kept:
        """Whether the service was restored in time, nothing left out."""
        return _kept(self.gross, self.so_far, limits.restore)

    def restored_net(self, limits: Limits) -> Kept:
        """The same without the pauses."""
        return _kept(self.net, self.net_so_far, limits.restore)


def reclocked(contract: Contract, since: datetime, until: datetime, now: datetime) -> list[Clocked]:
    """The failures reported from a moment to before another, as they stood at a moment."""
    with connection.cursor() as cursor:
        cursor.execute(_CLOCKS, {"contract": contract.pk, "since": since, "until": until, "now": now})
        return [Clocked(*row) for row in cursor.fetchall()]


def _kept(taken: timedelta | None, so_far: timedelta, limit: timedelta) -> Kept:
    if taken is not None:
        return Kept.YES if taken <= limit else Kept.NO
    return Kept.PENDING if so_far <= limit else Kept.NO
