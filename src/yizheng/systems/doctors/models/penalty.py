"""Penalties on doctors (行政处罚, 医师法 第五十四条至第五十八条): what was decided, on what, for how long."""

from __future__ import annotations

from django.db import models

from yizheng.systems.visible_facts import VisibleEvent


class PenaltyRecord(VisibleEvent):
    """One penalty decision on its day; a suspension names its first and last day."""

    kind = models.CharField("处罚种类", max_length=20)
    behaviour = models.CharField("违法行为", max_length=200)
    article = models.CharField("处罚依据", max_length=120)
    authority_name = models.CharField("决定机关", max_length=100)
    document_number = models.CharField("决定书文号", max_length=60)
    suspended_from = models.DateField("暂停开始", null=True)
    suspended_to = models.DateField("暂停结束", null=True)

    class Meta:
        verbose_name = "行政处罚"
        db_table = "doctors_penalty"


def line(document_number: str) -> str:
    """The line of one decision."""
    return f"penalty:{document_number}"
