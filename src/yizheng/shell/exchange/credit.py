"""双公示月报: how many decisions of each month were told in time, late, not at all, or came back wrong; printed as any list."""

from datetime import date

from yizheng.exchange.channels.figures import to_mend
from yizheng.exchange.credit.channel import CREDIT as CHANNEL
from yizheng.exchange.credit.timeliness import Month, months
from yizheng.kernel.calendar.periods import add_months
from yizheng.people.kinds import Role
from yizheng.people.permissions import held_by
from yizheng.people.tables import Asked, Column, Number, Table
from yizheng.people.tables.table import Link
from yizheng.shell.access import DESKS, for_roles

READERS = DESKS | {Role.ANALYST, Role.ENGINEER}
MONTHS = 12


def _rows(asked: Asked) -> list[Month]:
    """Of the authorities of a desk; of all for those who watch over the city."""
    held = held_by(asked.account)
    scopes = {scope for role, scope in held.grants if role in DESKS}
    everything = held.has(Role.ANALYST) or held.has(Role.ENGINEER)
    first: date = add_months(asked.today.replace(day=1), 1 - MONTHS)
    return months(first, asked.today, None if everything else scopes)


def _says(asked: Asked) -> str:
    waiting = to_mend(CHANNEL.code).count()
    return f"行政许可自决定之日起七个工作日内报送市公共信用信息平台；{waiting} 条被退回待更正，在“接口通道”里处理"


CREDIT = Table(
    "credit_months",
    "双公示月报",
    _rows,
    (
        Column("月份", "name", 10, css="together"),
        Column("登记簿", "register", 12),
        Number("应报", "due", 8),
        Number("按期", "on_time", 8),
        Number("迟报", "late", 8),
        Number("漏报", "missing", 8),
        Number("退回", "wrong", 8),
        Number("期内未报", "pending", 10),
        Number("按期率", "rate", 10),
    ),
    guard=for_roles(READERS),
    says=_says,
    tally="行，近十二个月",
    empty="近十二个月没有要报送的行政许可决定。",
    links=lambda asked: [Link("通道", "/exchange/channels/credit/")],
)
"""By month and register."""
