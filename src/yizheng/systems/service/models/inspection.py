"""Inspections of the platform by itself: what was measured, against which limit, with which verdict."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse


class Verdict(models.TextChoices):
    """How a reading came out; the labels are the state words of the face."""

    NORMAL = "normal", "正常"
    WARNING = "warning", "告警"
    FAULT = "fault", "失败"
    NONE = "none", "无此项"


class Inspection(models.Model):
    """One inspection: all readings of a moment, by the clock or by an engineer. Rows are only added."""

    at = models.DateTimeField("时间")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    verdict = models.CharField("结论", max_length=8, choices=Verdict)
    digest = models.CharField("内容摘要", max_length=64)
    signature = models.TextField("签名")

    class Meta:
        verbose_name = "巡检记录"
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.at} {self.get_verdict_display()}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("service:inspection", args=[self.pk])

    @property
    def statement(self) -> str:
        """What is signed: the moment and the digest of all readings."""
        return f"yizheng inspection {self.at.isoformat()} {self.digest}"


class Reading(models.Model):
    """One value of an inspection. Rows are only added."""

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="readings")
    object = models.CharField("对象", max_length=16)
    item = models.CharField("项目", max_length=40)
    value = models.CharField("结果", max_length=200)
    figure = models.FloatField("数值", null=True)
    limit = models.CharField("限值", max_length=100, blank=True)
    verdict = models.CharField("结论", max_length=8, choices=Verdict)

    class Meta:
        verbose_name = "巡检读数"
        ordering = ("id",)
        indexes = [models.Index(fields=["item", "-id"], name="service_readings_of_item")]

    def __str__(self) -> str:
        return f"{self.item} {self.value}"
