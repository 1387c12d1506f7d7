"""The dated parameters of the registration rules: declared here, read for a day, changed by an administrator.

医师法 第十六条、第十九条; 医师执业注册管理办法 第九条、第十九条; 关于医师执业注册中执业范围的暂行规定.
"""

from __future__ import annotations

from datetime import date

from yizheng.kernel.statutes import registration_rules, scope_provisions
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
    "idle_years": declare_rule(
        "doctors.idle_years", "取得资格后多久未注册须先培训", 2, "年", registration_rules(9)
    ),
    "training_months": declare_rule(
        "doctors.training_months", "连续培训最短时间", 6, "个月", registration_rules(9)
    ),
    "leave_years": declare_rule(
        "doctors.leave_years", "离岗备案后多久未执业予以注销", 2, "年", registration_rules(19)
    ),
    "grassroots_scopes": declare_rule(
        "doctors.grassroots_scopes", "基层机构可注册的执业范围数", 3, "个", scope_provisions(4)
    ),
}


def periods(on: date) -> Periods:
    """The parameters as they stand on ``on``, in one query."""
    found = values(on, "doctors.")
    numbers = {name: found[declared.code] for name, declared in DECLARED.items()}
    return Periods(anniversary_inside=bool(numbers.pop("anniversary_inside")), **numbers)
