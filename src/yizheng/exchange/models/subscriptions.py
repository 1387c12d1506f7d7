"""变更订阅: an institution that wants to hear of its staff, and the address that is told; approved before anything goes out."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Subscription(models.Model):
    """One address of an institution. It is told from the day it is approved until it is ended."""

    institution = models.ForeignKey("registry.Subject", models.PROTECT, related_name="+", verbose_name="机构")
    name = models.CharField("机构名称", max_length=200)
    address = models.CharField("接收地址", max_length=200)
    authority_scope = models.IntegerField("登记机关")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="申请人")
    since = models.DateTimeField("开通时间", auto_now_add=True)
    ended = models.DateTimeField("停用时间", null=True)

    class Meta:
        verbose_name = "变更订阅"
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "address"], condition=Q(ended=None), name="exchange_subscription_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.address}"

    @property
    def channel(self) -> str:
        """The code of the channel it is told by."""
        return f"{FAMILY}-{self.pk}"


FAMILY = "subscriber"
"""The code of the family of channels that subscriptions are."""
