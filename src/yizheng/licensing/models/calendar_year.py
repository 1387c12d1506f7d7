"""A year of the State Council's notice on days off, as an administrator loaded it (放假安排)."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models


class CalendarYear(models.Model):
    """The days off and the working weekends of one year; a later row for the same year replaces the earlier."""

    year = models.SmallIntegerField("年份")
    days_off = ArrayField(models.DateField(), verbose_name="放假日")
    working_weekends = ArrayField(models.DateField(), verbose_name="调休上班日")
    notice = models.CharField("通知文号", max_length=120)
    loaded_by = models.ForeignKey("people.Account", models.PROTECT, null=True, related_name="+")
    loaded_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.year} 年 {self.notice}"

    def holiday_dates(self) -> frozenset[date]:
        """Days off, weekends named in the notice included."""
        return frozenset(self.days_off)

    def workday_dates(self) -> frozenset[date]:
        """Weekend days that are worked."""
        return frozenset(self.working_weekends)
