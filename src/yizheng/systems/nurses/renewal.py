"""延续注册: five years more, applied for thirty days before the term ends (护士条例 第十条; 行政许可法 第五十条).

The grounds of refusal are those of the law and no others. What was applied for in time and not decided when the term ended
counts as granted; after the term one registers again.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from yizheng.kernel.calendar import add_months
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.statutes import licensing_law, nurse_regulation
from yizheng.licensing.answers import Answers, open_answers
from yizheng.licensing.asking.weighing import answered, weigh
from yizheng.licensing.catalogue import declare
from yizheng.licensing.dated_numbers import DatedNumbers, number
from yizheng.licensing.fields import day
from yizheng.licensing.findings import Finding, Severity, advise, check, refuse
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Candidate, Effect, Initiator, Stage, WorkingDays
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.institutions import licences
from yizheng.systems.nurses import rules
from yizheng.systems.nurses.item import PERMITTED, ReprintingItem, certified_anew, kept_here, main_of
from yizheng.systems.nurses.models import EXPIRED, REGISTERED, NurseRegistration
from yizheng.systems.nurses.terms import Term, Window
from yizheng.systems.practitioners.amending import amend
from yizheng.systems.practitioners.checks import Concerned
from yizheng.systems.practitioners.forms.declaration import DeclarationStep
from yizheng.systems.practitioners.item import institution_in
from yizheng.systems.practitioners.registered import Entry


@dataclass(frozen=True)
class Limits(DatedNumbers, prefix="nurses."):
    """The numbers of a renewal, as they stand on the day asked about."""

    renewal_opens_months: int = number("有效期届满前多久起受理延续注册", 3, "个月", nurse_regulation(10), doubtful=True)
    renewal_continuous: int = number(
        "延续的有效期接原有效期计算（1 是，0 自决定之日起）", 1, "", nurse_regulation(10), doubtful=True, limits=(0, 1)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewing(Concerned):
    """A nurse whose term ends, on the day she applied."""

    term: Term | None = None
    applied_on: date | None = None
    """The day the application was handed in; the day asked about while it was not."""
    birth_date: date | None = None
    fit: bool | None = answered("declaration", "health")
    truthful: bool | None = answered("declaration", "truth")
    limits: Limits = field(default_factory=Limits)

    def opens(self) -> date | None:
        """The first day on which the renewal is taken in."""
        if self.term is None:
            return None
        return add_months(self.term.last + timedelta(days=1), -self.limits.renewal_opens_months)


@check("N-WINDOW", nurse_regulation(10), title="在有效期届满三十日前申请延续")
def applied_in_time(nurse: Renewing, on: date) -> Iterator[Finding]:
    """Not before the renewal is taken in; less than thirty days before the end it is late, and still one."""
    if nurse.term is None:
        return
    applied, opens = nurse.applied_on or on, nurse.opens()
    if opens is not None and applied < opens:
        yield refuse("", f"有效期至{long_date(nurse.term.last)}，{long_date(opens)}起可以申请延续注册")
    elif nurse.term.window(applied) is Window.LATE:
        last = long_date(nurse.term.last_regular_day)
        yield advise("", f"应当在有效期届满三十日前（{last}前）申请，现已超过；可能来不及在届满前作出决定")


class RenewalStep(Step):
    """The term that ends, as it is registered."""

    code, title = "renewal", "现在的注册"
    fixed = dict.fromkeys(("institution", "term_to"), "按登记簿显示，不能在这里改")
    rows = (("institution", "term_to"),)

    institution = forms.CharField(label="主要执业机构", required=False)
    term_to = day("注册有效期至", required=False)


@declare
class NurseRenewal(ReprintingItem):
    """护士延续注册."""

    code, title, short_title, group = "nurse_renewal", "护士延续注册", "延续注册", "注册"
    articles = (nurse_regulation(10), licensing_law(50))
    initiators = (Initiator.PERSON, Initiator.INSTITUTION)
    collective = silence_grants = lists_staff = True
    steps = (RenewalStep, DeclarationStep)
    checks = (
        PERMITTED.status_permits(code), kept_here, applied_in_time,
        rules.healthy, rules.of_full_capacity, rules.truthful,
    )  # fmt: skip
    route = (Stage.CONFIRM, Stage.ACCEPT, Stage.REVIEW, Stage.DECIDE)
    statutory = WorkingDays(20, licensing_law(42))

    def may_apply(self, subject_id: int, on: date) -> str | None:
        """What the status allows, and not before the renewal is taken in."""
        refused = super().may_apply(subject_id, on)
        early = applied_in_time(self.gather(Answers(), subject_id, on), on)
        return refused or next((each.message for each in early if each.severity is Severity.BLOCK), None)

    def staff(self, institution_scope: int, on: date) -> Iterable[Candidate]:
        """Those of the institution whose term can be renewed on the day, each with her number and its end."""
        limits = Limits.on(on)

        def ends(each: NurseRegistration) -> str | None:
            due = Renewing(term=Term.ending(each.term_to), limits=limits)
            can = each.status_on(on) == REGISTERED and (due.opens() or on) <= on
            return f"有效期至 {each.term_to}" if can else None

        return self.named_at(institution_scope, NurseRegistration, on, ends)

    def works_at(self, subject_id: int, institution_scope: int, on: date) -> bool:
        """Her main institution renews for her."""
        main = self.held(subject_id, on).main
        return main is not None and main.institution_id == institution_in(institution_scope)

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """The term that ends, and where the case goes."""
        today = timezone.localdate()
        main = self.held(subject_id, today).main
        ends = {} if main is None else {
            "institution": licences.name_of(main.institution_id, today), "term_to": main.term_to.isoformat(),
        }  # fmt: skip
        return {**super().prefill(subject_id), RenewalStep.code: ends}

    def gather(self, answers: Answers, subject_id: int, on: date) -> Renewing:
        """The term as it stands, and what she declares."""
        held = self.held(subject_id, on)
        return weigh(
            Renewing, answers, term=_term(held.main), applied_on=answers.filed_on, limits=Limits.on(on),
            birth_date=None if held.identity is None else held.identity.birth_date, **self.concerned(held, answers),
        )  # fmt: skip

    def concerned(self, held: Entry, answers: Answers) -> dict[str, Any]:
        """As the status is written: what was applied for within the term may be granted after it."""
        known, filed = super().concerned(held, answers), answers.filed_on
        if known["register_status"] == EXPIRED and held.main and filed is not None and filed <= held.main.term_to:
            return {**known, "register_status": held.main.status}
        return known

    def last_day_of(self, case: Case) -> date | None:
        """What was applied for thirty days before the end is decided before the end (行政许可法 第五十条)."""
        ends = open_answers(case).day(RenewalStep.code, "term_to")
        if ends is None or case.submitted_at is None:
            return None
        term = Term.ending(ends)
        return term.last if term.window(timezone.localdate(case.submitted_at)) is Window.REGULAR else None

    def urgent_until(self, case: Case) -> date | None:
        """What was applied for late is renewed before the term ends or not at all: after it she may not work (护士条例 第十条)."""
        ends = open_answers(case).day(RenewalStep.code, "term_to")
        if ends is None or case.submitted_at is None:
            return None
        late = Term.ending(ends).window(timezone.localdate(case.submitted_at)) is Window.LATE
        return ends if late else None

    def ran_out(self, case: Case, on: date) -> bool:
        """Her registration stands and its term is over by the day."""
        main = self.held(case.subject_id, on).main
        return main is not None and main.term_to < on

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """Five years more, in the register and on the certificate, counted on from the last."""
        with acting_as_system(f"{self.title}登记"):
            held = self.held(case.subject_id, on)
            main = main_of(held)
            continuous = Limits.on(on).renewal_continuous
            term = Term.beginning(main.term_to + timedelta(days=1) if continuous else on)
            since = main.term_from if continuous else term.first
            renewed = amend(main, change, on, term_from=since, term_to=term.last)
            until = f"有效期至{long_date(term.last)}"
            return certified_anew(
                held, renewed, change, on, entered=f"延续注册，{until}", told=f"准予延续注册，{until}"
            )


def _term(main: Any | None) -> Term | None:
    return None if main is None else Term(main.term_from, main.term_to)
