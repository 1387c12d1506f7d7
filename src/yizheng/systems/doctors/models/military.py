"""Doctors going over to the forces and coming back (军队实施执业医师法办法 第九条、第十条)."""

from yizheng.systems.doctors.register import DOCTORS
from yizheng.systems.practitioners.models.military import TransferFact


class MilitaryTransfer(TransferFact):
    """A doctor's transfer."""

    register = DOCTORS

    class Meta:
        verbose_name = "军地转换"
        db_table = "doctors_military"
