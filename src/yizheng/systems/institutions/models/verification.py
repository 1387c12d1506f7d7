"""校验: the period in which an institution is verified next, and every verification there was (校验办法 第六条、第七条).

The licence's term, the verification and the review of the grade are different clocks.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.db import models
from django.db.models import Q

from yizheng.people.visible_facts import VisibleEvent, VisibleState
from yizheng.registry.declarations import BAD, GOOD, NOT_DRAWN, Entry, Told
from yizheng.registry.fields import CodeField, CountField, DayField, FlagField
from yizheng.systems.institutions.register import INSTITUTIONS

VERIFICATION = "verification"
"""The line of the period: an institution has one."""
PASSED, DEFERRED = "pass", "defer"
CONCLUSIONS: Final[Mapping[str, str]] = {PASSED: "校验合格", DEFERRED: "暂缓校验"}


def line(number: int) -> str:
    """The line of the n-th verification."""
    return f"verification:{number}"


def _look(version: Verification) -> str:
    return GOOD if version.conclusion == PASSED else BAD


class VerificationPeriod(VisibleState):
    """How often it is verified and when next; while it is deferred, until when."""

    register = INSTITUTIONS
    label = "校验期"
    order, weight, drawn = 9, 80, NOT_DRAWN
    told = Told(
        "每 {months} 个月　下次 {due_on}", begins="校验期 {months} 个月，下次校验 {due_on}", changes="下次校验 {due_on}"
    )
    entry = Entry("校验期", "{months} 个月　下次校验 {due_on}　暂缓至 {deferred_to}", place=40)

    months = CountField("校验期", unit="个月", public=True)
    due_on = DayField("下次校验日期", public=True, printed=True)
    deferred_to = DayField("暂缓校验至", null=True, public=True)

    class Meta:
        verbose_name = "校验期"
        db_table = "institutions_verification_period"
        indexes = [models.Index(fields=["due_on"], name="institutions_verification_due", condition=Q(closed=None))]


class Verification(VisibleEvent):
    """One verification on the day of its conclusion: a row of the duplicate."""

    register = INSTITUTIONS
    label = "校验"
    order, weight, drawn = 10, 40, _look
    told = Told("{conclusion}　{period_from} 至 {period_to}", begins="{conclusion}（{period_from} 至 {period_to}）")
    entry = Entry("最近校验", "{valid_from}　{conclusion}", none="没有校验记录", place=41, newest=True)

    period_from = DayField("校验期起", public=True, printed=True)
    period_to = DayField("校验期止", public=True, printed=True)
    conclusion = CodeField("结论", 10, table=CONCLUSIONS, public=True, printed=True)
    again = FlagField("再次校验", default=False)
    deferral_months = CountField("暂缓期", null=True, unit="个月", public=True)
    points = CountField("不良执业行为记分", null=True, unit="分")

    class Meta:
        verbose_name = "医疗机构校验"
        db_table = "institutions_verification"
