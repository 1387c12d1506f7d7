"""A result of the national qualification examination (医师资格考试, 医师法 第八条、第九条、第十条): one a person, year and category.

It is an event on the last day of the month in which the written examination is held (``RESULT_DAY``). Numbers of
persons are in the vault; the numbers of admission and of an assistant's practice name no person and stand here.
"""

from typing import Final

from django.db import models

from yizheng.people.visible_facts import VisibleEvent
from yizheng.registry.declarations import Told, by_result
from yizheng.registry.fields import AmountField, CodeField, CountField, DayField, FlagField, NumberField, TextField
from yizheng.systems.practitioners.models.keyed import register_field

RESULT_DAY: Final = (8, 31)
"""Month and day of the year a result is dated by."""


class ExamResult(VisibleEvent):
    """What an examinee reached in one year under one category, and on what grounds she was admitted."""

    order, weight, drawn = 10, 500, by_result
    told = Told("{exam_year}年　{exam_category}　{passed}")
    entry = None

    of_register = register_field()
    exam_year = CountField("考试年度", unit="年")
    exam_region = CodeField("考区", 2, table="province")
    exam_site = TextField("考点", 4, blank=True)
    admission_no_skill = NumberField("技能准考证号", 20, blank=True)
    admission_no_written = NumberField("笔试准考证号", 13, blank=True)
    exam_category = CodeField("报考类别", 3, table="exam_category")
    name_as_examined = TextField("考试时姓名", 100, personal=True)
    education_level = CodeField("学历", 2, table="education_level", blank=True, personal=True)
    degree = CodeField("学位", 3, table="degree", blank=True, personal=True)
    school = TextField("毕业学校", 100, blank=True, personal=True)
    major = TextField("所学专业", 100, blank=True, personal=True)
    graduation_date = DayField("毕业日期", null=True, personal=True)
    diploma_no = NumberField("毕业证书编号", 40, blank=True, personal=True)
    trial_unit = TextField("试用机构", 100, blank=True, personal=True)
    trial_from = DayField("试用开始日期", null=True, personal=True)
    trial_to = DayField("试用结束日期", null=True, personal=True)
    assistant_practice_no = NumberField("助理医师执业证书编码", 15, blank=True)
    assistant_register_date = DayField("助理医师注册日期", null=True)
    skill_score = AmountField("技能成绩", max_digits=5, decimal_places=2, null=True, unit="分")
    skill_passed = FlagField("技能合格", null=True)
    skill_valid_to = DayField("技能成绩有效期至", null=True)
    unit1_score = AmountField("第一单元", max_digits=5, decimal_places=1, null=True, unit="分")
    unit2_score = AmountField("第二单元", max_digits=5, decimal_places=1, null=True, unit="分")
    unit3_score = AmountField("第三单元", max_digits=5, decimal_places=1, null=True, unit="分")
    unit4_score = AmountField("第四单元", max_digits=5, decimal_places=1, null=True, unit="分")
    total_score = AmountField("总分", max_digits=5, decimal_places=1, null=True, unit="分")
    pass_line = AmountField("合格线", max_digits=5, decimal_places=1, null=True, unit="分")
    passed = FlagField("合格", yes_no=("合格", "不合格"))
    discipline = CodeField("违纪处理", 12, table="exam_discipline", blank=True)

    class Meta:
        verbose_name = "医师资格考试成绩"
        db_table = "practitioners_exam_result"
        indexes = [models.Index(fields=["exam_year", "exam_category"], name="practitioners_exam_round")]


def line(year: int, category: str) -> str:
    """The line of a person's result in that year and category."""
    return f"exam:{year}:{category}"
