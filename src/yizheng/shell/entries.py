"""The entries at the side that belong to no system: jobs, approvals, and the three administrators' pages (三员分立)."""

from yizheng.people.kinds import Role
from yizheng.shell.navigation import NavEntry, declare

OFFICE = frozenset({Role.ACCEPTOR, Role.REVIEWER, Role.DECIDER, Role.ANALYST, Role.ENGINEER})
RECOVERY = frozenset({Role.SYSTEM_ADMIN, Role.ENGINEER})
_ACCOUNTS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN})


declare(
    "",
    "",
    [
        NavEntry("工作", "窗口核实", "id-badge-2", "people:counter", frozenset({Role.ACCEPTOR}), order=45),
        NavEntry("工作", "待批准", "user-check", "work:approvals", OFFICE | _ACCOUNTS, order=50),
        NavEntry("数据", "后台任务", "list-details", "work:jobs", OFFICE | _ACCOUNTS, order=80),
        NavEntry("数据", "备份与演练", "shield-check", "work:recovery", RECOVERY, order=90),
    ],
)
declare(
    "people",
    "账号与审计",
    [
        NavEntry("工作", "账号", "users", "people:accounts", _ACCOUNTS),
        NavEntry("工作", "授权", "key", "people:proposals", _ACCOUNTS),
        NavEntry("数据", "审计", "shield-check", "people:audit", frozenset({Role.AUDIT_ADMIN})),
    ],
    order=95,
)
