"""The monthly sheet of indicators, frozen when it is handed in."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from yizheng.systems.service.models.contract import Contract


class MonthSheet(models.Model):
    """The indicators of a month as they were told (10.6). Rows are only added."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="month_sheets")
    month = models.DateField("月份")
    """Its first day."""
    rows = models.JSONField("指标")
    said = models.CharField("说明", max_length=500, blank=True)
    digest = models.CharField("内容摘要", max_length=64)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="填报人")
    made = models.DateTimeField("填报时间", auto_now_add=True)

    class Meta:
        verbose_name = "指标月报"
        ordering = ("contract", "month")
        constraints = [models.UniqueConstraint(fields=["contract", "month"], name="service_month_once")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} 指标月报"
