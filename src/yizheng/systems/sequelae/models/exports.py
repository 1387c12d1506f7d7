"""导出: that something left the team: what, who asked and why, who agreed, and the digest of each file that was taken."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from yizheng.people.kinds import Role
from yizheng.systems.sequelae import rights
from yizheng.systems.sequelae.models.purposes import Purposed, PurposeQuerySet


class What(models.TextChoices):
    """What leaves."""

    DATA = "data", "去标识的逐年数据"
    IMAGES = "images", "去标识的影像"


class Export(Purposed):
    """One export; the file is made when it is taken, by who asked, within seven days of the consent."""

    open_to: ClassVar[frozenset[Role]] = rights.SEE_EXPORTS
    written_by: ClassVar[frozenset[Role]] = rights.SEE_EXPORTS

    what = models.CharField("内容", max_length=10, choices=What)
    codes = models.JSONField("登记号", default=list)
    reason = models.CharField("用途", max_length=200)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="申请人")
    at = models.DateTimeField("申请时间", auto_now_add=True)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="同意人"
    )
    agreed_at = models.DateTimeField("同意时间", null=True)
    digest = models.CharField("文件摘要", max_length=64, blank=True)
    taken_at = models.DateTimeField("取走时间", null=True)

    objects: ClassVar[PurposeQuerySet[Export]] = PurposeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "导出"
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(agreed_by=None) | ~Q(agreed_by=models.F("account")), name="sequelae_export_two_persons"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()} {self.pk}"
