"""The clocks of adverts: a year from the day of approval, and the copy to the market regulator (医疗广告管理办法 第十二条、第十三条)."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from yizheng.kernel.statutes import advert_rules
from yizheng.licensing.case_clock.calendars import working_calendar
from yizheng.licensing.deadlines.clocks import Clock, Recipient, RegisterClocks, declare
from yizheng.systems.adverts import publishing
from yizheng.systems.adverts.models import AdvertApproval
from yizheng.systems.adverts.register import ADVERTS

COPY_DAYS = 5
"""Working days within which the organ of market supervision gets a copy."""
_LOOKED_AT = 60
"""Days back in which a decision that was not copied is still told of."""


def _parameters(on: date) -> Mapping[str, Any]:
    """The days of the last decisions, and the first day on which the copy of each is late."""
    calendar = working_calendar()
    days = [on - timedelta(days=number) for number in range(_LOOKED_AT)]
    late = [calendar.add_working_days(day, COPY_DAYS) + timedelta(days=1) for day in days]
    return {"copied_days": days, "copied_late": late}


CLOCKS = RegisterClocks(register=ADVERTS, parameters=_parameters, after_end=publishing.refresh)

declare(
    Clock(
        of=CLOCKS,
        code="advert_term",
        title="医疗广告审查证明有效期届满",
        article=advert_rules(13),
        warn_days=60,
        again=(30,),
        sentence="医疗广告审查证明有效期届满，继续发布须重新申请审查",
        recipients=frozenset({Recipient.INSTITUTION, Recipient.AUTHORITY}),
        fact=AdvertApproval,
        fires_on="fact.term_to + 1",
        where="fact.status = 'valid'",
    ),
    Clock(
        of=CLOCKS,
        code="advert_copy",
        title="医疗广告审查决定抄送市场监督管理部门",
        article=advert_rules(12),
        warn_days=2,
        sentence="医疗广告审查决定抄送市场监督管理部门的期限届满，对方还没有回执",
        recipients=frozenset({Recipient.AUTHORITY}),
        fact=AdvertApproval,
        joins="join unnest(%(copied_days)s::date[], %(copied_late)s::date[]) as copy (decided, late) on copy.decided = fact.term_from",
        fires_on="copy.late",
        where=(
            "not exists (select from exchange_message told where told.channel = 'market_regulator'"
            " and told.key = fact.number and told.state = 'acked')"
        ),
    ),
)
