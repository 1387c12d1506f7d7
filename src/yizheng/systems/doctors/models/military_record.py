"""What the health organs of the forces tell of a doctor (军地数据交换, 军队实施执业医师法办法 第三条至第十条).

A record is evidence and no registration: going over and coming back are business items of their own. Units are kept by
code and by the name that may be told; numbers of military papers stay in the sealed package alone. Nothing is public.
"""

from yizheng.people.visible_facts import VisibleEvent
from yizheng.registry.declarations import NEUTRAL, Told
from yizheng.registry.fields import CodeField, DayField, NumberField, TextField
from yizheng.systems.doctors.register import DOCTORS

TO_FORCES = "to_forces"


class MilitaryRecord(VisibleEvent):
    """One event of a military registration, on its day."""

    register = DOCTORS
    order, weight, drawn = 10, 500, NEUTRAL
    told = Told("{event}　{level}")
    entry = None

    event = CodeField("变动", 12, table="military_event")
    level = CodeField("级别", 1, table="practice_level", blank=True)
    category = CodeField("类别", 20, table="practice_category", blank=True)
    scope_text = TextField("执业范围", 100, blank=True)
    registered_from = DayField("军队注册开始", null=True)
    registered_to = DayField("军队注册结束", null=True)
    proof_number = NumberField("证明文号", 60)
    unit_code = TextField("单位代码", 20, blank=True, personal=True)
    unit_name = TextField("单位可公开名称", 100, blank=True, personal=True)
    assessment = TextField("考核结果", 40, blank=True, personal=True)
    sanctions = TextField("处罚情况", 200, blank=True, personal=True)

    class Meta:
        verbose_name = "军队医师记录"
        db_table = "doctors_military_record"


def line(proof_number: str) -> str:
    """The line of what one proof says."""
    return f"military_record:{proof_number}"
