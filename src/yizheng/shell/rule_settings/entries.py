"""What dated data adds to the side of the administrators' and the deciders' pages."""

from yizheng.people.kinds import Role
from yizheng.shell.access import ADMINS
from yizheng.shell.navigation import NavEntry, declare

declare(
    "rule_settings",
    "规则与日历",
    [
        NavEntry("工作", "规则参数", "adjustments", "rule_settings:rules", ADMINS),
        NavEntry("工作", "工作日历", "calendar-event", "rule_settings:calendar", ADMINS),
        NavEntry("工作", "承诺时限", "hourglass", "rule_settings:promises", ADMINS | {Role.DECIDER}),
    ],
    order=96,
)
