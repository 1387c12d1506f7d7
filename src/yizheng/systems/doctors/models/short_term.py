"""Short-term practice (短期行医) of doctors from Hong Kong, Macau, Taiwan and abroad: who, where, at what, until when.

香港、澳门特别行政区医师在内地短期行医管理规定 第二条、第九条; 台湾地区医师在大陆短期行医管理规定 第二条、第九条;
外国医师来华短期行医暂行管理办法 第二条、第四条. It is no registration of the physicians' law: it has a last day, is never
renewed but made anew, and holds at the host alone. A foreign doctor with several hosts has one line a host under one
certificate. After the last day the line says that it expired, once somebody or the daily clock has recorded it.
"""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from yizheng.kernel.codes import table
from yizheng.people.visible_facts import VisibleState

FOREIGN = "FOREIGN"
"""The origin of everybody who is neither of Hong Kong nor of Macau nor of Taiwan."""
VALID = "VALID"
EXPIRED = "EXPIRED"
ENDED = "ENDED"
REVOKED = "REVOKED"


class ShortTermPractice(VisibleState):
    """One person's short-term practice at one host over a period."""

    origin = models.CharField("来源地", max_length=8)
    certificate_number = models.CharField("证书编号", max_length=40)
    category = models.CharField("执业类别", max_length=20, blank=True)
    scopes = ArrayField(models.CharField(max_length=4), verbose_name="执业范围", default=list, blank=True)
    specialty = models.CharField("专业及诊疗项目", max_length=200, blank=True)
    institution = models.ForeignKey(
        "registry.Subject", models.PROTECT, related_name="+", db_index=False, verbose_name="聘用机构"
    )
    department = models.CharField("科室", max_length=50, blank=True)
    contract_from = models.DateField("协议开始")
    contract_to = models.DateField("协议结束")
    home_licence_authority = models.CharField("行医执照发照机构", max_length=100, blank=True)
    home_licence_until = models.DateField("行医执照有效期至", null=True)
    issued_on = models.DateField("发证日期")
    valid_until = models.DateField("有效期至")
    team = models.CharField("所属团体许可", max_length=40, blank=True)
    status = models.CharField("状态", max_length=10, default=VALID)
    reason = models.CharField("状态原因", max_length=4, blank=True)

    class Meta:
        verbose_name = "短期行医"
        db_table = "doctors_short_term"
        indexes = [
            models.Index(
                fields=["institution", "status"], name="doctors_short_term_staff", condition=Q(closed=None)
            ),
            models.Index(
                fields=["valid_until"], name="doctors_short_term_last_day", condition=Q(closed=None)
            ),
        ]

    def allows_practice(self, on: date) -> bool:
        """Whether the person may practise at the host on ``on``, recorded expiry or not."""
        return table("permit_status")[self.status].flag("may_practise") and on <= self.valid_until


def line(institution: int) -> str:
    """The line of a person's short-term practice at this host."""
    return f"short_term:{institution}"
