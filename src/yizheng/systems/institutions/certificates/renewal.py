"""医疗机构执业许可证有效期延续: a further term, applied for thirty days before the end (行政许可法 第五十条)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from yizheng.kernel.calendar.periods import add_months, term_end
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.statutes import institution_rules, licensing_law
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.catalogue import declare
from yizheng.licensing.dated_numbers import DatedNumbers, number
from yizheng.licensing.fields import day
from yizheng.licensing.findings import Finding, advise, check, refuse
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect, Material, WorkingDays
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.institutions import licences
from yizheng.systems.institutions.item import InstitutionItem, office
from yizheng.systems.institutions.models import LINE, InstitutionLicence
from yizheng.systems.institutions.record.entering import standing
from yizheng.systems.institutions.record.printing import certify
from yizheng.systems.institutions.record.steps import PromiseStep
from yizheng.systems.institutions.registration.rules import TermYears
from yizheng.systems.institutions.verification.clock import DAYS_TO_RENEW


@dataclass(frozen=True)
class RenewalWindow(DatedNumbers, prefix="institutions.renewal_"):
    """When a further term can be applied for."""

    months: int = number("许可证届满前多久可以申请延续", 6, "个月", licensing_law(50), doubtful=True)


class RenewalStep(Step):
    """The term that ends, from the register."""

    code, title = "renewal", "有效期"
    fixed = {"term_to": "来自登记簿，不能改"}

    term_to = day("许可证有效期至")


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewing:
    """A licence whose term is to go on."""

    term_to: date | None = None
    applied_on: date | None = None
    window: RenewalWindow = field(default_factory=RenewalWindow)

    def too_early(self, on: date) -> str:
        """That the window has not opened on the day, and when it will; empty once it has."""
        if self.term_to is None or on >= add_months(self.term_to, -self.window.months):
            return ""
        return f"有效期至{long_date(self.term_to)}，届满前 {self.window.months} 个月起可以申请"


@check("I-N-TERM", licensing_law(50), licensing_law(70), title="在有效期届满前申请")
def applied_in_time(renewing: Renewing, on: date) -> Iterator[Finding]:
    """Thirty days before the end; later it is weighed, after the end the licence is over, and long before it is too early."""
    term_to, applied = renewing.term_to, renewing.applied_on or on
    if term_to is None:
        yield refuse("", "许可证没有载明有效期，不需要延续")
    elif applied > term_to:
        yield refuse("", f"许可证有效期{long_date(term_to)}已经届满，须重新申请执业登记")
    elif early := renewing.too_early(applied):
        yield refuse("", early)
    elif applied > term_to - timedelta(days=DAYS_TO_RENEW):
        yield advise("", f"应当在届满三十日前申请（有效期至{long_date(term_to)}），请核实逾期的原因")


@declare
class LicenceRenewal(InstitutionItem):
    """许可证有效期延续: silence in time counts as a grant."""

    code, title, short_title, group = "inst_renew", "医疗机构执业许可证有效期延续", "有效期延续", "变更与证照"
    articles = (licensing_law(50), institution_rules(28))
    statutory = WorkingDays(20, licensing_law(42))
    silence_grants = True
    steps = (RenewalStep, PromiseStep)
    materials = (
        Material("application", "延续申请书", "法定代表人或者主要负责人签字，盖章"),
        Material("licence", "执业许可证正本、副本", "载有校验记录"),
    )
    weighs = Renewing
    checks = (applied_in_time,)

    def may_apply(self, subject_id: int, on: date) -> str | None:
        """Not while the end is far."""
        licence = licences.licence_on(subject_id, on)
        renewing = Renewing(term_to=None if licence is None else licence.term_to, window=RenewalWindow.on(on))
        return super().may_apply(subject_id, on) or renewing.too_early(on)

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """The last day of the term."""
        licence = licences.licence_on(subject_id, timezone.localdate())
        ends = None if licence is None else licence.term_to
        return {"renewal": {"term_to": ends.isoformat()}} if ends is not None else {}

    def known(self, answers: Answers, subject_id: int, on: date) -> dict[str, Any]:
        """The term as it stands."""
        licence = licences.licence_on(subject_id, on)
        return {
            "term_to": None if licence is None else licence.term_to,
            "applied_on": answers.filed_on,
            "window": RenewalWindow.on(on),
        }

    def last_day_of(self, case: Case) -> date | None:
        """What was applied for thirty days before the end is decided before the end."""
        ends = load(case).day("renewal", "term_to")
        if ends is None or case.submitted_at is None:
            return None
        in_time = timezone.localdate(case.submitted_at) <= ends - timedelta(days=DAYS_TO_RENEW)
        return ends if in_time else None

    def ran_out(self, case: Case, on: date) -> bool:
        """The licence stands, and its term is the one that was to go on."""
        licence = licences.licence_on(case.subject_id, on)
        return licence is not None and licence.may_practise and licence.term_to == load(case).day("renewal", "term_to")

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The next term from the day after the last, and the licence anew."""
        deciding = office(case)
        with acting_as_system(f"{self.title}登记"):
            former = standing(self.held(case.subject_id, on))
            first = (former.term_to or on) + timedelta(days=1)
            last = term_end(first, TermYears.on(on).of(former.beds))
            values = {**former.values(), "term_from": first, "term_to": last}
            change.state(InstitutionLicence, case.subject_id, LINE, values, valid_from=on, authority_scope=deciding.pk)
            made = certify(change, case.subject_id, on, deciding, changed=f"有效期延续至{long_date(last)}")
        case.certificate_id = made.pk
        return Effect(f"准予延续，许可证有效期至{long_date(last)}")
