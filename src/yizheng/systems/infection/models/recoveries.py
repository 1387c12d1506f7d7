"""恢复丢失的数据: a hospital that lost what it reported asks for it back; two other persons agree, and every release is kept."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from yizheng.people.rights.visibility import ScopedQuerySet
from yizheng.registry.models import Subject
from yizheng.systems.infection.records.kinds import TITLES


class RecoveryState(models.TextChoices):
    """Where a request stands."""

    ASKED = "asked", "待院内审核"
    AGREED = "agreed", "待批准"
    RELEASED = "released", "已给回"
    REFUSED = "refused", "不予给回"


class Recovery(models.Model):
    """What a hospital asks back: records of months, as they were accepted by a moment, sealed for a key of its own."""

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+", verbose_name="医院", db_constraint=False)
    institution_scope = models.IntegerField("机构")
    authority_scope = models.IntegerField("辖区")
    first = models.DateField("自月份")
    last = models.DateField("至月份")
    records = models.JSONField("报表种类")
    as_of = models.DateTimeField("按此时入库的内容")
    reason = models.CharField("丢失的经过", max_length=300)
    contact = models.CharField("联系人", max_length=50)
    key = models.TextField("加密公钥")
    state = models.CharField("状态", max_length=8, choices=RecoveryState, default=RecoveryState.ASKED)
    content = models.JSONField("给回的内容", default=list)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="申请人")
    asked = models.DateTimeField("申请时间", auto_now_add=True)

    objects: ScopedQuerySet[Recovery] = ScopedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "恢复数据"
        ordering = ("-id",)
        constraints = (models.CheckConstraint(condition=Q(last__gte=F("first")), name="infection_recovery_ends_after"),)

    def __str__(self) -> str:
        return f"恢复数据 {self.pk}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("infection:recovery", args=[self.pk])

    @property
    def months(self) -> str:
        """The months in words."""
        return f"{self.first:%Y-%m}" if self.first == self.last else f"{self.first:%Y-%m} 至 {self.last:%Y-%m}"

    @property
    def titles(self) -> str:
        """The records in words."""
        return "、".join(TITLES[each] for each in self.records)


class RecoveryEvent(models.Model):
    """One act on a request: the log of what was asked, agreed, released, fetched and found equal."""

    recovery = models.ForeignKey(Recovery, models.PROTECT, related_name="events", verbose_name="恢复数据")
    act = models.CharField("动作", max_length=16)
    text = models.CharField("说明", max_length=500, blank=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.recovery_id} {self.act}"
