"""Village doctors (乡村医生, 乡村医生从业管理条例): no physicians of the physicians' law, with a register of their own.

第九条、第十五条、第十六条: the certificate holds for five years at the village institution that employs; 第三十四条 and
第三十六条: examined every two years.
"""

from django.db import models
from django.db.models import Q

from yizheng.people.visible_facts import VisibleEvent
from yizheng.registry.declarations import OUTLINED, Entry, Told, by_result
from yizheng.registry.fields import CodeField, DayField, FlagField, NumberField, SubjectField, TextField
from yizheng.systems.doctors.register import DOCTORS
from yizheng.systems.institutions.register import INSTITUTIONS
from yizheng.systems.practitioners.models.permit import PERMIT_SAYS, VALID, Permit

LINE = "village"
"""The line of a village doctor's registration: a person has one."""
ASSESSMENT_LINE = "village_assessment"
"""The line of all a village doctor's examinations."""


class VillageRegistration(Permit):
    """How a village doctor's registration stands over a period."""

    register = DOCTORS
    order, weight, drawn = 10, 14, OUTLINED
    told = Told(PERMIT_SAYS, past="乡村医生注册　{status}")
    entry = Entry(place=82)

    certificate_number = NumberField("乡村医生执业证书编号", 40, public=True, printed=True)
    institution = SubjectField("村医疗卫生机构", of=INSTITUTIONS, public=True, printed=True)
    services = TextField("服务内容", 300, blank=True, printed=True)
    drug_list = TextField("基本用药目录版本", 50, blank=True)
    first_registered_on = DayField("首次注册日期")
    issued_on = DayField("发证日期", printed=True)
    valid_until = DayField("有效期至", public=True, printed=True)
    status = CodeField("状态", 10, table="permit_status", default=VALID, public=True)
    reason = CodeField("状态原因", 4, table="village_ending_reason", blank=True)

    class Meta:
        verbose_name = "乡村医生执业注册"
        db_table = "doctors_village"
        indexes = [
            models.Index(fields=["institution", "status"], name="doctors_village_staff", condition=Q(closed=None)),
            models.Index(fields=["valid_until"], name="doctors_village_last_day", condition=Q(closed=None)),
        ]

    @property
    def practises(self) -> str:
        """She practises by it."""
        return self.kind_title()


class VillageAssessment(VisibleEvent):
    """The conclusion of a two-year examination, or of the examination repeated, on its day."""

    register = DOCTORS
    order, weight, drawn = 10, 500, by_result
    told = Told("{cycle}　{passed}")
    entry = None

    cycle = TextField("考核周期", 20)
    repeated = FlagField("再次考核", default=False)
    passed = FlagField("合格", yes_no=("合格", "不合格"))

    class Meta:
        verbose_name = "乡村医生考核"
        db_table = "doctors_village_assessment"
