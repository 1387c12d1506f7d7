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
with orders as (
    select id from service_workorder
    where contract_id = %(contract)s and kind = 'failure' and reported >= %(since)s and reported < %(until)s
), told as materialized (
    select entry.order_id, entry.kind, entry.at, entry.party,
           row_number() over (partition by entry.order_id order by entry.at, entry.id) as place,
           min(entry.at) filter (where entry.kind = 'report') over (partition by entry.order_id) as reported
    from service_entry entry join orders on orders.id = entry.order_id
    where entry.at <= %(now)s
      and entry.kind in ('report', 'answer', 'pause', 'resume', 'restore', 'workaround_agreed', 'reopen', 'cause')
), since as (
    select *, max(place) filter (where kind = 'reopen') over (partition by order_id) as broken
    from told where at >= reported
), clocks as materialized (
    select order_id, min(reported) as reported,
           min(at) filter (where kind = 'answer') as answered,
           min(at) filter (where kind in ('restore', 'workaround_agreed') and place > coalesce(broken, 0)) as restored,
           (array_agg(party order by place desc) filter (where kind = 'cause'))[1] as cause
    from since group by order_id
), turns as (
    select since.order_id, kind, at, lag(kind) over known as former, place
    from since join clocks using (order_id)
    where kind = 'resume' or (kind = 'pause' and (restored is null or at < restored))
    window known as (partition by since.order_id order by place)
), pauses as (
    select order_id, kind, at, lead(at) over (partition by order_id order by place) as ended
    from turns where former is distinct from kind
), waited as (
    select pauses.order_id, sum(least(coalesce(ended, %(now)s), coalesce(restored, %(now)s)) - at) as waited
    from pauses join clocks using (order_id) where kind = 'pause' group by pauses.order_id
)
select order_id, answered - reported, restored - reported, restored - reported - coalesce(waited, '0'), cause,
       %(now)s - reported, %(now)s - reported - coalesce(waited, '0')
from clocks left join waited using (order_id) order by order_id
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
