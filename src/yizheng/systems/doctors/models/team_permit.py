"""The permit of a foreign medical team (外国医疗团体来华短期行医, 外国医师来华短期行医暂行管理办法 第十七条).

It is a fact of the host institution that invited the team; each member has a short-term practice of her own that names it.
"""

from yizheng.registry.declarations import OUTLINED, Entry, Told
from yizheng.registry.fields import CodeField, CountField, DayField, NumberField, TextField
from yizheng.systems.doctors.register import DOCTORS
from yizheng.systems.practitioners.models.permit import VALID, Permit


class TeamPermit(Permit):
    """A team that may treat at the host until the last day."""

    register = DOCTORS
    order, weight, drawn = 10, 15, OUTLINED
    told = Told("{certificate_number}　{team_name}")
    entry = Entry(place=81)

    certificate_number = NumberField("许可编号", 40, printed=True)
    team_name = TextField("团体名称", 200, printed=True)
    country = TextField("来自国家（地区）", 60, printed=True)
    leader = TextField("负责人", 100, personal=True, printed=True)
    purpose = TextField("目的和诊疗项目", 500, printed=True)
    members = CountField("成员人数", unit="人", printed=True)
    agreement_from = DayField("协议开始")
    agreement_to = DayField("协议结束")
    issued_on = DayField("发证日期", printed=True)
    valid_until = DayField("有效期至", printed=True)
    status = CodeField("状态", 10, table="permit_status", default=VALID)
    reason = CodeField("状态原因", 4, table="short_term_ending_reason", blank=True)

    class Meta:
        verbose_name = "外国医疗团体短期行医许可"
        db_table = "doctors_team_permit"


def line(certificate_number: str) -> str:
    """The line of one team permit of a host."""
    return f"team:{certificate_number}"
