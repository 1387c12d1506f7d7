"""A leave filing (离岗备案, 医师执业注册管理办法 第十九条): the institution told that the doctor left, and when and why.

The registration stands for two more years from the filing; the filing ends when she finds another main institution, when it
was made in error, or with the registration.
"""

from __future__ import annotations

from django.db import models

from yizheng.people.visible_facts import VisibleState


class LeaveFiling(VisibleState):
    """What the institution filed, from the day it was filed."""

    institution = models.ForeignKey(
        "registry.Subject", models.PROTECT, related_name="+", db_index=False, verbose_name="备案机构"
    )
    reason = models.CharField("离岗原因", max_length=4)
    left_on = models.DateField("离岗日期")
    completed_on = models.DateField("手续办结日期")
    filed_on = models.DateField("备案日期")

    class Meta:
        verbose_name = "离岗备案"
        db_table = "doctors_leave"


def line(registration_line: str) -> str:
    """The line of the leave filing of a registration."""
    return f"leave:{registration_line}"
