"""Training and assessment passed before registering (医师执业注册管理办法 第九条; 医师法 第十九条)."""

from __future__ import annotations

from django.db import models

from yizheng.people.visible_facts import VisibleEvent

TRAINING = "training"
"""连续培训并考核"""
ASSESSMENT = "assessment"
"""重新执业前的考核"""


class TrainingProof(VisibleEvent):
    """A training or an assessment on the day it ended."""

    kind = models.CharField("种类", max_length=12)
    institution_name = models.CharField("机构", max_length=200)
    started_on = models.DateField("开始日期")
    passed = models.BooleanField("考核合格")

    class Meta:
        verbose_name = "培训考核"
        db_table = "practitioners_training"


def line(kind: str) -> str:
    """The line of a kind of proof."""
    return f"proof:{kind}"
