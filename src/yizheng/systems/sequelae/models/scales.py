"""心理测试: scores for who needs them, answers for the psychologist alone, and alerts that somebody must end."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from yizheng.people.kinds import Role
from yizheng.systems.sequelae import rights
from yizheng.systems.sequelae.models.people import Person
from yizheng.systems.sequelae.models.purposes import Purposed, PurposeQuerySet
from yizheng.systems.sequelae.models.rounds import Round


class ScaleTest(Purposed):
    """One questionnaire of one person: which scale and version, when, how it was filled in, and its scores, enciphered."""

    open_to: ClassVar[frozenset[Role]] = rights.SEE_SCORES
    written_by: ClassVar[frozenset[Role]] = rights.ASSESS

    person = models.ForeignKey(Person, models.PROTECT, related_name="scale_tests")
    round = models.ForeignKey(Round, models.PROTECT, related_name="scale_tests")
    scale = models.CharField("量表", max_length=10)
    version = models.CharField("版本", max_length=20)
    on = models.DateField("日期")
    paper = models.BooleanField("纸质录入", default=True)
    complete = models.BooleanField("完整")
    sealed = models.TextField("得分")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="录入人")
    replaced = models.BooleanField("已更正", default=False)
    recorded = models.DateTimeField("录入时间", auto_now_add=True)

    objects: ClassVar[PurposeQuerySet[ScaleTest]] = PurposeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "心理测试"
        ordering = ("-on", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "round", "scale"], condition=Q(replaced=False), name="sequelae_scale_once_a_round"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.scale} {self.on}"


class ScaleAnswers(Purposed):
    """The answers item by item, enciphered; only the psychologist reads them, and that she did is recorded."""

    open_to: ClassVar[frozenset[Role]] = rights.SEE_ANSWERS
    written_by: ClassVar[frozenset[Role]] = rights.ASSESS

    test = models.OneToOneField(ScaleTest, models.PROTECT, primary_key=True, related_name="answers")
    sealed = models.TextField("答案")

    objects: ClassVar[PurposeQuerySet[ScaleAnswers]] = PurposeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "逐题答案"

    def __str__(self) -> str:
        return f"answers of {self.test_id}"


class Alert(Purposed):
    """An answer that speaks of ending one's life: who is to see to it today, and how she ended it."""

    open_to: ClassVar[frozenset[Role]] = rights.SEE_ANSWERS
    written_by: ClassVar[frozenset[Role]] = rights.ASSESS

    test = models.OneToOneField(ScaleTest, models.PROTECT, related_name="alert")
    person = models.ForeignKey(Person, models.PROTECT, related_name="alerts")
    named = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="负责人")
    raised = models.DateTimeField("提醒时间", auto_now_add=True)
    due = models.DateTimeField("处置时限")
    escalated = models.DateTimeField("升级时间", null=True)
    seen = models.DateTimeField("查看时间", null=True)
    closed = models.DateTimeField("处置时间", null=True)
    closer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="处置人"
    )
    sealed = models.TextField("处置记录", blank=True)

    objects: ClassVar[PurposeQuerySet[Alert]] = PurposeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "自伤提醒"
        ordering = ("-closed", "due", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(closed=None, closer=None) | Q(closed__isnull=False, closer__isnull=False),
                name="sequelae_alert_closed_by_somebody",
            )
        ]
        indexes = [models.Index(fields=["due"], condition=Q(closed=None), name="sequelae_alerts_open")]

    def __str__(self) -> str:
        return f"alert of {self.test_id}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("sequelae:alert", args=[self.pk])
