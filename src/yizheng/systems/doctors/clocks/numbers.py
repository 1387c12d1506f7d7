"""What the clocks of doctors share: the dated numbers their queries name, and the public register made anew after an end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from yizheng.disclosure.publishing import refresh
from yizheng.kernel.codes import Code, table
from yizheng.kernel.statutes import physicians_law, registration_rules, transplant_rules, village_doctor_regulation
from yizheng.licensing.deadlines.clocks import RegisterClocks
from yizheng.licensing.rules import declare_rule, values
from yizheng.systems.doctors.checks.grounds import LASTS, Lasts
from yizheng.systems.doctors.register import DOCTORS
from yizheng.systems.doctors.rules import BARS

CYCLE_YEARS = declare_rule("doctors.clock_cycle_years", "医师定期考核周期", 3, "年", physicians_law(42), limits=(1, 10))
ANCHOR = declare_rule(
    "doctors.assessment_first_year",
    "三年一周期的定期考核从哪一年起算（市级公布）",
    2023,
    "年",
    physicians_law(42),
    doubtful=True,
    limits=(2000, 2100),
)
FORMER_CYCLE_YEARS = 2
"""Before 医师法 (2022-03-01) a cycle had two years (医师定期考核管理办法)."""
MISSED_CYCLES = declare_rule(
    "doctors.clock_missed_cycles", "连续多少个周期未考核予以注销", 2, "个", registration_rules(18), limits=(1, 9)
)
INTERRUPTED_YEARS = declare_rule(
    "doctors.clock_interrupted_years", "中止执业后多久予以注销", 2, "年", physicians_law(17), limits=(1, 9)
)
TRANSPLANT_YEARS = declare_rule(
    "doctors.clock_transplant_years",
    "连续多久未开展移植后撤销认定",
    3,
    "年",
    transplant_rules(29, item=1),
    doubtful=True,
    limits=(1, 9),
)
RENEWAL_MONTHS = declare_rule(
    "doctors.clock_village_renewal_months",
    "乡村医生再注册须提前多久申请",
    3,
    "个月",
    village_doctor_regulation(16),
    limits=(0, 24),
)
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

COUNTED = frozenset({Lasts.YEARS, Lasts.AFTER_SENTENCE})
"""Grounds that end years after a day."""


def parameters(on: date) -> dict[str, Any]:
    """What the queries of the clocks are asked with on a day."""
    found = {**values(on, "doctors."), **values(on, "village.")}
    grounds = table("doctor_refusal_reason").items(on)
    counted = [code for code in grounds if LASTS.get(code.attributes["bar_from"]) in COUNTED]
    return {
        "inside": found["doctors.anniversary_inside"],
        "idle_years": found["doctors.idle_years"],
        "leave_years": found["doctors.leave_years"],
        "interrupted_years": found[INTERRUPTED_YEARS.code],
        "cycle_years": found[CYCLE_YEARS.code],
        "anchor": found[ANCHOR.code],
        "former_years": FORMER_CYCLE_YEARS,
        "missed_cycles": found[MISSED_CYCLES.code],
        "transplant_years": found[TRANSPLANT_YEARS.code],
        "renewal_months": found[RENEWAL_MONTHS.code],
        "village_years": found[VILLAGE_YEARS.code],
        "repeat_months": found[REPEAT_MONTHS.code],
        "village_interrupted_years": found[VILLAGE_INTERRUPTED_YEARS.code],
        "counted_grounds": [code.code for code in counted],
        "counted_years": [_years(code, found) for code in counted],
    }


def _years(ground: Code, found: Mapping[str, int]) -> int:
    """How many years a ground stands: the dated rule where there is one, else the code table."""
    rule = BARS.get(ground.code)
    return found[rule.code] if rule is not None else int(ground.attributes["bar_years"] or 0)


CLOCKS = RegisterClocks(
    register=DOCTORS, parameters=parameters, after_end=lambda subjects: refresh(DOCTORS.code, subjects)
)
