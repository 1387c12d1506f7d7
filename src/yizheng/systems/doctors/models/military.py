"""Doctors going over to the forces and coming back, and what the forces tell of them (军队实施执业医师法办法 第三条至第十条)."""

from yizheng.registry.declarations import Told
from yizheng.registry.fields import CodeField, TextField
from yizheng.systems.doctors.register import DOCTORS
from yizheng.systems.practitioners.models.military import RecordFact, TransferFact


class MilitaryTransfer(TransferFact):
    """A doctor's transfer."""

    register = DOCTORS

    class Meta:
        verbose_name = "军地转换"
        db_table = "doctors_military"


class MilitaryRecord(RecordFact):
    """One event of a doctor's military registration."""

    register = DOCTORS
    told = Told("{event}　{level}")

    level = CodeField("级别", 1, table="practice_level", blank=True)
    category = CodeField("类别", 20, table="practice_category", blank=True)
    scope_text = TextField("执业范围", 100, blank=True)
    assessment = TextField("考核结果", 40, blank=True, personal=True)

    class Meta:
        verbose_name = "军队医师记录"
        db_table = "doctors_military_record"
