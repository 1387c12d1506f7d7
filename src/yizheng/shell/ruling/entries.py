"""What dated data adds to the side of the administrators' and the deciders' pages."""

from yizheng.people.kinds import Role
from yizheng.shell.navigation import NavEntry, declare
from yizheng.shell.ruling.access import ADMINS

declare(
    "ruling",
    "规则与日历",
    [
        NavEntry("工作", "规则参数", "adjustments", "ruling:rules", ADMINS),
        NavEntry("工作", "工作日历", "calendar-event", "ruling:calendar", ADMINS),
        NavEntry("工作", "承诺时限", "hourglass", "ruling:promises", ADMINS | {Role.DECIDER}),
    ],
    order=96,
)
