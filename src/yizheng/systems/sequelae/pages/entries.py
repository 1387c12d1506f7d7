"""What the room adds to the side of office pages."""

from yizheng.shell.navigation import NavEntry, declare
from yizheng.systems.sequelae import rights


def _for(roles: frozenset[str]) -> frozenset[str]:
    return roles


declare(
    "sequelae",
    "非典后遗症健康管理",
    [
        NavEntry("工作", "自伤提醒", "bell-ringing", "sequelae:alerts", _for(rights.SEE_ANSWERS), order=1),
        NavEntry("工作", "现场会诊", "stethoscope", "sequelae:persons", _for(rights.EVERYBODY), order=2),
    ],
    order=40,
)
