"""The numbers the rules reckon with, and when a period of years that bars or permits something has run out.

The texts say 不满二年 and do not say whether the anniversary itself is still inside. Until the authority rules
otherwise it counts as inside; that reading and the other numbers are dated parameters.

医师法 第十六条、第十九条; 医师执业注册管理办法 第十二条、第十九条; 关于医师执业注册中执业范围的暂行规定.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from yizheng.kernel.calendar import add_years
from yizheng.kernel.remembering import Memory
from yizheng.kernel.statutes import licensing_law, physicians_law, registration_rules, scope_provisions
from yizheng.licensing.dated_numbers import DatedNumbers, number


@dataclass(frozen=True)
class Periods(DatedNumbers, prefix="doctors."):
    """The parameters of the rules as they stand on the day asked about."""

    anniversary_inside: bool = number(
        "满年当日仍计入期限（1 是，0 否）", True, "", registration_rules(6), doubtful=True
    )
    idle_years: int = number("取得资格后多久未注册须先培训", 2, "年", registration_rules(12))
    training_months: int = number("连续培训最短时间", 6, "个月", registration_rules(12))
    leave_years: int = number("离岗备案后多久未执业予以注销", 2, "年", registration_rules(19))
    grassroots_scopes: int = number("基层机构可注册的执业范围数", 3, "个", scope_provisions(2))
    other_scopes: int = number(
        "其他机构增加执业范围后可有的执业范围数", 2, "个", physicians_law(14), doubtful=True, limits=(1, 9)
    )
    report_days: int = number("注销情形机构须在知悉后多久内报告", 30, "日", physicians_law(17), limits=(1, 365))
    leave_days: int = number("离岗手续办结后机构须多久内备案", 30, "日", registration_rules(19), limits=(1, 365))
    scope_training_months: int = number("变更执业范围前系统培训或者专业进修最短时间", 24, "个月", physicians_law(14))
    individual_years: int = number("个体行医前须在医疗卫生机构中执业多久", 5, "年", physicians_law(20))
    interruption_years: int = number("中止执业多久后再次执业须考核", 2, "年", physicians_law(19))
    return_training_months: int = number(
        "中止执业后再次执业的连续培训最短时间（0 不要求培训，只要求考核）",
        6,
        "个月",
        registration_rules(12),
        doubtful=True,
        limits=(0, 36),
    )
    physical_check_months: int = number(
        "重新注册的体检多久之内有效", 6, "个月", registration_rules(12), doubtful=True, limits=(1, 36)
    )
    number_restored: bool = number(
        "重新注册沿用原执业证书编码（1 是，0 新编）", True, "", physicians_law(19), doubtful=True
    )
    number_by_category: bool = number(
        "变更执业类别时新编执业证书编码（1 是，0 沿用）", False, "", physicians_law(18), doubtful=True
    )
    bar_years_r02: int = number("刑罚执行完毕后多久内不予注册", 2, "年", physicians_law(16, item=2))
    bar_years_r04: int = number("吊销执业证书后多久内不予注册", 2, "年", physicians_law(16, item=3))
    bar_years_r05: int = number("定期考核不合格被注销后多久内不予注册", 1, "年", physicians_law(16, item=4))
    bar_years_r11: int = number(
        "以不正当手段取得证书被撤销后多久内不受理相应申请", 3, "年", physicians_law(54), doubtful=True
    )
    bar_years_r17: int = number("隐瞒情况或者提供虚假材料后多久内不受理同一许可申请", 1, "年", licensing_law(78))

    def years_of(self, ground: str, by_table: int) -> int:
        """How many years a ground stands after the day it counts from."""
        own = {
            "R02": self.bar_years_r02, "R04": self.bar_years_r04, "R05": self.bar_years_r05,
            "R11": self.bar_years_r11, "R17": self.bar_years_r17,
        }  # fmt: skip
        return own.get(ground, by_table)

    def last_day(self, event: date, years: int) -> date:
        """The last day still inside ``years`` after ``event``; the day of the event is not counted."""
        anniversary = add_years(event, years)
        return anniversary if self.anniversary_inside else anniversary - timedelta(days=1)

    def has_run(self, event: date, years: int, on: date) -> bool:
        """Whether ``years`` after ``event`` have run out on ``on``."""
        return on > self.last_day(event, years)


PERIODS: Memory[date, Periods] = Memory("yizheng_doctors_periods")
"""For work on many applications, all weighed by the same numbers."""


def periods(on: date) -> Periods:
    """The numbers as they stand on ``on``, in one query."""
    return PERIODS.ask(on, lambda: Periods.on(on))
