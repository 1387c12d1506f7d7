"""The dated numbers of special qualifications: declared here, read for a day, changed by an administrator."""

from __future__ import annotations

from datetime import date

from yizheng.kernel.statutes import cosmetic_rules, radiation_worker_rules
from yizheng.licensing.rules import declare_rule, values
from yizheng.systems.doctors.clocks.numbers import TRANSPLANT_YEARS
from yizheng.systems.doctors.special.applicant import SpecialLimits

DECLARED = {
    "cosmetic_months": declare_rule(
        "special.cosmetic_months", "医疗美容培训或者工作最短时间", 12, "个月", cosmetic_rules(11), limits=(0, 60)
    ),
    "radiation_age": declare_rule(
        "special.radiation_age", "放射工作人员最低年龄", 18, "岁", radiation_worker_rules(5), limits=(16, 30)
    ),
    "retraining_years": declare_rule(
        "special.retraining_years", "放射工作人员复训间隔", 2, "年", radiation_worker_rules(8), limits=(1, 10)
    ),
    "health_years": declare_rule(
        "special.health_years", "放射工作人员体检间隔", 2, "年", radiation_worker_rules(19), limits=(1, 10)
    ),
}  # fmt: skip


def limits(on: date) -> SpecialLimits:
    """The numbers as they stand on a day."""
    found = {**values(on, "special."), **values(on, TRANSPLANT_YEARS.code)}
    numbers = {name: found[declared.code] for name, declared in DECLARED.items()}
    return SpecialLimits(**numbers, idle_years=found[TRANSPLANT_YEARS.code])
