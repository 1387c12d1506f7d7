"""Periodic assessment (定期考核, 医师法 第四十二条、第四十三条): the result of one cycle, its re-assessment, and the order to stop.

A cycle is three years; who failed is ordered to stop for three to six months and to train, and is assessed again. Not
having taken part is recorded as such: two cycles in a row end the registration (医师执业注册管理办法 第十八条).
"""

from __future__ import annotations

from django.db import models

from yizheng.people.visible_facts import VisibleEvent

LINE = "assessment"
"""The line of all a person's assessments."""

GENERAL = "general"
SIMPLE = "simple"
PROCEDURES = ((GENERAL, "一般程序"), (SIMPLE, "简易程序"))
GRADES = (("good", "良好"), ("pass", "合格"), ("fail", "不合格"))


class PeriodicAssessment(VisibleEvent):
    """The conclusion for a cycle, on the day it was reached."""

    cycle = models.CharField("考核周期", max_length=20)
    passed = models.BooleanField("合格")
    cycle_from = models.DateField("周期开始", null=True)
    cycle_to = models.DateField("周期结束", null=True)
    procedure = models.CharField("考核程序", max_length=8, blank=True, choices=PROCEDURES)
    assessing_body = models.CharField("考核机构", max_length=100, blank=True)
    attended = models.BooleanField("参加考核", default=True)
    again = models.BooleanField("再次考核", default=False)
    score = models.DecimalField("业务水平测评成绩", max_digits=4, decimal_places=1, null=True)
    performance = models.CharField("工作业绩", max_length=4, blank=True, choices=GRADES)
    ethics = models.CharField("职业道德", max_length=4, blank=True, choices=GRADES)
    failing = models.CharField("不合格情形", max_length=4, blank=True)
    received_on = models.DateField("结果送达日期", null=True)
    review_result = models.CharField("复核结果", max_length=8, blank=True)
    suspended_from = models.DateField("暂停开始", null=True)
    suspended_to = models.DateField("暂停结束", null=True)
    training_proof = models.CharField("培训合格证明", max_length=100, blank=True)

    class Meta:
        verbose_name = "定期考核"
        db_table = "doctors_assessment"
