"""A special qualification (专项资格): what a registered doctor may do beside the registration, and never without it.

人体器官捐献和移植条例 第二十七条, 母婴保健法 第三十三条 and the other bases named in the code table
``special_qualification_type``, which also says whether a type holds at one institution only. The line is the type, what
it is about (an organ, a specialty, a technique, a class) and, where bound to one, the institution.
"""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from yizheng.kernel.codes import table
from yizheng.people.visible_facts import VisibleState
from yizheng.systems.doctors.models.short_term import VALID

SUSPENDED = "SUSPENDED"


class SpecialQualification(VisibleState):
    """One special qualification over a period."""

    type = models.CharField("专项类型", max_length=20)
    detail = models.CharField("专业、器官或项目", max_length=20, blank=True)
    institution = models.ForeignKey(
        "registry.Subject",
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name="执业机构",
    )
    certificate_number = models.CharField("证书编号", max_length=50, blank=True)
    granted_by = models.CharField("认定机构", max_length=100)
    granted_on = models.DateField("认定日期")
    valid_until = models.DateField("有效期至", null=True)
    last_work_on = models.DateField("最近一次开展日期", null=True)
    retraining_due = models.DateField("应复训日期", null=True)
    noted = models.BooleanField("执业证书加注", default=False)
    status = models.CharField("状态", max_length=10, default=VALID)
    reason = models.CharField("状态原因", max_length=100, blank=True)

    class Meta:
        verbose_name = "专项资格"
        db_table = "doctors_special_qualification"
        indexes = [
            models.Index(
                fields=["institution", "type"], name="doctors_special_staff", condition=Q(closed=None)
            ),
            models.Index(fields=["type", "status"], name="doctors_special_type", condition=Q(closed=None)),
        ]

    @property
    def ends_with_institution(self) -> bool:
        """Whether the type never outlives practising at the institution that gave it."""
        return table("special_qualification_type")[self.type].flag("ends_with_institution")

    def holds(self, on: date) -> bool:
        """Whether the doctor may rely on it on ``on``."""
        in_time = self.valid_until is None or on <= self.valid_until
        return table("permit_status")[self.status].flag("may_practise") and in_time


def line(type_: str, detail: str = "", institution: int | None = None) -> str:
    """The line of a qualification of this type about this thing, at this institution where it is bound to one."""
    return ":".join(str(part) for part in ("special", type_, detail, institution) if part not in ("", None))
