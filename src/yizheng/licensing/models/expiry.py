"""The end of something that ended by itself (到期终止): recorded on the day, with what it was and which clock ran out."""

from yizheng.people.visible_facts import VisibleEvent
from yizheng.registry.declarations import NEUTRAL, Told
from yizheng.registry.fields import TextField


class Expiry(VisibleEvent):
    """A filing, a special qualification or a certificate reached its last day the day before."""

    order, weight, drawn = 10, 160, NEUTRAL
    told = Told("{what}", begins="{line}{says}")
    entry = None

    clock = TextField("期限", 40)
    ended_line = TextField("终止的登记项", 80)
    what = TextField("终止的内容", 200)

    class Meta:
        verbose_name = "到期终止"
        db_table = "licensing_expiry"


def line(ended_line: str) -> str:
    """The line of the ends of one line."""
    return f"expiry:{ended_line}"
