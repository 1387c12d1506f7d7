"""What the register of institutions adds to the side of office pages."""

from yizheng.people.kinds import AccountKind, Role
from yizheng.shell.navigation import NavEntry, declare

READERS = frozenset({Role.ACCEPTOR, Role.REVIEWER, Role.DECIDER, Role.INSPECTOR, AccountKind.INSTITUTION})

declare(
    "institutions",
    "医疗机构电子化注册",
    [NavEntry("登记簿", "机构登记", "building-hospital", "institutions:list", READERS, order=40)],
    order=20,
)
