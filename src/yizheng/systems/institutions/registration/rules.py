"""What the authority asks before an institution is registered (条例 第十四条至第十八条, 细则 第二十五条至第二十七条)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.codes import name_of
from yizheng.kernel.statutes import institution_regulation, institution_rules
from yizheng.licensing.dated_numbers import DatedNumbers, number
from yizheng.licensing.findings import Finding, check, refuse
from yizheng.systems.institutions.record import rules
from yizheng.systems.institutions.setup.rules import CLINIC_ITEMS, SetupPlan


@dataclass(frozen=True)
class TermYears(DatedNumbers, prefix="institutions.term_"):
    """How long a licence holds, by its beds."""

    small: int = number("执业许可证有效期（床位不满100张）", 5, "年", institution_rules(28), doubtful=True)
    large: int = number("执业许可证有效期（床位100张以上）", 15, "年", institution_rules(28), doubtful=True)

    def of(self, beds: int) -> int:
        """The years for so many beds."""
        return self.small if beds < rules.LINE_OF_BEDS else self.large


@dataclass(frozen=True, slots=True)
class Approved:
    """What an approval of the setting says, and to whom it was given."""

    number: str
    lapses_on: date | None
    applicant: int | None
    category: str
    beds: int
    address: str
    subjects: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Registrant(SetupPlan):
    """An institution that is to be registered, beside the approval it was given."""

    applicant: int = 0
    address: str = ""
    approval_number: str = ""
    approved: Approved | None = None


@check("I-APPROVED", institution_regulation(15), title="依法须批准设置的已经批准", needs=("approval", "institution"))
def setting_was_approved(plan: Registrant, on: date) -> Iterator[Finding]:
    """Where an approval is needed there is one, given to this applicant, and it has not lapsed."""
    approved = plan.approved
    if approved is None:
        if plan.approval_number:
            yield refuse("approval.number", "没有找到这个编号的有效的设置医疗机构批准书，请核对")
        elif plan.route.needs_approval:
            yield refuse("approval.number", "这类医疗机构须先取得设置医疗机构批准书，请先申请设置审批")
        return
    if approved.applicant != plan.applicant:
        yield refuse("approval.number", "批准书是批给其他设置人的，请由申请设置的人办理登记")
    if approved.lapses_on is not None and on > approved.lapses_on:
        yield refuse("approval.number", f"批准书有效期至{long_date(approved.lapses_on)}，已经失效，须重新申请设置")


@check(
    "I-AS-APPROVED", institution_rules(23), institution_rules(27), title="与批准设置的类别、规模、选址、科目一致",
    needs=("approval", "institution", "site", "subjects"),
)  # fmt: skip
def as_it_was_approved(plan: Registrant, on: date) -> Iterator[Finding]:
    """Another category, size, site or other subjects are another setting, to be applied for anew."""
    approved = plan.approved
    if approved is None:
        return
    if plan.category != approved.category:
        yield refuse("institution.category", f"批准设置的类别是{name_of('institution_category', approved.category)}")
    if plan.beds != approved.beds:
        yield refuse("site.beds", f"批准设置的床位是 {approved.beds} 张")
    if plan.address != approved.address:
        yield refuse("site.address", f"批准设置的选址是{approved.address}")
    if beyond := sorted(set(plan.subjects) - set(approved.subjects)):
        named = "、".join(name_of("clinical_subject", code) for code in beyond)
        yield refuse("subjects.subjects", f"批准设置的诊疗科目没有{named}")


@check("I-CLINIC", institution_regulation(14), title="不属于实行备案的诊所", needs=("institution", "site"))
def no_clinic(plan: Registrant, on: date) -> Iterator[Finding]:
    """Clinics practise after filing, since 2022 without a licence."""
    if plan.category and set(plan.route.items) & set(CLINIC_ITEMS):
        yield refuse("institution.category", "诊所执业实行备案，不发执业许可证，请办理诊所备案")


CHECKS = (*rules.SOUND, setting_was_approved, as_it_was_approved, no_clinic)
