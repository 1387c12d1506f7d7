"""What the desk adds to the side of every office page."""

from django.http import HttpRequest

from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account
from yizheng.shell.desk.statistics import READERS
from yizheng.shell.desk.worklist_cases import open_count
from yizheng.shell.navigation import NavEntry, declare

DESK = frozenset({Role.ACCEPTOR, Role.REVIEWER, Role.DECIDER, AccountKind.INSTITUTION})


def _open(request: HttpRequest) -> int | None:
    return open_count(request.user) if isinstance(request.user, Account) else None


declare(
    "",
    "",
    [
        NavEntry("工作", "待办", "inbox", "desk:worklist", DESK, _open, order=10),
        NavEntry("工作", "办件", "inbox", "desk:worklist", frozenset({Role.INSPECTOR}), order=10),
        NavEntry("工作", "依职权办理", "gavel", "desk:initiate", frozenset({Role.REVIEWER}), order=40),
        NavEntry("数据", "办件统计", "chart-bar", "desk:statistics", READERS, order=10),
        NavEntry("工作", "机构申办", "signature", "my:cases", frozenset({AccountKind.INSTITUTION}), order=15),
    ],
)
