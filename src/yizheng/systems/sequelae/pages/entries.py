"""What the room adds to the side of office pages."""

from yizheng.shell.navigation import NavEntry, declare
from yizheng.systems.sequelae import rights


def _for(roles: frozenset[str]) -> frozenset[str]:
    return roles


declare(
    "sequelae",
    "非典后遗症健康管理",
    [
        NavEntry("工作", "现场会诊", "stethoscope", "sequelae:persons", _for(rights.EVERYBODY), order=2),
        NavEntry("数据", "体检数据", "database-import", "sequelae:batches", _for(rights.TAKE_IN), order=1),
    ],
    order=40,
)
