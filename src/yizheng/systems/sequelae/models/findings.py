"""阳性体征: what the words of an examination say, by the dictionary, and the words that the dictionary does not have yet."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from yizheng.people.kinds import Role
from yizheng.systems.sequelae import rights
from yizheng.systems.sequelae.models.examinations import Examination
from yizheng.systems.sequelae.models.purposes import Purposed, PurposeQuerySet


class FindingRow(Purposed):
    """One finding of an examination: its code with side, certainty, grade and change; the words themselves are enciphered."""

    open_to: ClassVar[frozenset[Role]] = rights.SEE_EXAMINATIONS
    written_by: ClassVar[frozenset[Role]] = rights.TAKE_IN

    examination = models.ForeignKey(Examination, models.PROTECT, related_name="findings")
    code = models.CharField("代码", max_length=8)
    side = models.CharField("侧", max_length=8, blank=True)
    certainty = models.CharField("确定性", max_length=10)
    grade = models.CharField("程度", max_length=20, blank=True)
    stage = models.CharField("分期", max_length=20, blank=True)
    size_mm = models.FloatField("大小（mm）", null=True)
    change = models.CharField("变化", max_length=8, blank=True)
    by_hand = models.BooleanField("人工认定", default=False)

    objects: ClassVar[PurposeQuerySet[FindingRow]] = PurposeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "阳性体征"
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.examination_id} {self.code}"


class UnknownWords(Purposed):
    """One clause that the dictionary does not know, in one examination; clauses of the same words are decided together."""

    open_to: ClassVar[frozenset[Role]] = rights.TAKE_IN
    written_by: ClassVar[frozenset[Role]] = rights.TAKE_IN

    examination = models.ForeignKey(Examination, models.PROTECT, related_name="unknown_words")
    words_index = models.BinaryField("检索值", max_length=16)
    sealed = models.TextField("原文")
    mapped = models.CharField("认定", max_length=8, blank=True)

    objects: ClassVar[PurposeQuerySet[UnknownWords]] = PurposeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "待认定的体征词"
        indexes = [models.Index(fields=["words_index"], condition=Q(mapped=""), name="sequelae_words_open")]

    def __str__(self) -> str:
        return f"words of {self.examination_id}"


class Mapping(Purposed):
    """What two persons agreed some words mean: the first proposes, the second agrees; a later version replaces it."""

    open_to: ClassVar[frozenset[Role]] = rights.TAKE_IN
    written_by: ClassVar[frozenset[Role]] = rights.TAKE_IN

    words_index = models.BinaryField("检索值", max_length=16)
    code = models.CharField("代码", max_length=8)
    version = models.PositiveIntegerField("版本")
    proposer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="提出人")
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="同意人"
    )

    objects: ClassVar[PurposeQuerySet[Mapping]] = PurposeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "体征词认定"
        ordering = ("-version",)
        constraints = [
            models.UniqueConstraint(fields=["words_index", "version"], name="sequelae_mapping_version_once"),
            models.CheckConstraint(
                condition=Q(approver=None) | ~Q(approver=models.F("proposer")), name="sequelae_mapping_two_persons"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"
