"""The dated numbers of village doctors: declared here, read for a day, changed by an administrator."""

from __future__ import annotations

from datetime import date

from yizheng.kernel.statutes import village_doctor_regulation
from yizheng.licensing.rules import declare_rule, values
from yizheng.systems.doctors.checks.village import VillageLimits
from yizheng.systems.doctors.clocks.numbers import RENEWAL_MONTHS

DECLARED = {
    "valid_years": declare_rule(
        "village.valid_years", "乡村医生执业证书有效期", 5, "年", village_doctor_regulation(16), limits=(1, 20)
    ),
    "training_years": declare_rule(
        "village.training_years", "乡村医生培训间隔", 2, "年", village_doctor_regulation(31), limits=(1, 10)
    ),
    "bar_years": declare_rule(
        "village.bar_years", "乡村医生不予注册的年限", 2, "年", village_doctor_regulation(14), limits=(1, 10)
    ),
    "repeat_months": declare_rule(
        "village.repeat_months", "再次考核申请期限", 6, "个月", village_doctor_regulation(36), limits=(1, 24)
    ),
}  # fmt: skip


def limits(on: date) -> VillageLimits:
    """The numbers as they stand on a day."""
    found = {**values(on, "village."), **values(on, RENEWAL_MONTHS.code)}
    numbers = {name: found[declared.code] for name, declared in DECLARED.items()}
    return VillageLimits(**numbers, renewal_months=found[RENEWAL_MONTHS.code])
