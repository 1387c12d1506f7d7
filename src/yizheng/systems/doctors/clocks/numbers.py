"""What the clocks of doctors share: the dated numbers their queries name, and the public register made anew after an end."""

from datetime import date
from functools import partial
from typing import Any

from yizheng.disclosure.publishing import refresh
from yizheng.kernel.codes import table
from yizheng.kernel.statutes import physicians_law, registration_rules, transplant_rules, village_doctor_regulation
from yizheng.licensing.deadlines.clocks import Clock, RegisterClocks
from yizheng.licensing.rules import declare_rule, values
from yizheng.systems.doctors.checks.periods import Periods
from yizheng.systems.doctors.register import DOCTORS
from yizheng.systems.practitioners.bars import LASTS, Lasts

CYCLE_YEARS = declare_rule("doctors.clock_cycle_years", "医师定期考核周期", 3, "年", physicians_law(42), limits=(1, 10))
ANCHOR = declare_rule(
    "doctors.assessment_first_year", "三年一周期的定期考核从哪一年起算（市级公布）", 2023, "年", physicians_law(42),
    doubtful=True, limits=(2022, 2100),
)  # fmt: skip
FORMER_CYCLE_YEARS = 2
"""Before 医师法 (2022-03-01) a cycle had two years (医师定期考核管理办法)."""
MISSED_CYCLES = declare_rule(
    "doctors.clock_missed_cycles", "连续多少个周期未考核予以注销", 2, "个", registration_rules(18), limits=(1, 9)
)
INTERRUPTED_YEARS = declare_rule(
    "doctors.clock_interrupted_years", "中止执业后多久予以注销", 2, "年", physicians_law(17), limits=(1, 9)
)
TRANSPLANT_YEARS = declare_rule(
    "doctors.clock_transplant_years", "连续多久未开展移植后撤销认定", 3, "年", transplant_rules(29, item=1),
    doubtful=True, limits=(1, 9),
)  # fmt: skip
RENEWAL_MONTHS = declare_rule(
    "doctors.clock_village_renewal_months", "乡村医生再注册须提前多久申请", 3, "个月", village_doctor_regulation(16),
    limits=(0, 24),
)  # fmt: skip
VILLAGE_YEARS = declare_rule(
    "village.assessment_years", "乡村医生考核间隔", 2, "年", village_doctor_regulation(34), limits=(1, 9)
)
REPEAT_MONTHS = declare_rule(
    "village.repeat_months", "再次考核申请期限", 6, "个月", village_doctor_regulation(36), limits=(1, 24)
)
VILLAGE_INTERRUPTED_YEARS = declare_rule(
    "village.interrupted_years", "乡村医生中止执业后多久予以注销", 2, "年", village_doctor_regulation(18, item=3),
    limits=(1, 9),
)  # fmt: skip


def parameters(on: date) -> dict[str, Any]:
    """What the queries of the clocks are asked with on a day."""
    found = {**values(on, "doctors."), **values(on, "village.")}
    periods = Periods.among(found)
    counted = [
        code
        for code in table("doctor_refusal_reason").items(on)
        if LASTS.get(code.attributes["bar_from"]) in (Lasts.YEARS, Lasts.AFTER_SENTENCE)
    ]
    return {
        **{name: found[code] for name, code in _ASKED.items()},
        "former_years": FORMER_CYCLE_YEARS,
        "counted_grounds": [code.code for code in counted],
        "counted_years": [periods.years_of(code.code, int(code.attributes["bar_years"] or 0)) for code in counted],
    }


_ASKED = {
    "inside": "doctors.anniversary_inside",
    "idle_years": "doctors.idle_years",
    "leave_years": "doctors.leave_years",
    "interrupted_years": INTERRUPTED_YEARS.code,
    "cycle_years": CYCLE_YEARS.code,
    "anchor": ANCHOR.code,
    "missed_cycles": MISSED_CYCLES.code,
    "transplant_years": TRANSPLANT_YEARS.code,
    "renewal_months": RENEWAL_MONTHS.code,
    "village_years": VILLAGE_YEARS.code,
    "repeat_months": REPEAT_MONTHS.code,
    "village_interrupted_years": VILLAGE_INTERRUPTED_YEARS.code,
}
"""By the name in a query the rule whose number of the day it is."""
CLOCKS = RegisterClocks(
    register=DOCTORS, parameters=parameters, after_end=lambda subjects: refresh(DOCTORS.code, subjects)
)
clock = partial(Clock, of=CLOCKS)
"""A clock of this register."""
