"""A doctor's qualification (医师资格, 医师法 第十二条): it has no end, and one person may hold several.

The certificate number contains the identity number, so it lives in the vault; the line counts a person's
qualifications (``qualification:1``).
"""

from __future__ import annotations

from django.db import models

from yizheng.people.visible_facts import VisibleState


class Qualification(VisibleState):
    """One qualification from the day it was given."""

    level = models.CharField("级别", max_length=1)
    category = models.CharField("类别", max_length=20)
    qualified_on = models.DateField("签发日期")
    issuer = models.CharField("发证机关", max_length=100)
    way = models.CharField("取得方式", max_length=20, default="exam")
    holder_name = models.CharField("证书姓名", max_length=100)
    holder_sex = models.CharField("证书性别", max_length=1, blank=True)
    holder_birth_date = models.DateField("证书出生日期", null=True)
    holder_education = models.CharField("证书学历", max_length=2, blank=True)
    holder_school = models.CharField("证书毕业学校", max_length=100, blank=True)
    holder_major = models.CharField("证书专业", max_length=100, blank=True)
    assessed_scope = models.CharField("考核的技术方法和病证", max_length=500, blank=True)

    class Meta:
        verbose_name = "医师资格"
        db_table = "doctors_qualification"


def line(index: int) -> str:
    """The line of a person's n-th qualification."""
    return f"qualification:{index}"
