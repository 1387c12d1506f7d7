"""医疗广告审查登记簿: the register of adverts that were reviewed (广告法 第四十六条、第四十七条)."""

from yizheng.registry.registers import Register, declare

ADVERTS = declare(Register("advert", "医疗广告", of_people=False, prefix="A"))
