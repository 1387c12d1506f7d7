"""年度轮次: the yearly examination, who was invited, who came, and why others did not."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.urls import reverse

from yizheng.people.kinds import Role
from yizheng.systems.sequelae import rights
from yizheng.systems.sequelae.models.people import Person
from yizheng.systems.sequelae.models.purposes import Purposed, PurposeQuerySet


class Round(Purposed):
    """One year's round."""

    open_to: ClassVar[frozenset[Role]] = rights.EVERYBODY
    written_by: ClassVar[frozenset[Role]] = rights.MANAGE

    year = models.PositiveSmallIntegerField("年度", unique=True)
    organiser = models.CharField("组织单位", max_length=60)
    starts = models.DateField("开始")
    ends = models.DateField("结束")

    objects: ClassVar[PurposeQuerySet[Round]] = PurposeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "年度轮次"
        ordering = ("-year",)
        constraints = [
            models.CheckConstraint(condition=models.Q(ends__gte=models.F("starts")), name="sequelae_round_term")
        ]

    def __str__(self) -> str:
        return f"{self.year} 年度"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("sequelae:round", args=[self.year])


class Came(models.TextChoices):
    """Whether somebody who was invited came."""

    INVITED = "invited", "已邀请"
    ATTENDED = "attended", "已参检"
    ABSENT = "absent", "未参检"


class Reason(models.TextChoices):
    """Why somebody did not come."""

    ILL = "ill", "患病不便"
    AWAY = "away", "外出"
    REFUSED = "refused", "本人不参加"
    UNREACHED = "unreached", "联系不上"
    OTHER = "other", "其他"


class Attendance(Purposed):
    """One person in one round."""

    open_to: ClassVar[frozenset[Role]] = rights.EVERYBODY
    written_by: ClassVar[frozenset[Role]] = rights.MANAGE

    round = models.ForeignKey(Round, models.PROTECT, related_name="attendances")
    person = models.ForeignKey(Person, models.PROTECT, related_name="attendances")
    came = models.CharField("参检", max_length=10, choices=Came, default=Came.INVITED)
    reason = models.CharField("未参检原因", max_length=10, choices=Reason, blank=True)

    objects: ClassVar[PurposeQuerySet[Attendance]] = PurposeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "参检"
        constraints = [
            models.UniqueConstraint(fields=["round", "person"], name="sequelae_attendance_once"),
            models.CheckConstraint(
                condition=~models.Q(came="absent") | ~models.Q(reason=""), name="sequelae_absence_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.person_id} {self.came}"
