"""Rules between registers: the order of a case's days, adverts beside the licence, decisions and their publication."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from yizheng.kernel.statutes import advert_rules, licensing_law
from yizheng.systems.supervision.declaring import Found, rule
from yizheng.systems.supervision.world import Advert, CaseDays, World, covers

_MAY_ADVERTISE = ("active", "filed", "check_due")
_DAYS_TO_PUBLISH = 7


@rule("X05", "时序错误", licensing_law(42), licensing_law(44), licensing_law(45))
def days_out_of_order(world: World) -> Found:
    """Applied, accepted, decided, delivered in another order, or decided after the limit."""
    for case in world.cases:
        days = [*_days(world, case)]
        deadline = _deadline(world, case)
        late = deadline and case.decided and deadline < case.decided <= world.today
        if late or any(before > after for before, after in pairwise(days)):
            yield case.id


def _days(world: World, case: CaseDays) -> Iterator[date]:
    for day in (case.applied, case.accepted, case.decided, case.delivered):
        if known := world.known(day):
            yield known


def _deadline(world: World, case: CaseDays) -> date | None:
    if case.accepted is None or case.limit is None:
        return None
    length = case.limit + (case.excluded_days or 0)
    if case.unit == "workday":
        return world.calendar.add_working_days(case.accepted, length)
    return world.calendar.next_working_day(case.accepted + timedelta(days=length), inclusive=True)


@rule("X06", "广告与登记不一致", advert_rules(6), advert_rules(19))
def advert_unlike_licence(world: World) -> Found:
    """An advert that runs says otherwise than the register, or its institution may not advertise."""
    for advert in world.adverts:
        running = advert.state == "valid" and covers(advert.valid_from, advert.valid_to, world.today)
        if running and _differs(world, advert):
            yield advert.number


def _differs(world: World, advert: Advert) -> bool:
    held = world.by_id.get(advert.institution)
    if held is None or held.status not in _MAY_ADVERTISE:
        return True
    beds = advert.beds is not None and advert.beds != (held.beds or 0)
    return beds or advert.name != held.name or advert.address != held.address


@rule("X07", "双公示迟报、漏报", licensing_law(40))
def published_late(world: World) -> Found:
    """No record accepted within seven working days of the decision."""
    for decision in world.decisions:
        if decision.decided and decision.decided <= world.today:
            last = world.calendar.add_working_days(decision.decided, _DAYS_TO_PUBLISH)
            if (world.known(decision.accepted) or world.today) > last:
                yield decision.id
