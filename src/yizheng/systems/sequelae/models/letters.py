"""体检结果告知: what a person is told of her examination in plain words, signed by a physician, and read by herself."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from yizheng.people.kinds import Role
from yizheng.people.rights.reach import Actor
from yizheng.systems.sequelae import rights
from yizheng.systems.sequelae.models.people import Person
from yizheng.systems.sequelae.models.purposes import Purposed, PurposeQuerySet
from yizheng.systems.sequelae.models.rounds import Round


class LetterQuerySet(PurposeQuerySet["Letter"]):
    """Letters by purpose, and those of the person who reads."""

    def own(self, actor: Actor) -> LetterQuerySet:
        """The letters to this account."""
        return self.filter(reader=actor.pk, withdrawn=None) if actor is not None and actor.pk else self.none()


class Letter(Purposed):
    """One letter to a person about one round, enciphered under her key; ``reader`` is her own account, where she has one."""

    open_to: ClassVar[frozenset[Role]] = rights.PHYSICIANS
    written_by: ClassVar[frozenset[Role]] = rights.PHYSICIANS

    person = models.ForeignKey(Person, models.PROTECT, related_name="letters")
    round = models.ForeignKey(Round, models.PROTECT, related_name="letters")
    year = models.PositiveSmallIntegerField("年度")
    subject = models.ForeignKey("registry.Subject", models.PROTECT, related_name="+")
    sealed = models.TextField("内容")
    told_in_person = models.BooleanField("已当面告知", default=False)
    physician = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="医师")
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="本人账号"
    )
    given = models.DateTimeField("发放时间", auto_now_add=True)
    read = models.DateTimeField("本人阅读时间", null=True)
    withdrawn = models.DateTimeField("收回时间", null=True)
    why = models.CharField("收回理由", max_length=200, blank=True)

    objects: ClassVar[LetterQuerySet] = LetterQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "体检结果告知"
        ordering = ("-year",)
        constraints = [
            models.UniqueConstraint(
                fields=["person", "round"], condition=models.Q(withdrawn=None), name="sequelae_letter_once_a_round"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.year}"
