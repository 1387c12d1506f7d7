"""What this room does by the clock and on demand: make the public tables anew, forget unused allowances."""

from yizheng.disclosure.allowances import forget_full
from yizheng.disclosure.publishing import recount, republish_all
from yizheng.work.jobs import Progress, defer, job
from yizheng.work.schedules import schedule

REPUBLISH = "disclosure.republish"


@job(REPUBLISH, title="重新生成公示数据")
def republish(progress: Progress) -> None:
    """Make every public entry anew from the facts; repeats harmlessly."""
    republish_all(progress=progress.report)


@schedule("0 6 * * *", REPUBLISH, title="每日更新公示数据")
def republish_daily() -> None:
    """Put the renewal into the queue: periods that began or ended today change what is counted and found."""
    defer(REPUBLISH, reason="每日更新公示数据")


@schedule("*/15 * * * *", "disclosure.tally", title="公示计数")
def count_registers() -> None:
    """Count what the public home shows."""
    recount()


@schedule("50 3 * * *", "disclosure.allowances", title="清理查询限额")
def forget_allowances() -> None:
    """Delete the buckets nobody has used for a day."""
    forget_full()
