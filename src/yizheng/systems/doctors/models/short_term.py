"""Short-term practice (短期行医) of doctors from Hong Kong, Macau, Taiwan and abroad: who, where, at what, until when.

香港、澳门特别行政区医师在内地短期行医管理规定 第二条、第九条; 台湾地区医师在大陆短期行医管理规定 第二条、第九条;
外国医师来华短期行医暂行管理办法 第二条、第四条. It is no registration of the physicians' law: it has a last day, is never
renewed but made anew, and holds at the host alone. A foreign doctor with several hosts has one line a host under one
certificate. After the last day the line says that it expired, once somebody or the daily clock has recorded it.
"""

from django.db import models
from django.db.models import Q

from yizheng.kernel.codes import name_of, table
from yizheng.registry.declarations import OUTLINED, Entry, Told
from yizheng.registry.fields import CodeField, CodesField, DayField, NumberField, SubjectField, TextField
from yizheng.systems.doctors.register import DOCTORS
from yizheng.systems.institutions.register import INSTITUTIONS
from yizheng.systems.practitioners.models.permit import PERMIT_SAYS, VALID, Permit

FOREIGN = "FOREIGN"
"""The origin of everybody who is neither of Hong Kong nor of Macau nor of Taiwan."""


class ShortTermPractice(Permit):
    """One person's short-term practice at one host over a period."""

    register = DOCTORS
    label = "{origin_label} {institution}"
    order, weight, drawn = 10, 13, OUTLINED
    told = Told(PERMIT_SAYS, past="{origin_label}　{status}　{certificate_number}")
    entry = Entry(place=80)

    origin = CodeField("来源地", 8, table="short_term_origin", printed=True)
    certificate_number = NumberField("证书编号", 40, public=True, printed=True)
    category = CodeField("执业类别", 20, table="practice_category", blank=True, public=True, printed=True)
    scopes = CodesField("执业范围", 4, table="practice_scope", default=list, blank=True, public=True, printed=True)
    specialty = TextField("专业及诊疗项目", 200, blank=True, public=True, printed=True)
    institution = SubjectField("聘用机构", of=INSTITUTIONS, public=True, printed=True)
    department = TextField("科室", 50, blank=True)
    contract_from = DayField("协议开始", printed=True)
    contract_to = DayField("协议结束", printed=True)
    home_licence_authority = TextField("行医执照发照机构", 100, blank=True)
    home_licence_until = DayField("行医执照有效期至", null=True)
    issued_on = DayField("发证日期", printed=True)
    valid_until = DayField("有效期至", public=True, printed=True)
    team = TextField("所属团体许可", 40, blank=True)
    status = CodeField("状态", 10, table="permit_status", default=VALID, public=True)
    reason = CodeField("状态原因", 4, table="short_term_ending_reason", blank=True)

    class Meta:
        verbose_name = "短期行医"
        db_table = "doctors_short_term"
        indexes = [
            models.Index(fields=["institution", "status"], name="doctors_short_term_staff", condition=Q(closed=None)),
            models.Index(fields=["valid_until"], name="doctors_short_term_last_day", condition=Q(closed=None)),
        ]

    @property
    def origin_label(self) -> str:
        """The kind of short-term practice: 港澳医师短期行医."""
        return table("short_term_origin")[self.origin].attributes["label"]

    @property
    def practises(self) -> str:
        """The kind of short-term practice."""
        return self.origin_label

    @property
    def work(self) -> str:
        """What may be done there: scopes by code, or the work in words."""
        return "；".join(name_of("practice_scope", code) for code in self.scopes) or self.specialty


def line(institution: int) -> str:
    """The line of a person's short-term practice at this host."""
    return f"short_term:{institution}"
