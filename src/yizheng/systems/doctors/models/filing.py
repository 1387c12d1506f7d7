"""A filing at a further institution (多机构备案, 医师法 第十五条; 医师执业注册管理办法 第十条): no licence, a filing."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yizheng.people.visible_facts import VisibleState


class InstitutionFiling(VisibleState):
    """A doctor practises here too, from and to these days, under the registration of this level."""

    institution = models.ForeignKey(
        "registry.Subject", models.PROTECT, related_name="+", db_index=False, verbose_name="备案机构"
    )
    level = models.CharField("执业级别", max_length=1)
    department = models.CharField("科室", max_length=50, blank=True)
    schedule = models.CharField("执业时间安排", max_length=200, blank=True)
    filed_on = models.DateField("备案日期")

    class Meta:
        verbose_name = "多机构备案"
        db_table = "doctors_filing"
        indexes = [
            models.Index(fields=["institution"], name="doctors_filing_staff", condition=Q(closed=None))
        ]


def line(institution: int) -> str:
    """The line of a person's filing at this institution."""
    return f"filing:{institution}"
