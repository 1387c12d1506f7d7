"""会诊意见: what an expert found at a consultation. Rows are only added; a corrected opinion follows the one it replaces."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from yizheng.people.kinds import Role
from yizheng.systems.sequelae import rights
from yizheng.systems.sequelae.models.people import Person
from yizheng.systems.sequelae.models.purposes import Purposed, PurposeQuerySet
from yizheng.systems.sequelae.models.rounds import Round


class Field(models.TextChoices):
    """Of which field an opinion is."""

    HIPS = "hips", "骨科"
    LUNGS = "lungs", "呼吸"


class OpinionQuerySet(PurposeQuerySet["Opinion"]):
    """Opinions, and those that stand."""

    def standing(self) -> OpinionQuerySet:
        """Not replaced by a later one."""
        return self.filter(replaced=False)


class Opinion(Purposed):
    """One expert's opinion of one person in one round, or what the experts conclude together (``joint``)."""

    open_to: ClassVar[frozenset[Role]] = rights.SEE_OPINIONS
    written_by: ClassVar[frozenset[Role]] = rights.PHYSICIANS

    person = models.ForeignKey(Person, models.PROTECT, related_name="opinions")
    round = models.ForeignKey(Round, models.PROTECT, related_name="opinions")
    field = models.CharField("专科", max_length=6, choices=Field)
    joint = models.BooleanField("结论", default=False)
    expert = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="专家")
    on = models.DateField("日期")
    sealed = models.TextField("意见")
    replaced = models.BooleanField("已更正", default=False)
    recorded = models.DateTimeField("记录时间", auto_now_add=True)

    objects: ClassVar[OpinionQuerySet] = OpinionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "会诊意见"
        ordering = ("on", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "round", "field", "expert"],
                condition=Q(replaced=False, joint=False),
                name="sequelae_opinion_once_an_expert",
            ),
            models.UniqueConstraint(
                fields=["person", "round", "field"],
                condition=Q(replaced=False, joint=True),
                name="sequelae_conclusion_once",
            ),
        ]
        indexes = [models.Index(fields=["person", "on"], name="sequelae_opinions_of_person")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.field} {self.on}"
