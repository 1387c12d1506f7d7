"""What is kept of analysis: questions, answers with what they rest on, and exports as acts."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from yizheng.analysis.questions import Question, read
from yizheng.people.models import Account


class QuestionQuerySet(models.QuerySet["SavedQuestion"]):
    """Questions with the verb that leads a page to rows."""

    def visible_to(self, account: Account) -> QuestionQuerySet:
        """Her own, and those that were shared."""
        return self.filter(Q(account=account) | Q(shared=True))


class SavedQuestion(models.Model):
    """A question somebody put together and kept."""

    title = models.CharField("标题", max_length=100)
    question = models.JSONField("提问")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="保存人")
    shared = models.BooleanField("共享", default=False)
    monthly = models.BooleanField("每月发到收件箱", default=False)
    saved_at = models.DateTimeField("保存时间", auto_now_add=True)

    objects: QuestionQuerySet = QuestionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "已保存的提问"
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.title

    @property
    def asked(self) -> Question:
        """The question itself."""
        return read(self.question)


class AnswerQuerySet(models.QuerySet["KeptAnswer"]):
    """Answers with the verb that leads a page to rows."""

    def visible_to(self, account: Account) -> AnswerQuerySet:
        """Her own: the figures are those of her own reach."""
        return self.filter(account=account)


class KeptAnswer(models.Model):
    """An answer as it was given: the question, the slices it rests on, the reach it was read with, the figures."""

    title = models.CharField("标题", max_length=100)
    question = models.JSONField("提问")
    slices = models.JSONField("切片")
    compared = models.JSONField("比较的切片", default=list)
    scopes = models.JSONField("范围")
    result = models.JSONField("结果")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="提问人")
    asked_at = models.DateTimeField("提问时间", auto_now_add=True)

    objects: AnswerQuerySet = AnswerQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "留存的结果"
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.title

    @property
    def asked(self) -> Question:
        """The question itself."""
        return read(self.question)


class ExportState(models.TextChoices):
    """Where an export stands."""

    WAITING = "waiting", "待批准"
    READY = "ready", "可取走"
    TAKEN = "taken", "已取走"
    ENDED = "ended", "已过期"


class ExportQuerySet(models.QuerySet["Export"]):
    """Exports with the verb that leads a page to rows."""

    def visible_to(self, account: Account) -> ExportQuerySet:
        """Those she asked for."""
        return self.filter(account=account)


class Export(models.Model):
    """One export: which question, what for, which fields, in which form, who agreed, until when it may be taken."""

    title = models.CharField("标题", max_length=100)
    question = models.JSONField("提问")
    slices = models.JSONField("切片")
    compared = models.JSONField("比较的切片", default=list)
    scopes = models.JSONField("范围")
    rows_behind = models.BooleanField("导出明细行", default=False)
    form = models.CharField("格式", max_length=8)
    fields = models.JSONField("字段", default=list)
    masking = models.CharField("脱敏", max_length=100)
    purpose = models.CharField("用途", max_length=200)
    rows = models.BigIntegerField("行数", default=0)
    digest = models.CharField("文件摘要", max_length=64, blank=True)
    state = models.CharField("状态", max_length=8, choices=ExportState, default=ExportState.WAITING)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="申请人")
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="批准人"
    )
    asked_at = models.DateTimeField("申请时间", auto_now_add=True)
    expires = models.DateTimeField("取走期限")

    objects: ExportQuerySet = ExportQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "数据导出"
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.title

    @property
    def asked(self) -> Question:
        """The question itself."""
        return read(self.question)

    @property
    def grounds(self) -> dict[str, Any]:
        """What the figures rest on, for the record."""
        return {"slices": self.slices, "compared": self.compared}
