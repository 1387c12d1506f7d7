"""The ledger of packages: every one that came or went, what became of it, and which one it answers."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from yizheng.exchange.models.partner import Partner
from yizheng.people.rights.visibility import ScopedQuerySet


class Direction(models.TextChoices):
    """Which way a package went."""

    IN = "in", "收到"
    OUT = "out", "发出"


class PackageState(models.TextChoices):
    """Where a package stands."""

    PROPOSED = "proposed", "待批准"
    READY = "ready", "待送达"
    STAGED = "staged", "待确认"
    ANSWERED = "answered", "已回执"
    CONFIRMED = "confirmed", "一致"
    DIFFERS = "differs", "不一致"


class PackageQuerySet(ScopedQuerySet["Package"]):
    """Packages belong to the authority that exchanges."""

    scope_columns: ClassVar[tuple[str, ...]] = ("authority_scope",)
    subject_column: ClassVar[str | None] = None


class Package(models.Model):
    """One package. Its serial is counted by its sender for its receiver, so that a lost one shows."""

    direction = models.CharField("方向", max_length=3, choices=Direction)
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="packages", verbose_name="交换对象")
    serial = models.IntegerField("序号")
    kind = models.CharField("种类", max_length=40)
    digest = models.CharField("文件摘要", max_length=64)
    size = models.BigIntegerField("字节数")
    made_at = models.DateTimeField("制作时间")
    entered_at = models.DateTimeField("登记时间", auto_now_add=True)
    state = models.CharField("状态", max_length=12, choices=PackageState)
    rows = models.IntegerField("行数", default=0)
    accepted = models.IntegerField("采纳", null=True)
    rejected = models.IntegerField("退回", null=True)
    content_digest = models.CharField("内容摘要", max_length=64, blank=True)
    reference = models.CharField("本系统中的处理", max_length=60, blank=True)
    reply_to = models.ForeignKey("self", models.PROTECT, null=True, related_name="replies", verbose_name="回复的交换包")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.CharField("理由", max_length=300, blank=True)
    authority_scope = models.IntegerField("机关")

    objects = PackageQuerySet.as_manager()

    class Meta:
        verbose_name = "交换包"
        ordering = ("-id",)
        constraints = [models.UniqueConstraint(fields=["direction", "partner", "serial"], name="exchange_serial_once")]
        indexes = [models.Index(fields=["authority_scope", "-id"], name="exchange_of_authority")]

    def __str__(self) -> str:
        return f"{self.get_direction_display()} {self.partner.code} {self.serial}"
