"""Deadlines at the side of every office page."""

from yizheng.people.kinds import AccountKind, Role
from yizheng.shell.navigation import NavEntry, declare

READERS = frozenset({Role.ACCEPTOR, Role.REVIEWER, Role.DECIDER, Role.INSPECTOR, AccountKind.INSTITUTION})

declare("", "", [NavEntry("工作", "期限", "hourglass", "deadlines:list", READERS, order=30)])
