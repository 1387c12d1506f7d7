"""The dated numbers of short-term practice: declared here, read for a day, changed by an administrator."""

from __future__ import annotations

from datetime import date

from yizheng.kernel.statutes import foreign_doctor_rules, hk_macau_rules
from yizheng.licensing.rules import declare_rule, values
from yizheng.systems.doctors.short_term.limits import ShortTermLimits

DECLARED = {
    "hmt_years": declare_rule(
        "short_term.hmt_years", "港澳台医师短期行医最长期限", 3, "年", hk_macau_rules(9), limits=(1, 10)
    ),
    "foreign_years": declare_rule(
        "short_term.foreign_years",
        "外国医师短期行医最长期限",
        1,
        "年",
        foreign_doctor_rules(12),
        limits=(1, 5),
    ),
    "health_months": declare_rule(
        "short_term.health_months", "短期行医体检证明有效时间", 3, "个月", hk_macau_rules(6), limits=(1, 24)
    ),
    "photo_months": declare_rule(
        "short_term.photo_months", "短期行医照片有效时间", 6, "个月", hk_macau_rules(6), limits=(1, 24)
    ),
}


def limits(on: date) -> ShortTermLimits:
    """The numbers as they stand on a day, in one query."""
    found = values(on, "short_term.")
    return ShortTermLimits(**{name: found[declared.code] for name, declared in DECLARED.items()})
