"""The dated parameters of the registration rules: declared here, read for a day, changed by an administrator.

医师法 第十六条、第十九条; 医师执业注册管理办法 第十二条、第十九条; 关于医师执业注册中执业范围的暂行规定.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from yizheng.kernel.remembering import Memory
from yizheng.kernel.statutes import licensing_law, physicians_law, registration_rules, scope_provisions
from yizheng.licensing.rules import declare_rule, values
from yizheng.systems.doctors.checks.periods import Periods

DECLARED = {
    "anniversary_inside": declare_rule(
        "doctors.anniversary_inside",
        "满年当日仍计入期限（1 是，0 否）",
        1,
        "",
        registration_rules(6),
        doubtful=True,
        limits=(0, 1),
    ),
    "idle_years": declare_rule("doctors.idle_years", "取得资格后多久未注册须先培训", 2, "年", registration_rules(12)),
    "training_months": declare_rule("doctors.training_months", "连续培训最短时间", 6, "个月", registration_rules(12)),
    "leave_years": declare_rule("doctors.leave_years", "离岗备案后多久未执业予以注销", 2, "年", registration_rules(19)),
    "grassroots_scopes": declare_rule(
        "doctors.grassroots_scopes", "基层机构可注册的执业范围数", 3, "个", scope_provisions(4)
    ),
    "other_scopes": declare_rule(
        "doctors.other_scopes",
        "其他机构增加执业范围后可有的执业范围数",
        2,
        "个",
        physicians_law(14),
        doubtful=True,
        limits=(1, 9),
    ),
    "scope_training_months": declare_rule(
        "doctors.scope_training_months", "变更执业范围前系统培训或者专业进修最短时间", 24, "个月", physicians_law(14)
    ),
    "individual_years": declare_rule(
        "doctors.individual_years", "个体行医前须在医疗卫生机构中执业多久", 5, "年", physicians_law(20)
    ),
    "interruption_years": declare_rule(
        "doctors.interruption_years", "中止执业多久后再次执业须考核", 2, "年", physicians_law(19)
    ),
    "return_training_months": declare_rule(
        "doctors.return_training_months",
        "中止执业后再次执业的连续培训最短时间（0 不要求培训，只要求考核）",
        6,
        "个月",
        registration_rules(12),
        doubtful=True,
        limits=(0, 36),
    ),
    "physical_check_months": declare_rule(
        "doctors.physical_check_months",
        "重新注册的体检多久之内有效",
        6,
        "个月",
        registration_rules(12),
        doubtful=True,
        limits=(1, 36),
    ),
    "number_restored": declare_rule(
        "doctors.number_restored",
        "重新注册沿用原执业证书编码（1 是，0 新编）",
        1,
        "",
        physicians_law(19),
        doubtful=True,
        limits=(0, 1),
    ),
    "number_by_category": declare_rule(
        "doctors.number_by_category",
        "变更执业类别时新编执业证书编码（1 是，0 沿用）",
        0,
        "",
        physicians_law(18),
        doubtful=True,
        limits=(0, 1),
    ),
}

BARS = {
    "R02": declare_rule("doctors.bar_years_r02", "刑罚执行完毕后多久内不予注册", 2, "年", physicians_law(16, item=2)),
    "R04": declare_rule("doctors.bar_years_r04", "吊销执业证书后多久内不予注册", 2, "年", physicians_law(16, item=3)),
    "R05": declare_rule(
        "doctors.bar_years_r05", "定期考核不合格被注销后多久内不予注册", 1, "年", physicians_law(16, item=4)
    ),
    "R11": declare_rule(
        "doctors.bar_years_r11",
        "以不正当手段取得证书被撤销后多久内不受理相应申请",
        3,
        "年",
        physicians_law(54),
        doubtful=True,
    ),
    "R17": declare_rule(
        "doctors.bar_years_r17", "隐瞒情况或者提供虚假材料后多久内不受理同一许可申请", 1, "年", licensing_law(78)
    ),
}
"""How many years the grounds that count years stand, by ground."""
_SWITCHES = ("anniversary_inside", "number_restored", "number_by_category")


def periods(on: date) -> Periods:
    """The parameters as they stand on ``on``, in one query."""
    return PERIODS.ask(on, lambda: periods_from(values(on, "doctors.")))


PERIODS: Memory[date, Periods] = Memory("yizheng_doctors_periods")
"""For work on many applications, all weighed by the same parameters."""


def periods_from(found: Mapping[str, int]) -> Periods:
    """The parameters with these values, by code: those of a day, or those somebody only thinks about."""
    numbers: dict[str, Any] = {name: found[declared.code] for name, declared in DECLARED.items()}
    numbers |= {name: bool(numbers[name]) for name in _SWITCHES}
    return Periods(**numbers, bar_years={ground: found[declared.code] for ground, declared in BARS.items()})
