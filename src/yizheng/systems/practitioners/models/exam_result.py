"""A result of the national qualification examination (医师资格考试, 医师法 第八条、第九条、第十条): one a person, year and category.

It is an event on the last day of the month in which the written examination is held (``RESULT_DAY``). Numbers of
persons are in the vault; the numbers of admission and of an assistant's practice name no person and stand here.
"""

from __future__ import annotations

from typing import Final

from django.db import models

from yizheng.people.visible_facts import VisibleEvent

RESULT_DAY: Final = (8, 31)
"""Month and day of the year a result is dated by."""


class ExamResult(VisibleEvent):
    """What an examinee reached in one year under one category, and on what grounds she was admitted."""

    exam_year = models.SmallIntegerField("考试年度")
    exam_region = models.CharField("考区", max_length=2)
    exam_site = models.CharField("考点", max_length=4, blank=True)
    admission_no_skill = models.CharField("技能准考证号", max_length=20, blank=True)
    admission_no_written = models.CharField("笔试准考证号", max_length=13, blank=True)
    exam_category = models.CharField("报考类别", max_length=3)
    name_as_examined = models.CharField("考试时姓名", max_length=100)
    education_level = models.CharField("学历", max_length=2, blank=True)
    degree = models.CharField("学位", max_length=3, blank=True)
    school = models.CharField("毕业学校", max_length=100, blank=True)
    major = models.CharField("所学专业", max_length=100, blank=True)
    graduation_date = models.DateField("毕业日期", null=True)
    diploma_no = models.CharField("毕业证书编号", max_length=40, blank=True)
    trial_unit = models.CharField("试用机构", max_length=100, blank=True)
    trial_from = models.DateField("试用开始日期", null=True)
    trial_to = models.DateField("试用结束日期", null=True)
    assistant_practice_no = models.CharField("助理医师执业证书编码", max_length=15, blank=True)
    assistant_register_date = models.DateField("助理医师注册日期", null=True)
    skill_score = models.DecimalField("技能成绩", max_digits=5, decimal_places=2, null=True)
    skill_passed = models.BooleanField("技能合格", null=True)
    skill_valid_to = models.DateField("技能成绩有效期至", null=True)
    unit1_score = models.DecimalField("第一单元", max_digits=5, decimal_places=1, null=True)
    unit2_score = models.DecimalField("第二单元", max_digits=5, decimal_places=1, null=True)
    unit3_score = models.DecimalField("第三单元", max_digits=5, decimal_places=1, null=True)
    unit4_score = models.DecimalField("第四单元", max_digits=5, decimal_places=1, null=True)
    total_score = models.DecimalField("总分", max_digits=5, decimal_places=1, null=True)
    pass_line = models.DecimalField("合格线", max_digits=5, decimal_places=1, null=True)
    passed = models.BooleanField("合格")
    discipline = models.CharField("违纪处理", max_length=12, blank=True)

    class Meta:
        verbose_name = "医师资格考试成绩"
        db_table = "practitioners_exam_result"
        indexes = [models.Index(fields=["exam_year", "exam_category"], name="practitioners_exam_round")]


def line(year: int, category: str) -> str:
    """The line of a person's result in that year and category."""
    return f"exam:{year}:{category}"
