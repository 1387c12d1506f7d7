"""Good and bad conduct (良好行为记录、不良行为记录, 医师定期考核管理办法): what an institution or an authority put on record.

The records of a cycle decide which procedure of assessment a doctor may take (医师法 第四十二条). They are not public.
"""

from __future__ import annotations

from django.db import models

from yizheng.people.visible_facts import VisibleEvent

GOOD = "good"
BAD = "bad"
KINDS = ((GOOD, "良好行为"), (BAD, "不良行为"))


class ConductRecord(VisibleEvent):
    """One good or bad act on the day it was recorded for."""

    kind = models.CharField("种类", max_length=4, choices=KINDS)
    category = models.CharField("类型", max_length=4)
    content = models.CharField("内容", max_length=200)
    recorded_by = models.CharField("记录单位", max_length=100)
    document_number = models.CharField("文书号", max_length=60, blank=True)

    class Meta:
        verbose_name = "行为记录"
        db_table = "practitioners_conduct"


def line(index: int) -> str:
    """The line of a person's n-th record of conduct."""
    return f"conduct:{index}"
