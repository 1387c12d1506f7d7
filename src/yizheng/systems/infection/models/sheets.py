"""报表: a month of one record of a hospital or unit, its draft, the versions that were submitted, and what happened to it."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.urls import reverse

from yizheng.people.rights.visibility import ScopedQuerySet
from yizheng.registry.models import Subject
from yizheng.systems.infection.models.units import Unit
from yizheng.systems.infection.records.declaring import Record
from yizheng.systems.infection.records.kinds import RECORDS, TITLES
from yizheng.systems.infection.reporting.lifecycle import SheetState


class Sheet(models.Model):
    """A month of one record. What is being typed is its draft; what was submitted stands in versions that never change."""

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+", verbose_name="医院", db_constraint=False)
    institution_scope = models.IntegerField("机构")
    authority_scope = models.IntegerField("辖区")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="sheets", verbose_name="科室")
    record = models.CharField("报表", max_length=16, choices=TITLES)
    period = models.DateField("月份")
    state = models.CharField("状态", max_length=2, choices=SheetState, default=SheetState.DRAFT)
    rows = models.JSONField("草稿", default=list)
    none = models.BooleanField("零报告", default=False)
    revision = models.IntegerField("改动次数", default=0)
    window = models.CharField("填写窗口", max_length=16, blank=True)
    saved = models.DateTimeField("保存时间", null=True)
    due = models.DateField("截止日期")
    submitted = models.DateTimeField("首次上报", null=True)
    version = models.ForeignKey(
        "SheetVersion", models.PROTECT, null=True, related_name="+", verbose_name="已上报的版本"
    )
    accepted = models.ForeignKey(
        "SheetVersion", models.PROTECT, null=True, related_name="+", verbose_name="已入库的版本"
    )

    objects: ScopedQuerySet[Sheet] = ScopedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "监测报表"
        ordering = ("-period", "record", "unit__code")
        constraints = (
            models.UniqueConstraint(
                fields=["subject", "record", "unit", "period"], name="infection_sheet_once", nulls_distinct=False
            ),
            models.CheckConstraint(condition=models.Q(period__day=1), name="infection_sheet_of_a_month"),
        )
        indexes = (models.Index(fields=["authority_scope", "state", "period"], name="infection_sheet_desk"),)

    def __str__(self) -> str:
        return f"{self.title} {self.period:%Y-%m}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("infection:sheet", args=[self.pk])

    @property
    def kind(self) -> Record:
        """What is reported."""
        return RECORDS[self.record]

    @property
    def title(self) -> str:
        """The record with its unit."""
        return f"{self.unit.name}　{self.kind.title}" if self.unit else self.kind.title

    @property
    def line(self) -> str:
        """Its line in the register."""
        return line_of(self.record, self.unit.code if self.unit else "", self.period)


def line_of(record: str, unit: str, period: date) -> str:
    """The line of a sheet: its record, unit and month."""
    return f"infection:{record}:{unit}:{period:%Y%m}"


class SheetVersion(models.Model):
    """What was submitted once: the rows, their digest and their counts. Never changed."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="versions", verbose_name="报表")
    number = models.IntegerField("版本")
    rows = models.JSONField("内容")
    none = models.BooleanField("零报告")
    digest = models.CharField("内容摘要", max_length=64)
    counts = models.JSONField("计数")
    rules = models.CharField("规则版本", max_length=10)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="上报人")
    at = models.DateTimeField("上报时间", auto_now_add=True)

    class Meta:
        verbose_name = "报表版本"
        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=["sheet", "number"], name="infection_version_number"),)
        indexes = (models.Index(fields=["digest"], name="infection_version_digest"),)

    def __str__(self) -> str:
        return f"{self.sheet_id} 第 {self.number} 版"


class SheetEvent(models.Model):
    """One act on a sheet."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="events", verbose_name="报表")
    act = models.CharField("动作", max_length=16)
    text = models.CharField("说明", max_length=500, blank=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.act}"
