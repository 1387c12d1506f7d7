"""What the room adds to the side of office pages."""

from yizheng.people.models import Account
from yizheng.shell.navigation import NavEntry, declare
from yizheng.systems.sequelae import rights
from yizheng.systems.sequelae.models import Alert, Study
from yizheng.systems.sequelae.models.images import StudyState


def _for(roles: frozenset[str]) -> frozenset[str]:
    return roles


def _alerts(account: Account) -> int:
    return Alert.objects.visible_to(account).filter(closed=None).count()


def _studies(account: Account) -> int:
    return Study.objects.visible_to(account).filter(state=StudyState.REVIEW).count()


declare(
    "sequelae",
    "非典后遗症健康管理",
    [
        NavEntry("工作", "自伤提醒", "bell-ringing", "sequelae:alerts", _for(rights.SEE_ANSWERS), _alerts, order=1),
        NavEntry("工作", "现场会诊", "stethoscope", "sequelae:persons", _for(rights.KNOW_NAMES), order=2),
        NavEntry("工作", "年度轮次", "calendar-event", "sequelae:rounds", _for(rights.EVERYBODY), order=3),
        NavEntry("数据", "体征词", "books", "sequelae:words", _for(rights.TAKE_IN), order=2),
        NavEntry("数据", "随访统计", "chart-bar", "sequelae:analyses", _for(rights.ANALYSE), order=2),
        NavEntry("数据", "导出", "download", "sequelae:exports", _for(rights.SEE_EXPORTS), order=4),
        NavEntry("数据", "影像接收", "scan", "sequelae:deliveries", _for(rights.TAKE_IN), _studies, order=2),
        NavEntry("数据", "健康对照", "users", "sequelae:controls", _for(rights.SEE_CONTROLS), order=3),
        NavEntry("数据", "体检数据", "database-import", "sequelae:batches", _for(rights.TAKE_IN), order=1),
    ],
    order=40,
)
