"""Matters that are led to an end: a vulnerability, a training, an undertaking, a request of a person. Declared in ``matters``."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse

from yizheng.people.models import Account
from yizheng.systems.service.matters.declaring import MatterKind, Move
from yizheng.systems.service.matters.kinds import KINDS, readable_kinds


class MatterQuerySet(models.QuerySet["Matter"]):
    """Matters with the verbs that lead a page to rows."""

    def visible_to(self, account: Account) -> MatterQuerySet:
        """Those of the kinds the account leads or watches, and whatever is about herself."""
        return self.filter(models.Q(kind__in=readable_kinds(account)) | models.Q(about=account))

    def open(self) -> MatterQuerySet:
        """Those that have not come to an end."""
        return self.filter(ended__isnull=True)


class Matter(models.Model):
    """One matter: its kind, what it says, where it stands, by when it is due. What was done its acts say."""

    number = models.CharField("编号", max_length=16, unique=True)
    kind = models.CharField("台账", max_length=16)
    title = models.CharField("事由", max_length=100)
    content = models.JSONField("内容", default=dict)
    state = models.CharField("状态", max_length=10)
    opened = models.DateField("登记日期")
    due = models.DateField("期限", null=True)
    ended = models.DateTimeField("结束时间", null=True)
    source = models.CharField("来源", max_length=120, blank=True)
    """What a program opened it for; the same is opened once."""
    about = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    recorded = models.DateTimeField("登记时间", auto_now_add=True)

    objects = MatterQuerySet.as_manager()

    class Meta:
        verbose_name = "台账事项"
        ordering = ("-id",)
        indexes = [
            models.Index(fields=["kind", "-id"], name="service_matters_of_kind"),
            models.Index(fields=["about", "-id"], name="service_matters_about"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "source"], condition=~models.Q(source=""), name="service_matter_opened_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("service:matter", args=[self.number])

    @property
    def declared(self) -> MatterKind:
        """What its kind means."""
        return KINDS[self.kind]

    @property
    def says(self) -> list[tuple[str, str]]:
        """Its fields in words."""
        return [(field.title, field.words(self.content.get(field.name))) for field in self.declared.fields]


class MatterAct(models.Model):
    """One act on a matter. Rows are only added."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="acts")
    move = models.CharField("操作", max_length=16)
    said = models.CharField("说明", max_length=500, blank=True)
    content = models.JSONField("内容", default=dict)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = "台账操作"
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.at} {self.move}"

    @property
    def declared(self) -> Move | None:
        """What was done; nothing for the opening."""
        return self.matter.declared.move(self.move)

    @property
    def title(self) -> str:
        """What was done, in words."""
        return self.declared.title if self.declared else "登记"

    @property
    def words(self) -> str:
        """What the act says, its fields included."""
        fields: Any = self.declared.fields if self.declared else ()
        told = [f"{field.title}：{field.words(self.content.get(field.name))}" for field in fields]
        return "；".join([*([self.said] if self.said else []), *told])
