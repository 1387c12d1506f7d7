"""What this room does by the clock and on demand: make the public tables anew, forget unused allowances."""

from yizheng.disclosure.allowances import forget_full
from yizheng.disclosure.open_data import make_today
from yizheng.disclosure.publishing import recount, republish_all
from yizheng.work.jobs import Progress, job
from yizheng.work.schedules import schedule

REPUBLISH, OPEN_DATA = "disclosure.republish", "disclosure.open_data"


@job(REPUBLISH, title="重新生成公示数据", at="0 6 * * *")
def republish(progress: Progress) -> None:
    """Make every public entry anew from the facts: periods that began or ended today change what is counted and found."""
    republish_all(progress=progress.report)


@job(OPEN_DATA, title="生成开放数据", at="20 6 * * *")
def open_data_of_today(progress: Progress) -> None:
    """The files of the day, behind the entries made anew."""
    progress.report(make_today().rows)


schedule("*/15 * * * *", "disclosure.tally", title="公示计数")(recount)
schedule("50 3 * * *", "disclosure.allowances", title="清理查询限额")(forget_full)
