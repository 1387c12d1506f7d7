"""The licence of an institution (医疗机构执业许可、诊所备案) as the registrations of people depend on it.

医疗机构管理条例 第十六条、第十七条: the authority that approved the setting registers name, place, subjects and grade;
its scope is the ``authority_scope`` of the fact and decides where the institution's doctors are registered.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from yizheng.kernel.codes import table
from yizheng.people.visible_facts import VisibleState
from yizheng.systems.institutions.register import INSTITUTIONS

LINE = "licence"
"""The line of the licence: an institution has one."""


class InstitutionLicence(VisibleState):
    """What the licence says over a period: name, number, kind, subjects (诊疗科目), place and status."""

    register = INSTITUTIONS

    kind = models.CharField("登记备案类型", max_length=20)
    name = models.CharField("机构名称", max_length=200)
    registration_number = models.CharField("登记号", max_length=22, blank=True)
    uscc = models.CharField("统一社会信用代码", max_length=18, blank=True)
    category = models.CharField("机构类别", max_length=12)
    level = models.CharField("级别", max_length=1, default="9")
    grade = models.CharField("等次", max_length=1, default="9")
    business_nature = models.CharField("经营性质", max_length=1)
    subjects = ArrayField(models.CharField(max_length=10), verbose_name="诊疗科目")
    district = models.CharField("所在区", max_length=6)
    address = models.CharField("地址", max_length=200)
    status = models.CharField("状态", max_length=20, default="active")

    class Meta:
        verbose_name = "医疗机构许可"
        db_table = "institutions_licence"

    @property
    def may_practise(self) -> bool:
        """Whether doctors may practise there while the licence stands so."""
        return table("institution_status")[self.status].attributes["may_practise"] == "1"

    @property
    def status_name(self) -> str:
        """The status in words."""
        return table("institution_status")[self.status].name
