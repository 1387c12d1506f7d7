"""医师登记簿: the register of doctors (医师法 第十三条、第二十一条)."""

from yizheng.registry.registers import Register, declare

DOCTORS = declare(Register("doctor", "医师", prefix="D"))
