"""统计分析: a run with the data it was made of, so that anybody who may can make it again and get the same figures."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse

from yizheng.people.kinds import Role
from yizheng.systems.sequelae import rights
from yizheng.systems.sequelae.models.purposes import Purposed, PurposeQuerySet


class Kind(models.TextChoices):
    """What a run asks."""

    DISEASES = "diseases", "专科疾病统计"
    TREND = "trend", "特定疾病变化趋势"
    SURVIVAL = "survival", "至事件时间"
    HEALTHY = "healthy", "与健康人群对比"
    MATCHED = "matched", "与健康对照匹配比较"
    GROUPS = "groups", "因公与非因公比较"


class Run(Purposed):
    """One run: what was asked, the data without identities (enciphered), their digest, and the figures."""

    open_to: ClassVar[frozenset[Role]] = rights.ANALYSE
    written_by: ClassVar[frozenset[Role]] = rights.ANALYSE

    kind = models.CharField("分析", max_length=10, choices=Kind)
    item = models.CharField("项目", max_length=20)
    until = models.PositiveSmallIntegerField("至年度")
    data = models.TextField("数据")
    digest = models.CharField("数据摘要", max_length=64)
    figures = models.JSONField("结果")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="运行人")
    at = models.DateTimeField("时间", auto_now_add=True)

    objects: ClassVar[PurposeQuerySet[Run]] = PurposeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "统计分析"
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("sequelae:run", args=[self.pk])
