"""Penalties on doctors (行政处罚, 医师法 第五十四条至第五十八条): what was decided, on what, for how long, and whether it is contested.

The kinds stand in the code table ``doctor_penalty_kind`` with what each does to the registration and which bar follows.
Annulment (撤销) is no penalty but is recorded beside them, for it too is decided against the doctor.
"""

from __future__ import annotations

from django.db import models

from yizheng.people.visible_facts import VisibleEvent

NOT_CONTESTED = "none"
REVIEW_STATES = (
    (NOT_CONTESTED, "未申请复议、未起诉"),
    ("review", "行政复议中"),
    ("court", "行政诉讼中"),
    ("upheld", "复议或者判决维持"),
)


class PenaltyRecord(VisibleEvent):
    """One penalty decision on its day; a suspension names its first and last day, a ban its last day or none (for life)."""

    kind = models.CharField("处罚种类", max_length=20)
    behaviour = models.CharField("违法行为", max_length=200)
    article = models.CharField("处罚依据", max_length=120)
    authority_name = models.CharField("决定机关", max_length=100)
    document_number = models.CharField("决定书文号", max_length=60)
    suspended_from = models.DateField("暂停开始", null=True)
    suspended_to = models.DateField("暂停结束", null=True)
    amount = models.DecimalField("罚款（元）", max_digits=12, decimal_places=2, null=True)
    confiscated = models.DecimalField("没收违法所得（元）", max_digits=12, decimal_places=2, null=True)
    banned_from = models.DateField("禁止从业开始", null=True)
    banned_to = models.DateField("禁止从业结束", null=True)
    review_state = models.CharField(
        "复议诉讼", max_length=8, choices=REVIEW_STATES, default=NOT_CONTESTED, blank=True
    )

    class Meta:
        verbose_name = "行政处罚"
        db_table = "practitioners_penalty"


def line(document_number: str) -> str:
    """The line of one decision."""
    return f"penalty:{document_number}"
