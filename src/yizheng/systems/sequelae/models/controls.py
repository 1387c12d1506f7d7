"""健康对照: examinees of the same centre and year without SARS, as a file brings them: no names, no numbers, one row a person."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from yizheng.people.kinds import Role
from yizheng.systems.sequelae import rights
from yizheng.systems.sequelae.models.examinations import Source
from yizheng.systems.sequelae.models.purposes import Purposed, PurposeQuerySet
from yizheng.systems.sequelae.models.rounds import Round


class ControlFile(Purposed):
    """One file of controls for one round; a corrected file is taken in beside it and the later one counts."""

    open_to: ClassVar[frozenset[Role]] = rights.SEE_CONTROLS
    written_by: ClassVar[frozenset[Role]] = rights.TAKE_IN

    round = models.ForeignKey(Round, models.PROTECT, related_name="controls")
    source = models.ForeignKey(Source, models.PROTECT, related_name="controls")
    name = models.CharField("文件", max_length=120)
    digest = models.CharField("内容摘要", max_length=64)
    people = models.PositiveIntegerField("人数")
    left_out = models.PositiveIntegerField("未收")
    sealed = models.TextField("内容")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="接收人")
    at = models.DateTimeField("接收时间", auto_now_add=True)

    objects: ClassVar[PurposeQuerySet[ControlFile]] = PurposeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "健康对照"
        ordering = ("-id",)
        constraints = [models.UniqueConstraint(fields=["round", "digest"], name="sequelae_controls_once")]

    def __str__(self) -> str:
        return self.name
