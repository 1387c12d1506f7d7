"""数据包和代码对照: what a hospital's own system sent, its receipt, and how the hospital's codes translate."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from yizheng.people.rights.visibility import ScopedQuerySet
from yizheng.registry.models import Subject
from yizheng.systems.infection.models.recoveries import Recovery


class Package(models.Model):
    """One package as it was received; its content went into the drafts, its receipt stays. Without an account a system sent it."""

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+", verbose_name="医院", db_constraint=False)
    authority_scope = models.IntegerField("辖区")
    identifier = models.CharField("数据包号", max_length=36)
    sequence = models.IntegerField("序号", null=True)
    period = models.DateField("月份")
    digest = models.CharField("包摘要", max_length=64)
    content = models.JSONField("文件")
    receipt = models.JSONField("回执", default=list)
    recovery = models.ForeignKey(Recovery, models.PROTECT, null=True, related_name="+", verbose_name="恢复后重传")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="上传人"
    )
    received = models.DateTimeField("接收", auto_now_add=True)

    objects: ScopedQuerySet[Package] = ScopedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "数据包"
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(fields=["subject", "identifier"], name="infection_package_once"),
            models.UniqueConstraint(fields=["subject", "sequence"], name="infection_package_sequence"),
        )

    def __str__(self) -> str:
        return f"{self.sequence or '恢复'} {self.identifier}"


class CodeMap(models.Model):
    """A code of the hospital and ours; a later row takes the place of an earlier one, which stays."""

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+", verbose_name="医院", db_constraint=False)
    authority_scope = models.IntegerField("辖区")
    list = models.CharField("代码表", max_length=20)
    theirs = models.CharField("医院代码", max_length=50)
    ours = models.CharField("平台代码", max_length=20)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="对照人")
    at = models.DateTimeField("时间", auto_now_add=True)

    objects: ScopedQuerySet[CodeMap] = ScopedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "代码对照"
        ordering = ("list", "theirs", "-id")

    def __str__(self) -> str:
        return f"{self.theirs} = {self.ours}"
