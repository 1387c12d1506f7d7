"""What supervision adds at the side of the office."""

from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.shell.navigation import NavEntry, declare
from yizheng.systems.supervision.models import Clue, ClueState

INSPECTORS = frozenset({Role.INSPECTOR})


def waiting(account: Account) -> int:
    """Clues nobody has begun to verify."""
    return Clue.objects.visible_to(account).filter(state=ClueState.ASSIGNED).count()


declare(
    "supervision",
    "执业资质监管",
    [
        NavEntry("工作", "监管线索", "flag", "supervision:clues", INSPECTORS, waiting, order=12),
        NavEntry("工作", "双随机抽查", "route", "supervision:draws", INSPECTORS, order=35),
        NavEntry("数据", "监管规则", "list-details", "supervision:rules", INSPECTORS, order=25),
        NavEntry("数据", "业务数据", "database-import", "supervision:extracts", INSPECTORS, order=26),
        NavEntry("数据", "互联网诊疗报送", "building-hospital", "supervision:online", INSPECTORS, order=27),
    ],
    order=60,
)
