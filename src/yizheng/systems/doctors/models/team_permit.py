"""The permit of a foreign medical team (外国医疗团体来华短期行医, 外国医师来华短期行医暂行管理办法 第十七条).

It is a fact of the host institution that invited the team; each member has a short-term practice of her own that names it.
"""

from __future__ import annotations

from django.db import models

from yizheng.people.visible_facts import VisibleState
from yizheng.systems.doctors.models.short_term import VALID


class TeamPermit(VisibleState):
    """A team that may treat at the host until the last day."""

    certificate_number = models.CharField("许可编号", max_length=40)
    team_name = models.CharField("团体名称", max_length=200)
    country = models.CharField("来自国家（地区）", max_length=60)
    leader = models.CharField("负责人", max_length=100)
    purpose = models.CharField("目的和诊疗项目", max_length=500)
    members = models.PositiveSmallIntegerField("成员人数")
    agreement_from = models.DateField("协议开始")
    agreement_to = models.DateField("协议结束")
    issued_on = models.DateField("发证日期")
    valid_until = models.DateField("有效期至")
    status = models.CharField("状态", max_length=10, default=VALID)
    reason = models.CharField("状态原因", max_length=4, blank=True)

    class Meta:
        verbose_name = "外国医疗团体短期行医许可"
        db_table = "doctors_team_permit"


def line(certificate_number: str) -> str:
    """The line of one team permit of a host."""
    return f"team:{certificate_number}"
