"""What exchange adds to the side of office pages."""

from yizheng.people.kinds import Role
from yizheng.shell.navigation import NavEntry, declare

DESKS = frozenset({Role.ACCEPTOR, Role.REVIEWER, Role.DECIDER})
ADMINS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN})

declare(
    "",
    "",
    [
        NavEntry("数据", "数据交换", "send", "exchange:packages", DESKS, order=30),
        NavEntry("数据", "交换对象", "key", "exchange:partners", ADMINS, order=60),
    ],
)
