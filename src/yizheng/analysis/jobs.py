"""每月提问: what somebody wants to know each month lies in her inbox, asked with her own reach."""

from __future__ import annotations

from django.urls import reverse

from yizheng.analysis.asking import NoGround
from yizheng.analysis.keeping import ask, keep
from yizheng.analysis.models import SavedQuestion
from yizheng.analysis.questions import BadQuestion, Result
from yizheng.people.scope import acting_as
from yizheng.work import inbox
from yizheng.work.schedules import schedule

MOST_TOLD = 5


@schedule("0 7 1 * *", "analysis.monthly", title="每月提问")
def ask_monthly() -> int:
    """Ask every question that is wanted each month; how many were answered."""
    answered = 0
    for saved in SavedQuestion.objects.filter(monthly=True, account__is_active=True).select_related("account"):
        with acting_as(saved.account):
            try:
                found = ask(saved.asked, saved.account)
            except (NoGround, BadQuestion):
                continue
            kept = keep(found, saved.account, saved.title)
            inbox.send(
                title=f"每月提问：{saved.title}",
                kind="analysis.monthly",
                to=saved.account,
                body=f"{found.sentence}。{_told(found.result)}",
                link=reverse("analysis:answer", args=[kept.pk]),
            )
        answered += 1
    return answered


def _told(result: Result) -> str:
    """The first lines of a result in words."""
    lines = (
        f"{line.label} {'、'.join('不显示' if c.hidden else str(c.value) for c in line.cells)}"
        for line in result.lines[:MOST_TOLD]
    )
    return "；".join(lines)
