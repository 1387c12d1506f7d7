"""Village doctors (乡村医生, 乡村医生从业管理条例): no physicians of the physicians' law, with a register of their own.

第九条、第十五条、第十六条: the certificate holds for five years at the village institution that employs; 第三十四条 and
第三十六条: examined every two years.
"""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from yizheng.kernel.codes import table
from yizheng.people.visible_facts import VisibleEvent, VisibleState
from yizheng.systems.doctors.models.short_term import VALID

LINE = "village"
"""The line of a village doctor's registration: a person has one."""
ASSESSMENT_LINE = "village_assessment"
"""The line of all a village doctor's examinations."""


class VillageRegistration(VisibleState):
    """How a village doctor's registration stands over a period."""

    certificate_number = models.CharField("乡村医生执业证书编号", max_length=40)
    institution = models.ForeignKey(
        "registry.Subject", models.PROTECT, related_name="+", db_index=False, verbose_name="村医疗卫生机构"
    )
    services = models.CharField("服务内容", max_length=300, blank=True)
    drug_list = models.CharField("基本用药目录版本", max_length=50, blank=True)
    first_registered_on = models.DateField("首次注册日期")
    issued_on = models.DateField("发证日期")
    valid_until = models.DateField("有效期至")
    status = models.CharField("状态", max_length=10, default=VALID)
    reason = models.CharField("状态原因", max_length=4, blank=True)

    class Meta:
        verbose_name = "乡村医生执业注册"
        db_table = "doctors_village"
        indexes = [
            models.Index(
                fields=["institution", "status"], name="doctors_village_staff", condition=Q(closed=None)
            ),
            models.Index(fields=["valid_until"], name="doctors_village_last_day", condition=Q(closed=None)),
        ]

    def allows_practice(self, on: date) -> bool:
        """Whether she may practise at the village institution on ``on``, recorded expiry or not."""
        return table("permit_status")[self.status].flag("may_practise") and on <= self.valid_until


class VillageAssessment(VisibleEvent):
    """The conclusion of a two-year examination, or of the examination repeated, on its day."""

    cycle = models.CharField("考核周期", max_length=20)
    repeated = models.BooleanField("再次考核", default=False)
    passed = models.BooleanField("合格")

    class Meta:
        verbose_name = "乡村医生考核"
        db_table = "doctors_village_assessment"
