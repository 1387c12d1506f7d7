"""What the authority asks before an institution is set up (条例 第九条至第十二条, 细则 第十一条、第二十条)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from yizheng.kernel.statutes import institution_regulation, institution_rules
from yizheng.licensing.asking.weighing import answered
from yizheng.licensing.dated_numbers import DatedNumbers, number
from yizheng.licensing.findings import Finding, advise, check, refuse
from yizheng.systems.institutions.models.parties import PARTNER
from yizheng.systems.institutions.record import rules
from yizheng.systems.institutions.routes.routes import Planned

CLINIC_ITEMS = ("clinic_file", "tcm_clinic_file")
APPROVAL = "inst_setup_approve"
INVESTORS = {"31": "sino_foreign_jv", "32": "sino_foreign_jv", "23": "hmt_sole"}
"""What kind of investor an economic type stands for, where the law asks for an approval because of it."""


@dataclass(frozen=True)
class ApprovalMonths(DatedNumbers, prefix="institutions.approval_"):
    """How long an approval holds, by size (细则 第二十二条: the province lays it down)."""

    small: int = number("设置批准书有效期（床位不满100张）", 12, "个月", institution_rules(22), doubtful=True)
    middle: int = number("设置批准书有效期（100至300张）", 18, "个月", institution_rules(22), doubtful=True)
    large: int = number("设置批准书有效期（超过300张）", 24, "个月", institution_rules(22), doubtful=True)

    def of(self, beds: int) -> int:
        """The months for so many beds."""
        return self.small if beds < 100 else self.middle if beds <= 300 else self.large


@dataclass(frozen=True, slots=True, kw_only=True)
class SetupPlan(rules.Plan):
    """An institution somebody wants to set up."""

    capital: Decimal | None = answered("institution", "capital")
    founder_kind: str = answered("founder", "kind", "")
    investment: Decimal | None = answered("investment", "investment")

    @property
    def route(self) -> Planned:
        """Which items lead there."""
        investor = INVESTORS.get(self.economic_type, "")
        return Planned("new", "establish", self.category, self.level, investor, beds_to=self.beds, scope="all")


def jointly(plan: SetupPlan, on: date) -> bool:
    """Whether partners found it together."""
    return plan.founder_kind == PARTNER


@check(
    "I-APPROVAL", institution_regulation(9), institution_regulation(14), title="依法需要设置审批",
    needs=("institution", "site"),
)  # fmt: skip
def approval_is_needed(plan: SetupPlan, on: date) -> Iterator[Finding]:
    """Since 2018 institutions of the second level and below are registered at once, but for a few kinds; clinics file."""
    if not plan.category:
        return
    if set(plan.route.items) & set(CLINIC_ITEMS):
        yield refuse("institution.category", "诊所执业实行备案，不需要设置审批，请办理诊所备案")
    elif APPROVAL not in plan.route.items:
        yield refuse(
            "institution.category",
            "二级及以下医疗机构不再核发设置批准书（三级医院、三级妇幼保健院、急救中心（站）、临床检验中心、中外合资合作和港澳台独资的除外），请直接申请执业登记",
            evidence="国卫医发〔2018〕19号：设置审批与执业登记“两证合一”",
        )


@check("I-INVEST", institution_rules(20), title="投资总额能够满足各项预算开支", needs=("institution", "investment"))
def investment_covers_the_capital(plan: SetupPlan, on: date) -> Iterator[Finding]:
    """What is invested is at least what is registered."""
    if plan.investment is not None and plan.capital is not None and plan.investment < plan.capital:
        yield refuse("investment.investment", "投资总额不能少于注册资金（资本）")


@check("I-REGION", institution_regulation(8), institution_rules(20), title="符合当地医疗机构设置规划", needs=("site",))
def plan_of_the_region(plan: SetupPlan, on: date) -> Iterator[Finding]:
    """A person holds the application against the plan of the region."""
    if plan.beds:
        yield advise("site.beds", f"拟设床位 {plan.beds} 张，请对照本地区医疗机构设置规划和产业禁限目录审查")


CHECKS = (*rules.SOUND, approval_is_needed, investment_covers_the_capital, plan_of_the_region)
