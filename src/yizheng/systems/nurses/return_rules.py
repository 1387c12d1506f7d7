"""What the law asks of a nurse who comes back after her registration ended (护士条例 第八条、第十条, 护士执业注册管理办法 第十六条)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from yizheng.kernel.calendar.periods import add_years
from yizheng.kernel.statutes import nurse_regulation, nurse_rules
from yizheng.licensing.dated_numbers import DatedNumbers, number
from yizheng.licensing.findings import Finding, check
from yizheng.systems.nurses import rules
from yizheng.systems.nurses.rules import NurseApplicant
from yizheng.systems.nurses.terms import Standing
from yizheng.systems.practitioners import checks


@dataclass(frozen=True)
class ReturnNumbers(DatedNumbers, prefix="nurses."):
    """How a registration begins anew, as it stands on the day asked about."""

    number_kept: bool = number(
        "重新注册沿用原护士执业证书编号（1 是，0 新编）", True, "", nurse_rules(16), doubtful=True
    )
    suspension_bars: bool = number(
        "暂停执业期满前不得重新注册（1 是，0 可以注册，暂停执行到期满）", True, "", nurse_regulation(31), doubtful=True
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturningNurse(NurseApplicant):
    """A nurse who was registered before."""

    last_worked: date | None = None
    """The last day she worked as a nurse under a registration."""
    anew: ReturnNumbers = field(default_factory=ReturnNumbers)

    @property
    def suspended_until(self) -> date | None:
        """The last day of the order to stop that runs, where the rule of the day lets it stand in the way."""
        return self.ordered_until if self.anew.suspension_bars else None


def trains_before_return(applicant: ReturningNurse, on: date) -> bool:
    """Whether she has not worked as a nurse for more than three years."""
    last = applicant.last_worked
    return last is not None and (applicant.applied_on or on) > add_years(last, applicant.limits.fresh_years)


@check("N-RETURN", nurse_rules(16), title="中断护理超过三年的，已接受培训并考核合格", needs=("training",))
def trained_before_return(applicant: ReturningNurse, on: date) -> Iterator[Finding]:
    """Who has not worked for more than three years has trained for three months and passed."""
    if trains_before_return(applicant, on):
        why = f"中断护理执业超过 {applicant.limits.fresh_years} 年"
        yield from checks.trained_for(applicant, applicant.limits.training_months, rules.TRAINING, why)


suspension_over = checks.suspension_over("N-SUSPENDED", nurse_regulation(31))

STANDING_REASONS = {
    Standing.UNREGISTERED: "not_registered",
    Standing.EXPIRED: "expired",
    Standing.REVOKED: "revoked",
    Standing.ANNULLED: "annulled",
    Standing.SUSPENDED: "suspended",
}
"""Why a registration that stands so is not renewed; nor changed, but for a suspension."""
AGAIN = (
    trained_before_return, rules.not_barred, suspension_over, rules.healthy, rules.of_full_capacity,
    rules.employer_may_practise, rules.in_one_register, rules.truthful,
)  # fmt: skip
