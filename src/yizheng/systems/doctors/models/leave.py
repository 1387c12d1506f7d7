"""A leave filing (离岗备案, 医师执业注册管理办法 第十九条): the institution told that the doctor left, and when and why.

The registration stands for two more years from the filing; the filing ends when she finds another main institution, when it
was made in error, or with the registration.
"""

from yizheng.kernel.codes import name_of, table
from yizheng.people.visible_facts import VisibleState
from yizheng.registry.declarations import OUTLINED, Told
from yizheng.registry.fields import CodeField, DayField, SubjectField
from yizheng.systems.doctors.register import DOCTORS
from yizheng.systems.institutions.register import INSTITUTIONS

REASONS = ("doctor_leave_reason", "doctor_deregistration_reason")
"""The tables that the reason of a registration's status may be in."""


def reason_words(code: str) -> str:
    """A reason for leaving or deregistration with its code: 调离（L01）."""
    for name in REASONS:
        if (found := table(name).get(code)) is not None:
            return f"{found.name}（{code}）"
    return code


class LeaveFiling(VisibleState):
    """What the institution filed, from the day it was filed."""

    register = DOCTORS
    order, weight, drawn = 10, 10, OUTLINED
    told = Told("{institution}　{reason_name}　{left_on} 离岗")
    entry = None

    institution = SubjectField("备案机构", of=INSTITUTIONS)
    reason = CodeField("离岗原因", 4, table="doctor_leave_reason", said=reason_words)
    left_on = DayField("离岗日期")
    completed_on = DayField("手续办结日期")
    filed_on = DayField("备案日期")

    class Meta:
        verbose_name = "离岗备案"
        db_table = "doctors_leave"

    @property
    def reason_name(self) -> str:
        """The reason without its code."""
        return name_of("doctor_leave_reason", self.reason)


def line(registration_line: str) -> str:
    """The line of the leave filing of a registration."""
    return f"leave:{registration_line}"
