"""The registration to practise (执业注册, 医师法 第十三条、第十四条): place, category, scope and main institution.

A line is one level at one place: a physician's place is the province, an assistant's the district (医师执业注册管理办法
第七条). Suspension, leaving, deregistration, revocation and annulment are statuses of the line and never merge.
A doctor in standardised training may have no institution and no scope yet. The scope of a doctor by speciality in
Chinese medicine (中医（专长）医师) has no code: it is the methods and diseases she was examined in (中医药法 第十五条).
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from yizheng.kernel.codes import table
from yizheng.people.visible_facts import VisibleState

REGISTERED = "REG"
LEFT = "LEFT"
DEREGISTERED = "DEREG"

ENDED = frozenset({"DEREG", "REVOKED", "ANNULLED", "MIL", "MOVED"})
"""Statuses under which no registration stands any more; the line keeps them for the public history."""

UPGRADED = "D16"
"""The reason with which an assistant's registration ends when she becomes a physician."""


class Registration(VisibleState):
    """How a registration stands over a period."""

    practice_number = models.CharField("医师执业证书编码", max_length=15)
    level = models.CharField("执业级别", max_length=1)
    category = models.CharField("执业类别", max_length=20)
    scopes = ArrayField(models.CharField(max_length=4), verbose_name="执业范围", default=list, blank=True)
    place = models.CharField("执业地点", max_length=6, blank=True)
    institution = models.ForeignKey(
        "registry.Subject",
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name="主要执业机构",
    )
    department = models.CharField("科室", max_length=50, blank=True)
    employment = models.CharField("用工形式", max_length=20, blank=True)
    status = models.CharField("注册状态", max_length=12, default=REGISTERED)
    reason = models.CharField("状态原因", max_length=4, blank=True)
    issued_on = models.DateField("发证日期")
    first_practised_on = models.DateField("首次执业日期")
    is_primary = models.BooleanField("主执业地点", default=True)
    remark = models.CharField("备注", max_length=100, blank=True)
    scope_text = models.CharField("执业范围（技术方法和病证）", max_length=500, blank=True)

    class Meta:
        verbose_name = "医师执业注册"
        db_table = "doctors_registration"
        indexes = [
            models.Index(
                fields=["institution", "authority_scope", "subject"],
                name="doctors_registration_house",
                condition=Q(closed=None),
            ),
            models.Index(fields=["practice_number"], name="doctors_registration_number"),
        ]

    @property
    def stands(self) -> bool:
        """Whether there is a registration at all, in practice or not."""
        return self.status not in ENDED

    @property
    def may_practise(self) -> bool:
        """Whether the doctor may practise under it."""
        return table("doctor_register_status")[self.status].flag("may_practise")


def line(level: str, place: str) -> str:
    """The line of a registration of this level at this place."""
    return f"registration:{level}:{place}"
