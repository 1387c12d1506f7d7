"""Going over to the forces and coming back (军地转换, 军队实施执业医师法办法 第九条、第十条).

The organ is named as far as it may be told; numbers of military papers stay in the sealed form of the case. Nothing of
this is public.
"""

from __future__ import annotations

from django.db import models

from yizheng.people.visible_facts import VisibleEvent

LINE = "military"
"""The line of all a person's transfers."""
FROM_FORCES = "in"
TO_FORCES = "out"
DIRECTIONS = ((FROM_FORCES, "军队转地方"), (TO_FORCES, "地方转军队"))


class MilitaryTransfer(VisibleEvent):
    """A transfer on the day it was entered, with the proof it rests on."""

    direction = models.CharField("方向", max_length=3, choices=DIRECTIONS)
    organ = models.CharField("军队注册机关", max_length=100)
    proof_number = models.CharField("证明文号", max_length=60, blank=True)
    transferred_on = models.DateField("转业、复员、入伍日期")

    class Meta:
        verbose_name = "军地转换"
        db_table = "doctors_military"
