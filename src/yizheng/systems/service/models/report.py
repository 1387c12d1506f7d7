"""Reports under the contract: frozen when handed in, received, questioned or passed by silence."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse

from yizheng.systems.service.models.contract import Contract


class Report(models.Model):
    """The report of a quarter of the term; a correction is a new version beside it (10.3)."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="reports")
    quarter = models.PositiveSmallIntegerField("季度")
    version = models.PositiveSmallIntegerField("版本", default=1)
    figures = models.JSONField("数字")
    said = models.TextField("说明", max_length=4000, blank=True)
    digest = models.CharField("内容摘要", max_length=64)
    sent = models.DateTimeField("提交时间")
    sender = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="提交人")
    received = models.DateTimeField("收到时间", null=True)
    questioned = models.DateTimeField("提出异议时间", null=True)
    question = models.CharField("异议", max_length=500, blank=True)
    passed = models.DateTimeField("审核通过时间", null=True)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="审核人"
    )

    class Meta:
        verbose_name = "季度报告"
        ordering = ("contract", "quarter", "version")
        constraints = [
            models.UniqueConstraint(fields=["contract", "quarter", "version"], name="service_report_version_once"),
            models.CheckConstraint(
                condition=models.Q(questioned__isnull=True) | models.Q(received__isnull=False),
                name="service_question_after_receipt",
            ),
            models.CheckConstraint(
                condition=~models.Q(reviewer=models.F("sender")), name="service_report_second_person"
            ),
        ]

    def __str__(self) -> str:
        return f"第 {self.quarter} 季度报告（第 {self.version} 版）"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("service:report", args=[self.pk])
