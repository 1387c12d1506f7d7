"""A ground against registering somebody (不予注册情形, 医师法 第十六条、第五十四条、第五十八条), as a state from the day it counts from.

Where the law counts years the state stays open and the rule counts; where a condition ended (recovered, capacity
restored, assessed and passed) the state ends with that day; where an order names a last day it is in ``until``.
"""

from __future__ import annotations

from django.db import models

from yizheng.people.visible_facts import VisibleState


class RegistrationBar(VisibleState):
    """One recorded ground: which, on whose decision, until when the decision says."""

    ground = models.CharField("情形", max_length=4)
    until = models.DateField("载明的截止日", null=True)
    authority_name = models.CharField("认定机关", max_length=100, blank=True)
    document_number = models.CharField("文书号", max_length=60, blank=True)

    class Meta:
        verbose_name = "不予注册情形"
        db_table = "practitioners_bar"


def line(ground: str, index: int) -> str:
    """The line of the n-th record of a ground."""
    return f"bar:{ground}:{index}"
