"""What the health organs of the forces tell of a doctor (军地数据交换, 军队实施执业医师法办法 第三条至第十条).

A record is evidence and no registration: going over and coming back are business items of their own. Units are kept by
code and by the name that may be told; numbers of military papers stay in the sealed package alone. Nothing is public.
"""

from __future__ import annotations

from django.db import models

from yizheng.people.visible_facts import VisibleEvent

TO_LOCAL = "to_local"
TO_FORCES = "to_forces"


class MilitaryRecord(VisibleEvent):
    """One event of a military registration, on its day."""

    event = models.CharField("变动", max_length=12)
    level = models.CharField("级别", max_length=1, blank=True)
    category = models.CharField("类别", max_length=20, blank=True)
    scope_text = models.CharField("执业范围", max_length=100, blank=True)
    registered_from = models.DateField("军队注册开始", null=True)
    registered_to = models.DateField("军队注册结束", null=True)
    proof_number = models.CharField("证明文号", max_length=60)
    unit_code = models.CharField("单位代码", max_length=20, blank=True)
    unit_name = models.CharField("单位可公开名称", max_length=100, blank=True)
    assessment = models.CharField("考核结果", max_length=40, blank=True)
    sanctions = models.CharField("处罚情况", max_length=200, blank=True)

    class Meta:
        verbose_name = "军队医师记录"
        db_table = "doctors_military_record"


def line(proof_number: str) -> str:
    """The line of what one proof says."""
    return f"military_record:{proof_number}"
