"""Periodic assessment (定期考核, 医师法 第四十二条): the result of one cycle of three years."""

from __future__ import annotations

from django.db import models

from yizheng.systems.visible_facts import VisibleEvent

LINE = "assessment"
"""The line of all a person's assessments."""


class PeriodicAssessment(VisibleEvent):
    """The conclusion for a cycle, on the day it was reached."""

    cycle = models.CharField("考核周期", max_length=20)
    passed = models.BooleanField("合格")

    class Meta:
        verbose_name = "定期考核"
        db_table = "doctors_assessment"
