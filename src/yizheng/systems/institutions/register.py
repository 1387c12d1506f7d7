"""医疗机构登记簿: the register of medical institutions (医疗机构管理条例 第二十五条)."""

from yizheng.registry.registers import Register, declare

INSTITUTIONS = declare(Register("institution", "医疗机构", of_people=False, prefix="I"))
