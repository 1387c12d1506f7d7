"""The clock of the watch lists: a quarter of an hour at most passes between a change and its message."""

from yizheng.systems.practitioners.roster.watching import tell_changes
from yizheng.work.schedules import schedule


@schedule("*/15 * * * *", "practitioners.watch", title="关注名单核对登记状态")
def watch_registrations() -> None:
    """Tell every owner of a list what changed since the last time."""
    tell_changes()
