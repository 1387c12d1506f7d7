"""切片 by the clock: every register on the first of the month as of the last day of the month before, all at one position."""

from __future__ import annotations

from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from yizheng.kernel.calendar.periods import add_years
from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.people.scopes import city
from yizheng.registry.models.knowledge import latest_position
from yizheng.slices.columns import register_of, registers_to_slice
from yizheng.slices.cutting import cut
from yizheng.slices.models import Period, Slice
from yizheng.slices.reconciling import earlier_of, reconcile
from yizheng.slices.releasing import retire_overdue
from yizheng.work import inbox
from yizheng.work.jobs import job
from yizheng.work.progress import Progress
from yizheng.work.schedules import schedule


@job("slices.round", title="切出全部登记簿", at="30 2 1 * *")
def cut_round(
    progress: Progress, registers: tuple[str, ...] = (), day: str = "", purpose: str = "", by: int = 0
) -> str:
    """Cut the registers named, or all, at one position, and reconcile each with the slice before it.

    Started by the clock it cuts as of the last day of the month before; and of the same day a year earlier where there is no
    slice of it yet, so that a year can be compared from the first month on.
    """
    chosen = [register_of(code) for code in registers] or list(registers_to_slice())
    operator = Account.objects.filter(pk=by).first()
    days, period = ([date.fromisoformat(day)], Period.HAND) if day else (_monthly(), Period.MONTH)
    position, failed = latest_position(), []
    turns = [(valid_on, register) for valid_on in days for register in chosen]
    for number, (valid_on, register) in enumerate(turns):
        progress.report(number, len(turns), f"正在切出{register.title}")
        reason = purpose or f"{valid_on:%Y-%m} 月度切片"
        made = cut(register, valid_on, position, operator=operator, reason=reason, period=period)
        before = earlier_of(made)
        if before is not None and not reconcile(before, made).agrees:
            failed.append(made)
    for made in failed:
        _tell(made)
    progress.report(len(turns), len(turns), "对账不符，请看说明" if failed else "已切出，对账一致")
    return reverse("slices:list")


def _monthly() -> list[date]:
    """The last day of the month before, after the same a year earlier where nothing was cut of it."""
    last_month = timezone.localdate().replace(day=1) - timedelta(days=1)
    year_before = add_years(last_month, -1)
    return [last_month] if Slice.objects.filter(valid_on=year_before).exists() else [year_before, last_month]


def _tell(made: Slice) -> None:
    """Those who keep slices learn at once that one does not reconcile."""
    inbox.send(
        title=f"{register_of(made.register).title}切片对账不符",
        kind="slice.failed",
        role=Role.ANALYST,
        scope=city(),
        body="有登记内容的变动找不到对应的变更，已列出主体；在查清之前这个切片不能发布。",
        link=reverse("slices:slice", args=[made.pk]),
    )


schedule("50 3 * * *", "slices.retire", title="销毁到期切片的文件")(retire_overdue)
