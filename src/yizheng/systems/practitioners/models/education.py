"""Education (学历) as it was declared and shown when registering."""

from __future__ import annotations

from django.db import models

from yizheng.people.visible_facts import VisibleState


class Education(VisibleState):
    """One completed education from the day of graduation."""

    level = models.CharField("学历", max_length=2)
    degree = models.CharField("学位", max_length=3, blank=True)
    school = models.CharField("毕业院校", max_length=100)
    major = models.CharField("所学专业", max_length=100)
    learning_form = models.CharField("学习形式", max_length=12, default="full_time")
    graduated_on = models.DateField("毕业时间")

    class Meta:
        verbose_name = "学历"
        db_table = "practitioners_education"


def line(index: int) -> str:
    """The line of a person's n-th education; the one that qualified comes first."""
    return f"education:{index}"
