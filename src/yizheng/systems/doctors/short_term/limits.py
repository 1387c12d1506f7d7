"""How long short-term practice lasts and how fresh its proofs must be: numbers read for a day, last days and rules made of them.

港澳医师短期行医规定 第六条、第九条、第十三条 (the rules for Taiwan have the same articles); 外国医师短期行医办法 第二条.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from yizheng.kernel.calendar import add_months, add_years
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.statutes import foreign_doctor_rules, hk_macau_rules
from yizheng.licensing.dated_numbers import DatedNumbers, number
from yizheng.licensing.findings import Check, Finding, Rule, refuse
from yizheng.systems.practitioners.levels import Level, level_rule

ONE_DAY = timedelta(days=1)
Declaring = Callable[[Rule], Check]
"""What makes a declared check of a rule: its code, its articles, its title."""
HMT_LEVEL = level_rule("levels.hmt_short_term", "港澳台医师短期行医", Level.CITY, hk_macau_rules(5))
FOREIGN_LEVEL = level_rule("levels.foreign_short_term", "外国医师短期行医", Level.CITY, foreign_doctor_rules(8))
"""港澳医师短期行医规定 第五条, 外国医师短期行医办法 第八条: a city divided into districts or above; Beijing may entrust its districts."""


@dataclass(frozen=True)
class ShortTermLimits(DatedNumbers, prefix="short_term."):
    """The numbers as they stand on the day asked about."""

    hmt_years: int = number("港澳台医师短期行医最长期限", 3, "年", hk_macau_rules(9), limits=(1, 10))
    foreign_years: int = number("外国医师短期行医最长期限", 1, "年", foreign_doctor_rules(12), limits=(1, 5))
    health_months: int = number("短期行医体检证明有效时间", 3, "个月", hk_macau_rules(6), limits=(1, 24))
    report_days: int = number("短期行医终止后机构须多久内报告", 30, "日", hk_macau_rules(13), limits=(1, 365))
    photo_months: int = number("短期行医照片有效时间", 6, "个月", hk_macau_rules(6), limits=(1, 24))


def longest(issued: date, years: int) -> date:
    """The last day of so many years that begin with the day of issue."""
    return add_years(issued, years) - ONE_DAY


def hmt_last_day(issued: date, contract_to: date, limits: ShortTermLimits) -> date:
    """The last day of a certificate: of the contract, but not beyond three years from issue."""
    return min(contract_to, longest(issued, limits.hmt_years))


def foreign_last_day(
    issued: date, agreement_to: date, home_licence_until: date | None, limits: ShortTermLimits
) -> date:
    """The last day of a permit: of the agreement, of the licence at home, but not beyond a year from issue."""
    last = min(agreement_to, longest(issued, limits.foreign_years))
    return last if home_licence_until is None else min(last, home_licence_until)


def too_old(made_on: date | None, months: int, on: date) -> bool:
    """Whether a proof of that day is older than so many months on ``on``; an unknown day is not judged."""
    return made_on is not None and on > add_months(made_on, months)


def not_expired(
    declaring: Declaring, field: str, until: Callable[[Any], date | None], what: str, english: str = ""
) -> Check:
    """The rule that a document has not run out; its last day still counts."""

    @declaring
    def rule(applicant: Any, on: date) -> Iterator[Finding]:
        last = until(applicant)
        if last is not None and last < on:
            told = english and f"{english} expired on {last.isoformat()}"
            yield refuse(field, f"{what}已于{long_date(last)}到期", english=told)

    return rule


def recent(
    declaring: Declaring, field: str, proof: Callable[[Any], tuple[date | None, int]], sentence: str, english: str = ""
) -> Check:
    """The rule that a proof, of a day, is not older than so many months."""

    @declaring
    def rule(applicant: Any, on: date) -> Iterator[Finding]:
        made_on, months = proof(applicant)
        if too_old(made_on, months, on):
            told = english and f"{english} is older than {months} months"
            yield refuse(field, sentence.format(months=months), english=told)

    return rule


def health_checked(applicant: Any) -> tuple[date | None, int]:
    """The day of the health check, and how many months it is good for."""
    return applicant.health_checked_on, applicant.limits.health_months


def photographed(applicant: Any) -> tuple[date | None, int]:
    """The day of the photo, and how many months it is good for."""
    return applicant.photo_taken_on, applicant.limits.photo_months


def licensed_until(applicant: Any) -> date | None:
    """The last day of the right to practise at home."""
    until: date | None = applicant.home_licence_until
    return until
