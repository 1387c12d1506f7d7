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
from yizheng.registry.wording.words import Words
from yizheng.systems.institutions.register import INSTITUTIONS

VERIFICATION = "verification"
"""The line of the period: an institution has one."""
PASSED, DEFERRED, FAILED = "pass", "defer", "fail"
CONCLUSIONS: Final[Mapping[str, str]] = {PASSED: "校验合格", DEFERRED: "暂缓校验", FAILED: "校验不合格"}

GROUNDS: Final[Mapping[str, str]] = {
    "concealed": "校验材料隐瞒真实情况或者弄虚作假",
    "below_standard": "不符合医疗机构基本标准",
    "correcting": "在限期改正期间",
    "penalised": "在停业整顿期间",
    "points": "不良执业行为记分达到暂缓校验的标准",
    "other": "省级规定的其他情形",
}
"""细则 第三十八条, 校验办法: why a verification is deferred."""


def line(number: int) -> str:
    """The line of the n-th verification."""
    return f"verification:{number}"


def _look(version: Verification) -> str:
    return GOOD if version.conclusion == PASSED else BAD


def _turned(words: Words, version: VerificationPeriod, former: VerificationPeriod) -> str:
    """What the clock did: an order, a deferral, or the next round."""
    if version.order_by and version.order_by != former.order_by:
        return f"责令在{version.order_by}前补办校验申请"
    if version.deferred_to and version.deferred_to != former.deferred_to:
        return f"暂缓校验至{version.deferred_to}"
    return f"下次校验 {version.due_on}"


class VerificationPeriod(VisibleState):
    """How often it is verified and when next; until when it must follow an order, or is deferred."""

    register = INSTITUTIONS
    label = "校验期"
    order, weight, drawn = 9, 80, NOT_DRAWN
    told = Told("每 {months} 个月　下次 {due_on}", begins="校验期 {months} 个月，下次校验 {due_on}", changes=_turned)
    entry = Entry("校验期", "{months} 个月　下次校验 {due_on}　责令补办至 {order_by}　暂缓至 {deferred_to}", place=40)

    months = CountField("校验期", unit="个月", public=True)
    due_on = DayField("下次校验日期", public=True, printed=True)
    ordered_on = DayField("责令补办日期", null=True)
    order_by = DayField("补办期限", null=True, public=True)
    """The last day to follow an order to apply, twenty days after it."""
    deferred_to = DayField("暂缓校验至", null=True, public=True)
    again_by = DayField("再次校验申请期限", null=True)
    """The last day to apply again, five days after the deferral."""

    class Meta:
        verbose_name = "校验期"
        db_table = "institutions_verification_period"
        indexes = [models.Index(fields=["due_on"], name="institutions_verification_due", condition=Q(closed=None))]


class Verification(VisibleEvent):
    """One verification on the day of its conclusion: a row of the duplicate."""

    register = INSTITUTIONS
    label = "校验"
    order, weight, drawn = 10, 40, _look
    told = Told(
        "{conclusion}　{period_from} 至 {period_to}", begins="{conclusion}（{period_from} 至 {period_to}）",
        past="{conclusion}（{period_from} 至 {period_to}）",
    )  # fmt: skip
    entry = Entry("最近校验", "{valid_from}　{conclusion}", none="没有校验记录", place=41, newest=True)

    period_from = DayField("校验期起", public=True, printed=True)
    period_to = DayField("校验期止", public=True, printed=True)
    conclusion = CodeField("结论", 10, table=CONCLUSIONS, public=True, printed=True)
    again = FlagField("再次校验", default=False)
    deferral_months = CountField("暂缓期", null=True, unit="个月", public=True)
    points = CountField("不良执业行为记分", null=True, unit="分")
    visited = FlagField("现场审查", default=False)
    ground = CodeField("暂缓或者不合格的情形", 20, table=GROUNDS, blank=True, public=True)

    class Meta:
        verbose_name = "医疗机构校验"
        db_table = "institutions_verification"
