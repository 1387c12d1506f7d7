"""What infection control adds to the side of office pages."""

from yizheng.people.models import Account
from yizheng.shell.navigation import NavEntry, declare
from yizheng.systems.infection.models import Alarm, AlarmState, Problem, Recovery, RecoveryState
from yizheng.systems.infection.models.problems import UNSETTLED
from yizheng.systems.infection.pages.access import OF_HOSPITAL, ROLE_NAMES
from yizheng.systems.infection.restoring.acting import steps_of

_HOSPITAL: frozenset[str] = frozenset(OF_HOSPITAL)


def _alarms(account: Account) -> int:
    return Alarm.objects.visible_to(account).filter(state=AlarmState.OPEN).count()


def _problems(account: Account) -> int:
    return Problem.objects.visible_to(account).filter(state__in=UNSETTLED).count()


def _recoveries(account: Account) -> int:
    waiting = Recovery.objects.visible_to(account).filter(state__in=(RecoveryState.ASKED, RecoveryState.AGREED))
    return sum(bool(steps_of(each, account)) for each in waiting[:20])


declare(
    "infection",
    "医院感染控制管理",
    [
        NavEntry("工作", "上报", "clipboard-check", "infection:desk", ROLE_NAMES, order=1),
        NavEntry("工作", "聚集预警", "bell-ringing", "infection:alarms", ROLE_NAMES, _alarms, order=2),
        NavEntry("工作", "暴发事件", "message-report", "infection:outbreaks", ROLE_NAMES, order=3),
        NavEntry("工作", "问题数据", "alert-triangle", "infection:problems", ROLE_NAMES, _problems, order=4),
        NavEntry("登记簿", "数据包", "database-import", "infection:packages", _HOSPITAL, order=42),
        NavEntry("登记簿", "恢复数据", "history", "infection:recoveries", ROLE_NAMES, _recoveries, order=43),
        NavEntry("登记簿", "缺报", "clock-x", "infection:missing", ROLE_NAMES, order=40),
        NavEntry("登记簿", "监测科室", "building-hospital", "infection:units", _HOSPITAL, order=41),
        NavEntry("数据", "指标统计", "chart-bar", "infection:figures", ROLE_NAMES, order=40),
        NavEntry("数据", "手术医师", "stethoscope", "infection:surgeons", _HOSPITAL, order=41),
        NavEntry("数据", "计算器", "adjustments", "infection:calculators", ROLE_NAMES, order=41),
        NavEntry("数据", "与登记核对", "equal", "infection:joined", ROLE_NAMES, order=43),
        NavEntry("数据", "数据规则", "list-details", "infection:rules", ROLE_NAMES, order=42),
    ],
    order=50,
)
