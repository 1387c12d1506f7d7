"""感染监测 by the clock: sheets are weighed again, outbreaks looked for every night, hospitals reminded the day after a month was due."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils import timezone

from yizheng.people.models import Scope
from yizheng.systems.infection.models import Plan, Sheet
from yizheng.systems.infection.outbreaks.watching import watch
from yizheng.systems.infection.outbreaks.weekly import watch_city
from yizheng.systems.infection.records.declaring import month_before
from yizheng.systems.infection.reporting.lifecycle import NURSE, REPORTED
from yizheng.systems.infection.reporting.plans import due_day, planned
from yizheng.systems.infection.reporting.rechecking import recheck
from yizheng.work import inbox
from yizheng.work.models import Notice
from yizheng.work.schedules import schedule


@schedule("20 5 * * *", "infection.watch", title="聚集预警检测")
def watch_tonight() -> None:
    """Look for clusters in every hospital."""
    watch(timezone.localdate())


@schedule("40 4 * * *", "infection.recheck", title="复查监测报表")
def recheck_tonight() -> None:
    """Weigh again what was handed up, wholly when the rules have changed."""
    recheck(timezone.localdate())


@schedule("40 5 * * 1", "infection.watch_city", title="全市聚集检测")
def watch_this_week() -> None:
    """Judge the week that ended by every statistical method."""
    watch_city(timezone.localdate())


def _reminder(period: date) -> str:
    """What reminders of a month begin with."""
    return f"{period:%Y年%-m月}还有"


@schedule("30 7 * * *", "infection.remind", title="催报监测报表")
def remind() -> None:
    """Once after a month was due, also when the worker stood still that day, tell every hospital what it has not handed up."""
    today = timezone.localdate()
    period = month_before(today.replace(day=1))
    told = Notice.objects.filter(kind="infection", title__startswith=_reminder(period))
    if today <= due_day(period) or told.exists():
        return
    handed_up = set(
        Sheet.objects.filter(period=period, state__in=REPORTED).values_list("subject_id", "unit_id", "record")
    )
    lacking: dict[int, int] = {}
    for plan in planned(Plan.objects.all(), period):
        if (plan.subject_id, plan.unit_id, plan.record) not in handed_up:
            lacking[plan.subject_id] = lacking.get(plan.subject_id, 0) + 1
    scopes = dict(Scope.objects.filter(subject_id__in=lacking).values_list("subject_id", "pk"))
    for subject, number in lacking.items():
        if subject in scopes:
            title = f"{_reminder(period)} {number} 张监测报表没有上报"
            inbox.send(title=title, kind="infection", role=NURSE, scope=scopes[subject], link=reverse("infection:desk"))
