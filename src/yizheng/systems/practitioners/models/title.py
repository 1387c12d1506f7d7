"""The professional title (专业技术职务) a doctor was given, from the day it was given; a higher one is a further version."""

from __future__ import annotations

from django.db import models

from yizheng.people.visible_facts import VisibleState

LINE = "title"
"""The line of the title: the one in force is the highest given."""


class ProfessionalTitle(VisibleState):
    """A title as shown and proved."""

    title = models.CharField("专业技术职务", max_length=4)
    obtained_on = models.DateField("取得时间")

    class Meta:
        verbose_name = "专业技术职务"
        db_table = "practitioners_title"
