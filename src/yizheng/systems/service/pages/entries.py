"""What the service adds to the side of office pages."""

from yizheng.people.models import Account
from yizheng.shell.navigation import NavEntry, declare
from yizheng.systems.service.matters.kinds import READ_BY
from yizheng.systems.service.models import WorkOrder
from yizheng.systems.service.rights import READERS
from yizheng.systems.service.words import OrderKind

_ROLES: frozenset[str] = frozenset(READERS)


def _open(account: Account) -> int:
    return WorkOrder.objects.visible_to(account).open().count()


def _failing(account: Account) -> int:
    return WorkOrder.objects.visible_to(account).open().filter(kind=OrderKind.FAILURE).count()


declare(
    "service",
    "运维服务",
    [
        NavEntry("工作", "服务台", "phone", "service:desk", _ROLES, _failing, order=1),
        NavEntry("工作", "工单", "list-details", "service:orders", _ROLES, _open, order=2),
        NavEntry("工作", "巡检", "clipboard-check", "service:inspections", _ROLES, order=3),
        NavEntry("登记簿", "合同义务", "calendar-event", "service:obligations", _ROLES, order=60),
        NavEntry("登记簿", "合同履行", "signature", "service:contract", _ROLES, order=61),
        NavEntry("登记簿", "服务目录", "books", "service:lines", _ROLES, order=62),
        NavEntry("工作", "上门行程", "building", "service:visits", _ROLES, order=5),
        NavEntry("工作", "台账", "books", "service:matters", frozenset(READ_BY), order=4),
        NavEntry("登记簿", "安全台账", "shield-check", "service:security", _ROLES, order=63),
        NavEntry("数据", "季度报告", "report", "service:reports", _ROLES, order=60),
        NavEntry("数据", "月报季评", "chart-bar", "service:indicators", _ROLES, order=59),
        NavEntry("数据", "验收交付物", "file-text", "service:acceptance", _ROLES, order=62),
        NavEntry("数据", "小变更", "adjustments", "service:changes", _ROLES, order=61),
    ],
    order=90,
)
declare("", "", [NavEntry("数据", "报告问题", "message-report", "service:my", order=99)])
